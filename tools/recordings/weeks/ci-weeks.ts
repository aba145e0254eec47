/** Weeks of a company's builds as its forge, registry and cloud tell them. Nobody does any harm; people come, definitions change, a fleet of runners is replaced, there are holidays. */
import type { Draw, Recorded } from '../record.ts';
import { hexOf } from '../record.ts';
import { aws, branchPushed, buildSession } from '../sources.ts';
import { definitionPushed, deployed, imagePushed, jobOf, runOf } from './ci-sources.ts';
import { chance, day, favourite, hour, isWeekend, logNormal, minute, normal, poisson } from './draws.ts';

export interface Job {
  readonly name: string;
  readonly steps: readonly string[];
  readonly seconds: number;
  readonly selfHosted: boolean;
  readonly environment?: string;
}

export interface Workflow {
  readonly repo: string;
  readonly name: string;
  readonly triggers: readonly string[];
  /** Runs on an ordinary day. */
  readonly aDay: number;
  jobs: readonly Job[];
  readonly deploys: boolean;
}

export interface Weeks {
  readonly start: number;
  readonly days: number;
  readonly draw: Draw;
  /** Part of ordinary activity on this day: 0.1 in the holidays. */
  readonly activity?: (at: number) => number;
}

export const developers = [
  'anna', 'bendik', 'carla', 'dmitri', 'elif', 'farid', 'greta', 'hanne', 'ivo', 'jonas', 'kaja', 'lena-k', 'mira', 'nils', 'olaf', 'pia', 'quentin', 'rosa', 'sindre', 'tove', 'ulla', 'viktor', 'wanda', 'xenia', 'yusuf', 'zoe',
] as const;
const repositories = ['web', 'api', 'mobile', 'infra', 'data-pipelines', 'design-system', 'billing', 'search', 'auth', 'docs'] as const;
const common = ['Set up job', 'Run actions/checkout@v4'];

export function workflowsOf(draw: Draw): Workflow[] {
  return repositories.flatMap((repo, at) => {
    const busy = 1 / (1 + at * 0.35);
    const node = [...common, 'Run actions/setup-node@v4', 'Run npm ci'];
    const seconds = (median: number): number => Math.round(logNormal(draw, median, 0.5));
    const build: Workflow = { repo, name: 'build', triggers: ['push'], aDay: 9 * busy, deploys: repo !== 'docs', jobs: [{ name: 'build', steps: [...node, 'Run npm run build', 'Run docker/build-push-action@v6'], seconds: seconds(260), selfHosted: at % 2 === 0 }, { name: 'deploy', steps: [...common, 'Run aws-actions/configure-aws-credentials@v4', 'Run ./deploy.sh'], seconds: seconds(140), selfHosted: at % 2 === 0, environment: 'production' }] };
    const test: Workflow = { repo, name: 'test', triggers: ['pull_request'], aDay: 14 * busy, deploys: false, jobs: ['lint', 'unit', 'integration'].map((name) => ({ name, steps: [...node, `Run npm run ${name}`, 'Run actions/upload-artifact@v4'], seconds: seconds(180), selfHosted: false })) };
    const nightly: Workflow = { repo, name: 'nightly', triggers: ['schedule'], aDay: 1, deploys: false, jobs: [{ name: 'scan', steps: [...common, 'Run trivy fs .', 'Run github/codeql-action/upload-sarif@v3'], seconds: seconds(600), selfHosted: false }] };
    const release: Workflow = { repo, name: 'release', triggers: ['push', 'workflow_dispatch'], aDay: 0.3, deploys: false, jobs: [{ name: 'publish', steps: [...node, 'Run npm publish --provenance'], seconds: seconds(120), selfHosted: false }] };
    return at < 7 ? [build, test, nightly, release] : [build, test];
  });
}

/** In the order of the days; within one they are not sorted. */
export function ciWeeks({ start, days, draw, activity = () => 1 }: Weeks): Recorded[] {
  const workflows = workflowsOf(draw);
  const teams = new Map(repositories.map((repo) => [repo as string, developers.toSorted(() => draw(3) - 1).slice(0, 9) as string[]]));
  return Array.from({ length: days }, (_, at) => start + at * day).flatMap((today, at) => {
    // Now and then somebody joins a team.
    if (chance(draw, 0.08)) favourite(draw, [...teams.values()], 0).push(at % 3 === 0 ? `newcomer-${at}` : favourite(draw, developers, 0));
    const changed = workflows.filter(() => !isWeekend(today) && chance(draw, 0.02)).flatMap((workflow) => definitionChanged(workflow, today, teams.get(workflow.repo) ?? [], draw));
    const part = activity(at) * (isWeekend(today) ? 0.08 : 1);
    return [...changed, ...workflows.flatMap((workflow) => runsOn({ workflow, today, at, part, team: teams.get(workflow.repo) ?? [] }, draw))];
  });
}

