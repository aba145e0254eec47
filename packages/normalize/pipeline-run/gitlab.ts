/** What GitLab says of pipelines, jobs and deployments, under the names that `#formats/pipeline-run.ts` reads. */
import type { JsonObject } from '../json-fields.ts';
import { fieldAt, listAt, objectAt, textAt } from '../json-fields.ts';

const mostJobs = 200;

/** States in which GitLab says that a pipeline or job is over. */
const over: ReadonlySet<string> = new Set(['success', 'failed', 'canceled', 'skipped']);

export function runOfHook(payload: JsonObject): JsonObject | undefined {
  switch (textAt(payload, 'object_kind')) {
    case 'pipeline': return ofPipeline(payload, objectAt(payload, 'object_attributes') ?? {});
    case 'build': return ofJob(payload);
    case 'deployment': return ofDeployment(payload);
    default: return undefined;
  }
}

function ofPipeline(payload: JsonObject, attributes: JsonObject): JsonObject {
  const builds = listAt(payload, 'builds').slice(0, mostJobs);
  return {
    kind: 'run', run: textAt(attributes, 'id'), workflow: textAt(attributes, 'name') ?? 'pipeline', path: '.gitlab-ci.yml', trigger: textAt(attributes, 'source'), branch: textAt(attributes, 'ref'), sha: textAt(attributes, 'sha'),
    source: textAt(payload, 'merge_request', 'source', 'path_with_namespace'), initiator: textAt(payload, 'user', 'username'), ...stateOf(textAt(attributes, 'status')), seconds: secondsAt(attributes, 'duration'), waited: secondsAt(attributes, 'queued_duration'),
    // GitLab lists the newest job first.
    steps: builds.toReversed().flatMap((build) => (['skipped', 'created', 'manual'].includes(textAt(build, 'status') ?? '') ? [] : (textAt(build, 'name') ?? []))),
    variables: listAt(attributes, 'variables').slice(0, mostJobs).flatMap((variable) => textAt(variable, 'key') ?? []),
    artifacts: builds.flatMap((build) => (textAt(build, 'artifacts_file', 'filename') === undefined ? [] : [{ name: `${textAt(build, 'name') ?? ''}/${textAt(build, 'artifacts_file', 'filename') ?? ''}`, size: secondsAt(build, 'artifacts_file', 'size') }])),
  };
}

function ofJob(payload: JsonObject): JsonObject {
  const shared = fieldAt(payload, 'runner', 'is_shared');
  return {
    kind: 'job', run: textAt(payload, 'pipeline_id'), workflow: 'pipeline', job: textAt(payload, 'build_name'), branch: textAt(payload, 'ref'), sha: textAt(payload, 'sha'), initiator: textAt(payload, 'user', 'username'), ...stateOf(textAt(payload, 'build_status')),
    seconds: secondsAt(payload, 'build_duration'), waited: secondsAt(payload, 'build_queued_duration'), runner: textAt(payload, 'runner', 'description'), labels: listAt(payload, 'runner', 'tags').filter((tag) => typeof tag === 'string'),
    hosted: typeof shared === 'boolean' ? shared : undefined, environment: textAt(payload, 'environment', 'name'),
  };
}

function ofDeployment(payload: JsonObject): JsonObject {
  return {
    kind: 'deployment', deployment: textAt(payload, 'deployment_id') ?? textAt(payload, 'deployable_id'), environment: textAt(payload, 'environment'), branch: textAt(payload, 'ref'), sha: textAt(payload, 'short_sha'), initiator: textAt(payload, 'user', 'username'), state: textAt(payload, 'status'),
  };
}

function stateOf(status: string | undefined): JsonObject {
  return over.has(status ?? '') ? { state: 'completed', outcome: status === 'failed' ? 'failure' : status } : { state: status === 'running' ? 'in_progress' : status };
}

function secondsAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = fieldAt(value, ...path);
  return typeof found === 'number' && found >= 0 && Number.isFinite(found) ? Math.round(found) : undefined;
}
