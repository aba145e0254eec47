/** Runs of workflows, their jobs and deployments, as mappings of forges write them into a record (`pipeline_run`), and pushes that change a workflow. */
import { memberAt, memberText } from './ocsf-member.ts';

export interface PipelineRun {
  readonly kind: 'run' | 'job' | 'deployment';
  /** Repository or project, as the forge writes it. */
  readonly place: string;
  readonly workflow: string | undefined;
  /** Of the file that defines it. */
  readonly path: string | undefined;
  readonly run: string | undefined;
  readonly attempt: string | undefined;
  readonly job: string | undefined;
  readonly deployment: string | undefined;
  readonly trigger: string | undefined;
  readonly branch: string | undefined;
  readonly sha: string | undefined;
  /** The repository that the code came from, where it is told. */
  readonly source: string | undefined;
  readonly actor: string | undefined;
  /** `completed`, `in_progress`, ...: the forge's word. */
  readonly state: string | undefined;
  readonly outcome: string | undefined;
  readonly environment: string | undefined;
  readonly seconds: number | undefined;
  readonly runner: string | undefined;
  readonly runnerGroup: string | undefined;
  readonly hosted: boolean | undefined;
  readonly labels: readonly string[];
  readonly steps: readonly string[];
  readonly secrets: readonly string[];
  readonly variables: readonly string[];
  readonly artifacts: readonly { readonly name: string; readonly size: number | undefined }[];
}

const longestText = 200;
const longestList = 200;

export function pipelineRunOf(record: unknown): PipelineRun | undefined {
  const told = memberAt(record, 'pipeline_run');
  const kind = memberText(told, 'kind');
  const place = memberText(record, 'repo') ?? memberText(record, 'project');
  if (place === undefined || (kind !== 'run' && kind !== 'job' && kind !== 'deployment')) return undefined;
  const text = (name: string): string | undefined => memberText(told, name)?.slice(0, longestText);
  const hosted = memberAt(told, 'hosted');
  return {
    kind, place: place.slice(0, longestText).toLowerCase(), workflow: text('workflow'), path: text('path'), run: text('run'), attempt: text('attempt'), job: text('job'), deployment: text('deployment'),
    trigger: text('trigger'), branch: text('branch'), sha: text('sha'), source: text('source')?.toLowerCase(), actor: text('initiator') ?? memberText(record, 'actor')?.slice(0, longestText), state: text('state'), outcome: text('outcome'),
    environment: text('environment'), seconds: amountAt(told, 'seconds'), runner: text('runner'), runnerGroup: text('runner_group'), hosted: typeof hosted === 'boolean' ? hosted : undefined,
    labels: textsAt(told, 'labels'), steps: textsAt(told, 'steps'), secrets: textsAt(told, 'secrets'), variables: textsAt(told, 'variables'), artifacts: artifactsOf(told),
  };
}

/** A push that touched files which say what a pipeline does. */
export interface DefinitionChange {
  readonly place: string;
  readonly paths: readonly string[];
  readonly sha: string | undefined;
  readonly ref: string;
  readonly actor: string | undefined;
}

/** Workflows, actions of the repository's own, and GitLab's configuration with what it usually includes. */
const defining = /^(?:\.github\/(?:workflows|actions)\/.{1,300}|(?:.{1,200}\/)?action\.ya?ml|\.gitlab-ci\.ya?ml|\.gitlab\/.{1,300}\.ya?ml|(?:.{1,200}\/)?[\w.-]{0,64}\.gitlab-ci\.ya?ml)$/i;

/** What a push says about definitions; `paths` is empty where it changed none. Undefined for what is no push, or one that does not name its files. */
export function definitionChangeOf(record: unknown): DefinitionChange | undefined {
  const action = memberText(record, 'action') ?? '';
  const place = memberText(record, 'repo') ?? memberText(record, 'project');
  const paths = memberAt(record, 'paths');
  if (place === undefined || !/^(?:git\.push|push\.(?:created|updated))$/.test(action) || !Array.isArray(paths)) return undefined;
  const changed = paths.slice(0, 2000).filter((path): path is string => typeof path === 'string' && defining.test(path)).slice(0, 20);
  return {
    place: place.slice(0, longestText).toLowerCase(), paths: changed, sha: memberText(record, 'head_sha') ?? memberText(record, 'sha'), ref: memberText(record, 'ref')?.slice(0, longestText) ?? '', actor: memberText(record, 'actor')?.slice(0, longestText),
  };
}

function textsAt(value: unknown, name: string): readonly string[] {
  const found = memberAt(value, name);
  return Array.isArray(found) ? found.slice(0, longestList).flatMap((one: unknown) => (typeof one === 'string' && one !== '' ? one.slice(0, longestText) : [])) : [];
}

function artifactsOf(value: unknown): PipelineRun['artifacts'] {
  const found = memberAt(value, 'artifacts');
  if (!Array.isArray(found)) return [];
  return found.slice(0, longestList).flatMap((one: unknown) => {
    const name = memberText(one, 'name');
    return name === undefined ? [] : [{ name: name.slice(0, longestText), size: amountAt(one, 'size') }];
  });
}

function amountAt(value: unknown, name: string): number | undefined {
  const found = memberAt(value, name);
  return typeof found === 'number' && Number.isFinite(found) && found >= 0 ? found : undefined;
}
