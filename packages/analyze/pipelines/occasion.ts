import type { CloudRelease } from '#formats/cloud-release.ts';
import { cloudReleaseOf } from '#formats/cloud-release.ts';
import { parseAddress } from '#formats/address.ts';
import type { ImagePush } from '#formats/image-push.ts';
import { imagePushOf } from '#formats/image-push.ts';
import type { JobLogLine } from '#formats/job-log-line.ts';
import { jobLogLineOf } from '#formats/job-log-line.ts';
import type { PipelineRun } from '#formats/pipeline-run.ts';
import { pipelineRunOf } from '#formats/pipeline-run.ts';
import { markOf } from '#learn/behaviour/mark.ts';
import type { Fact } from '#learn/behaviour/profile.ts';
import type { Observation } from '#model/stream.ts';
import { recalling } from '../recalling.ts';
import type { SubjectKind } from './aspects.ts';

/** A fact with the texts behind its marks, for the sentence. */
export interface NamedFact extends Fact {
  readonly texts: readonly string[];
}

/** `part`: of a run that goes on. `whole`: all that there will be. */
export type Stage = 'start' | 'part' | 'whole';

/** What an event says of a workflow, a deployment, an image, a release or a job's log. */
export interface Occasion {
  readonly kind: SubjectKind;
  readonly stage: Stage;
  /** What it is about, the same for ever. */
  readonly key: string;
  readonly name: string;
  /** Of what events with one of these is told once. */
  readonly run: string;
  readonly facts: readonly NamedFact[];
  /** Where its definition lies. */
  readonly definition?: { readonly place: string; readonly path: string | undefined; readonly branch: string | undefined; readonly sha: string | undefined };
  readonly failed: boolean;
  readonly command?: string;
  /** A new job begins with it: what is known of the one before is all of it. */
  readonly anew?: boolean;
}

/** Undefined for what says nothing of a pipeline. */
export function occasionOf({ logsource, record, time }: Observation): Occasion | undefined {
  switch (logsource.product) {
    case 'docker':
    case 'harbor': return imageOccasion(logsource.product, imagePushOf(logsource.product, record), time);
    case 'aws':
    case 'gcp':
    case 'azure':
    case 'kubernetes': return releaseOccasion(logsource.product, cloudReleaseOf(logsource.product, record), time);
    default: return logsource.service === 'job_log' ? logOccasion(jobLogLineOf(record)) : forgeOccasion(logsource.product ?? 'forge', pipelineRunOf(record), time);
  }
}

function forgeOccasion(forge: string, run: PipelineRun | undefined, time: number): Occasion | undefined {
  if (run === undefined) return undefined;
  if (run.kind === 'deployment') return deploymentOccasion(forge, run, time);
  const over = run.state === 'completed';
  if (run.kind === 'job' && !over && run.state !== 'in_progress') return undefined;
  const workflow = run.workflow ?? run.path ?? 'pipeline';
  return {
    kind: 'workflow', stage: run.kind === 'job' ? 'part' : over ? 'whole' : 'start', key: `workflow\n${forge}\n${run.place}\n${workflow}`, name: `workflow ${workflow} of ${run.place}`, run: `${run.run ?? run.sha ?? time}/${run.attempt ?? 1}`,
    facts: run.kind === 'job' ? jobFacts(run, over) : runFacts(run, over, time), definition: { place: run.place, path: run.path, branch: run.branch, sha: run.sha }, failed: run.outcome !== undefined && run.outcome !== 'success',
  };
}

function runFacts(run: PipelineRun, over: boolean, time: number): NamedFact[] {
  const succeeded = run.outcome === 'success';
  return present([
    valueFact('trigger', run.trigger), valueFact('branch', branchKind(run.branch)), valueFact('source', run.source ?? (run.trigger === undefined ? undefined : run.place)), valueFact('actor', run.actor?.toLowerCase()), ...hourFact(time),
    // What failed or was cancelled ended early: nothing is told by how long it took, or what it did not come to.
    ...(over && succeeded && run.seconds !== undefined ? [{ aspect: 'seconds', amount: run.seconds, texts: [] }] : []),
    ...(run.steps.length === 0 ? [] : stepFacts('', run.steps)), ...(over ? [membersFact('variables', run.variables)] : []), ...(run.artifacts.length === 0 ? [] : [membersFact('artifacts', run.artifacts.map(({ name }) => steady(name)))]),
  ]);
}