/** A step more or less, at eight in the morning: the runs of the day show it. */
function definitionChanged(workflow: Workflow, today: number, team: readonly string[], draw: Draw): Recorded[] {
  const step = favourite(draw, ['Run actions/cache@v4', 'Run npm audit', 'Run ./scripts/notify.sh', 'Run actions/setup-java@v4', 'Run npm run typecheck'], 0);
  workflow.jobs = workflow.jobs.map((job, at) => (at > 0 ? job : { ...job, steps: job.steps.includes(step) ? job.steps.filter((one) => one !== step) : [...job.steps, step] }));
  return [definitionPushed(draw, today + 7 * hour + draw(50) * minute, { repo: workflow.repo, branch: 'main', sender: favourite(draw, team, 1.5), workflow: workflow.name })];
}

interface Today {
  readonly workflow: Workflow;
  readonly today: number;
  readonly at: number;
  readonly part: number;
  readonly team: readonly string[];
}

function runsOn({ workflow, today, at, part, team }: Today, draw: Draw): Recorded[] {
  if (workflow.triggers[0] === 'schedule') return runRecords({ workflow, time: today + 75 * minute + draw(15) * minute, trigger: 'schedule', actor: 'acme-bot', branch: 'main', at }, draw);
  return Array.from({ length: poisson(draw, workflow.aDay * part) }, () => {
    const actor = favourite(draw, team, 1.2);
    const time = workTime(today, actor, draw);
    const bot = chance(draw, 0.06);
    const trigger = workflow.triggers[chance(draw, 0.2) ? workflow.triggers.length - 1 : 0] as string;
    const branch = trigger === 'pull_request' ? (bot ? `dependabot/npm/${hexOf(draw, 4)}` : `${actor}/${hexOf(draw, 5)}`) : 'main';
    return runRecords({ workflow, time, trigger, actor: bot && trigger === 'pull_request' ? 'dependabot[bot]' : actor, branch, at }, draw);
  }).flat();
}

/** People begin between six and nine, and some now and then work late. */
function workTime(today: number, person: string, draw: Draw): number {
  const begins = 6 + (person.length * 7 + person.charCodeAt(0)) % 4;
  const late = chance(draw, 0.03);
  return today + Math.round((late ? 18 + draw(50) / 10 : begins + 4.5 + 1.9 * normal(draw)) * hour);
}

export interface RunSeed {
  readonly workflow: Workflow;
  readonly time: number;
  readonly trigger: string;
  readonly actor: string;
  readonly branch: string;
  /** Day of the recording. */
  readonly at: number;
  readonly source?: string;
  readonly sha?: string;
}

/** On this day all self-hosted runners are replaced by others. */
export const fleetChange = 40;

export function runRecords({ workflow, time, trigger, actor, branch, at, source, sha = '' }: RunSeed, draw: Draw): Recorded[] {
  const { repo, name } = workflow;
  const run = { repo, workflow: name, run: 10_000_000 + draw(900_000_000), sha: sha === '' ? hexOf(draw, 40) : sha, branch, trigger, actor, source: source ?? `acme/${repo}`, started: time };
  const slow = chance(draw, 0.02) ? 3 : 1;
  const failed = chance(draw, 0.07);
  let clock = time + 8_000 + draw(20_000);
  const jobs: Recorded[] = [];
  const jobsRun = failed ? workflow.jobs.slice(0, 1) : workflow.jobs;
  for (const job of jobsRun) {
    const seconds = Math.round(logNormal(draw, job.seconds, 0.18) * slow * (failed ? 0.4 : 1));
    const runner = job.selfHosted ? `${at >= fleetChange ? 'arc-large' : 'runner'}-0${1 + draw(4)}` : `GitHub Actions ${1000 + draw(9000)}`;
    jobs.push(jobOf(draw, { ...run, job, runner, from: clock, to: clock + seconds * 1000, failed }));
    clock += seconds * 1000 + 3_000;
  }
  const ends = clock + 4_000;
  const after = failed || !workflow.deploys ? [] : releaseRecords(run, ends, draw);
  const pushed = trigger === 'push' && chance(draw, 0.5) ? [branchPushed(draw, time - 20_000, { repo, branch, sender: actor })] : [];
  return [...pushed, runOf(draw, { ...run, state: 'requested', ends: time }), ...jobs, runOf(draw, { ...run, state: 'completed', ends, failed }), ...after];
}

function releaseRecords({ repo, sha, actor }: { readonly repo: string; readonly sha: string; readonly actor: string }, time: number, draw: Draw): Recorded[] {
  const address = `192.0.2.${21 + draw(6)}`;
  const { exchanged, by } = buildSession(draw, time - 90_000, { repo, role: `${repo}-deploy`, address, key: `ASIAEXAMPLE${hexOf(draw, 9).toUpperCase()}` });
  return [
    imagePushed(draw, time - 120_000, { repo, tag: sha.slice(0, 12), actor: 'ci', address, size: Math.round(logNormal(draw, 180e6 + repo.length * 20e6, 0.04)) }), exchanged, deployed(draw, time - 100_000, { repo, environment: 'production', actor, sha }),
    aws(draw, { time: time - 60_000, service: 'ecs', name: 'UpdateService', by, request: { cluster: 'production', service: repo, forceNewDeployment: true } }),
  ];
}