function jobFacts(run: PipelineRun, over: boolean): NamedFact[] {
  const job = run.job ?? 'job';
  return present([
    valueFact('actor', run.actor?.toLowerCase()), valueFact('branch', branchKind(run.branch)), valueFact('runner', run.hosted === true ? 'hosted by the forge' : run.runner === undefined ? undefined : steady(run.runner)),
    run.labels.length === 0 && run.runnerGroup === undefined ? undefined : valueFact('pool', [run.runnerGroup ?? '', ...run.labels.toSorted()].join(' ').trim()), valueFact('environment', run.environment),
    ...(run.secrets.length === 0 ? [] : [membersFact('secrets', run.secrets)]), ...(over ? stepFacts(job, run.steps) : []),
    ...(over && run.outcome === 'success' && run.seconds !== undefined ? [{ aspect: 'jobs', marks: [markOf(job)], amount: run.seconds, texts: [job] }] : []),
  ]);
}

/** Steps and, as pairs of neighbours, their order. A job has the same steps most of the time. In the unlikely name with a NUL, that ends a step. */
function stepFacts(job: string, steps: readonly string[]): readonly NamedFact[] {
  return stepsRecalled([job, ...steps].join('\0'));
}

const stepsRecalled = recalling((written): readonly NamedFact[] => {
  const [job = '', ...steps] = written.split('\0');
  const names = [job, ...steps.map((step) => `${job} / ${steady(step)}`)].filter((name) => name !== '');
  const pairs = names.slice(1).map((name, at) => `${names[at] ?? ''} > ${name}`);
  return [membersFact('steps', names), membersFact('order', pairs)];
}, 1_000);

function deploymentOccasion(forge: string, run: PipelineRun, time: number): Occasion | undefined {
  // Later states of a deployment say nothing new of who began it, and when.
  if (!['created', 'running', 'in_progress', 'queued', 'pending'].includes(run.state ?? '') || run.environment === undefined) return undefined;
  return {
    kind: 'deployment', stage: 'whole', key: `deployment\n${forge}\n${run.place}\n${run.environment}`, name: `deployment of ${run.place} to ${run.environment}`, run: run.deployment ?? `${run.sha ?? time}`, failed: false,
    facts: present([valueFact('trigger', run.trigger), valueFact('branch', branchKind(run.branch)), valueFact('actor', run.actor?.toLowerCase()), ...hourFact(time)]),
  };
}

function imageOccasion(product: string, push: ImagePush | undefined, time: number): Occasion | undefined {
  if (push === undefined) return undefined;
  const { repository, tag, digest, size, actor, address, agent } = push;
  return {
    kind: 'image', stage: 'whole', key: `image\n${product}\n${repository}`, name: `image ${repository}`, run: `${digest ?? tag ?? time}`, failed: false,
    facts: present([valueFact('actor', actor.toLowerCase()), valueFact('client', program(agent)), valueFact('network', networkOf(address)), valueFact('tag', tag === undefined ? undefined : tagKind(tag)), ...hourFact(time), ...(size === undefined ? [] : [{ aspect: 'size', amount: size, texts: [] }])]),
  };
}

function releaseOccasion(product: string, release: CloudRelease | undefined, time: number): Occasion | undefined {
  if (release === undefined) return undefined;
  const { target, call, actor, address, agent, claim } = release;
  return {
    kind: 'release', stage: 'whole', key: `release\n${product}\n${target}`, name: target, run: String(time), failed: false,
    facts: present([valueFact('actor', actor), valueFact('client', program(agent)), valueFact('network', networkOf(address)), valueFact('call', call), valueFact('claim', claim === undefined ? undefined : claimKind(claim)), ...hourFact(time)]),
  };
}

function logOccasion(line: JobLogLine | undefined): Occasion | undefined {
  if (line === undefined) return undefined;
  const named = { hosts: line.hosts, permissions: line.permission === undefined ? [] : [line.permission], actions: line.action === undefined ? [] : [line.action], artifacts: line.artifact === undefined ? [] : [steady(line.artifact)] };
  return {
    kind: 'log', stage: line.turn === 'ends' ? 'whole' : 'part', key: `log\n${line.forge}\n${line.log}`, name: `job log ${line.log}`, run: line.log, failed: false, anew: line.turn === 'begins', ...(line.command === undefined ? {} : { command: line.command }),
    facts: present([...Object.entries(named).flatMap(([aspect, names]) => (names.length === 0 ? [] : [membersFact(aspect, names)])), valueFact('runner', line.runner === undefined ? undefined : steady(line.runner))]),
  };
}

function valueFact(aspect: string, text: string | undefined): NamedFact | undefined {
  return text === undefined || text === '' ? undefined : { aspect, marks: [markOf(text)], texts: [text] };
}

function membersFact(aspect: string, texts: readonly string[]): NamedFact {
  const own = texts.length < 2 ? texts : [...new Set(texts)].slice(0, mostMembers);
  return { aspect, marks: own.map(markOf), texts: own };
}

function hourFact(time: number): readonly NamedFact[] {
  const date = new Date(Math.min(Math.max(time, 0), 8e15));
  return hourFacts[date.getUTCDay() * 24 + date.getUTCHours()] ?? [];
}

function present(facts: readonly (NamedFact | undefined)[]): NamedFact[] {
  return facts.filter((fact) => fact !== undefined);
}

const mostMembers = 128;
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const hourFacts = days.flatMap((day) => Array.from({ length: 24 }, (_, hour): readonly NamedFact[] => [{ aspect: 'hour', texts: [`${String(hour).padStart(2, '0')} h UTC on a ${day}`] }]));

/** A name without what is new each time: numbers, digests, the random ends of machines. */
const steady = recalling((name) => name.replace(/\b(?=[a-z]*\d)[0-9a-f]{7,64}\b|\d{3,}|(?<=[-_.])(?=[a-z]*\d)[a-z0-9]{1,16}\b(?![.@/])/gi, '#'));

/** Branches of one kind are one value: those of a person, of a bot, versions. */
function branchKind(branch: string | undefined): string | undefined {
  const name = branch?.replace(/^refs\/(?:heads|tags|merge-requests)\//, '');
  if (name === undefined || name === '') return undefined;
  if (/^v?\d+(?:\.\d+){0,3}(?:[-+].{1,64})?$/.test(name)) return 'a version';
  const slash = name.indexOf('/');
  return slash > 0 ? `${name.slice(0, slash)}/*` : steady(name);
}

function tagKind(tag: string): string {
  if (/^v?\d+(?:\.\d+){1,3}(?:[-+].{1,64})?$/.test(tag)) return 'a version';
  return /^(?:[\w.]{1,64}-)?[0-9a-f]{7,64}$/.test(tag) ? 'a commit' : steady(tag);
}

/** `ref:refs/heads/x` and `pull_request` are claims of a build's token; those for branches of one kind are one. */
function claimKind(claim: string): string {
  const ref = /^ref:refs\/heads\/(.{1,200})$/.exec(claim)?.[1] ?? /^ref_type:branch:ref:(.{1,200})$/.exec(claim)?.[1];
  return ref === undefined ? steady(claim) : `branch ${branchKind(ref) ?? ref}`;
}

/** `docker/27.1 go/1.22` is docker: versions change. */
function program(agent: string | undefined): string | undefined {
  return agent === undefined ? undefined : /^[\w.-]{1,64}/.exec(agent)?.[0];
}

/** Machines of one network take turns: a /24, or a /48 of IPv6; a service by its name. */
function networkOf(address: string | undefined): string | undefined {
  const bytes = address === undefined ? undefined : parseAddress(address);
  if (bytes === undefined) return address;
  return bytes.length === 4 ? `${bytes.slice(0, 3).join('.')}.0/24` : `${bytes.slice(0, 6).map((byte) => byte.toString(16).padStart(2, '0')).join('')}::/48`;
}
