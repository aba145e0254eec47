/** What GitHub says of runs, jobs and deployments, under the names that `#formats/pipeline-run.ts` reads. */
import type { JsonObject } from '../json-fields.ts';
import { asObject, fieldAt, listAt, objectAt, textAt, timeOf } from '../json-fields.ts';

/** GitHub lists every step of a job; a job may have at most a thousand. */
const mostSteps = 200;
const mostNames = 100;

/** The payload of a webhook: `workflow_run`, `workflow_job`, `deployment` and `deployment_status`. */
export function runOfDelivery(payload: JsonObject): JsonObject | undefined {
  const job = objectAt(payload, 'workflow_job');
  if (job !== undefined) return ofJob(job);
  const deployment = objectAt(payload, 'deployment');
  if (deployment !== undefined) return ofDeployment(deployment, payload);
  const run = objectAt(payload, 'workflow_run');
  return run === undefined ? undefined : ofRun(run, payload);
}

function ofRun(run: JsonObject, payload: JsonObject): JsonObject {
  return {
    kind: 'run', run: textAt(run, 'id'), attempt: textAt(run, 'run_attempt'), workflow: textAt(run, 'name') ?? textAt(payload, 'workflow', 'name'), path: textAt(run, 'path') ?? textAt(payload, 'workflow', 'path'),
    trigger: textAt(run, 'event'), branch: textAt(run, 'head_branch'), sha: textAt(run, 'head_sha'), source: textAt(run, 'head_repository', 'full_name'), initiator: textAt(run, 'triggering_actor', 'login') ?? textAt(run, 'actor', 'login'),
    state: textAt(run, 'status'), outcome: textAt(run, 'conclusion'), seconds: textAt(run, 'status') === 'completed' ? between(run, 'run_started_at', 'updated_at') ?? between(run, 'created_at', 'updated_at') : undefined,
  };
}

function ofJob(job: JsonObject): JsonObject {
  const labels = namesIn(listAt(job, 'labels'));
  const runner = textAt(job, 'runner_name');
  return {
    kind: 'job', run: textAt(job, 'run_id'), attempt: textAt(job, 'run_attempt'), workflow: textAt(job, 'workflow_name'), job: textAt(job, 'name'), branch: textAt(job, 'head_branch'), sha: textAt(job, 'head_sha'),
    state: textAt(job, 'status'), outcome: textAt(job, 'conclusion'), seconds: between(job, 'started_at', 'completed_at'), waited: between(job, 'created_at', 'started_at'),
    labels, runner, runner_group: textAt(job, 'runner_group_name'), hosted: runner === undefined ? undefined : !labels.includes('self-hosted') && /^(?:GitHub Actions|Hosted Agent)\b/.test(textAt(job, 'runner_group_name') ?? runner),
    steps: listAt(job, 'steps').slice(0, mostSteps).flatMap((step) => (textAt(step, 'conclusion') === 'skipped' ? [] : (textAt(step, 'name') ?? []))),
  };
}

function ofDeployment(deployment: JsonObject, payload: JsonObject): JsonObject {
  return {
    kind: 'deployment', run: textAt(payload, 'workflow_run', 'id'), workflow: textAt(payload, 'workflow_run', 'name') ?? textAt(payload, 'workflow', 'name'), environment: textAt(deployment, 'environment'), branch: textAt(deployment, 'ref'), sha: textAt(deployment, 'sha'),
    state: textAt(payload, 'deployment_status', 'state') ?? 'created', initiator: textAt(deployment, 'creator', 'login'), trigger: textAt(payload, 'workflow_run', 'event'), deployment: textAt(deployment, 'id'),
  };
}

/** Entries of the audit log about runs (`workflows.*`); undefined for others. */
export function runOfAuditEntry(record: JsonObject, action: string): JsonObject | undefined {
  if (action === 'workflows.prepared_workflow_job') return ofPreparedJob(record);
  if (action !== 'workflows.completed_workflow_run' && action !== 'workflows.created_workflow_run') return undefined;
  const done = action === 'workflows.completed_workflow_run';
  return {
    kind: 'run', run: textAt(record, 'workflow_run_id'), attempt: textAt(record, 'run_attempt'), workflow: textAt(record, 'name'), trigger: textAt(record, 'event'), branch: textAt(record, 'head_branch'), sha: textAt(record, 'head_sha'),
    initiator: textAt(record, 'actor'), state: done ? 'completed' : 'requested', outcome: textAt(record, 'conclusion'), seconds: done ? between(record, 'started_at', 'completed_at') : undefined,
  };
}

/** Told when a job is handed to its runner; names the secrets that it was given. */
function ofPreparedJob(record: JsonObject): JsonObject {
  return {
    kind: 'job', run: textAt(record, 'workflow_run_id'), attempt: textAt(record, 'run_attempt'), job: textAt(record, 'job_name'), path: /^[^@]{1,400}/.exec(textAt(record, 'job_workflow_ref') ?? '')?.[0]?.split('/').slice(2).join('/'),
    state: 'in_progress', labels: namesIn(listAt(record, 'runner_labels')), runner: textAt(record, 'runner_name'), runner_group: textAt(record, 'runner_group_name'),
    hosted: typeof record.is_hosted_runner === 'boolean' ? record.is_hosted_runner : undefined, environment: textAt(record, 'environment_name'), secrets: namesIn(listAt(record, 'secrets_passed')),
  };
}

function namesIn(list: readonly unknown[]): readonly string[] {
  return list.slice(0, mostNames).flatMap((one) => (typeof one === 'string' ? one : (textAt(asObject(one), 'name') ?? [])));
}

/** Whole seconds; undefined where either is missing or they are the wrong way round. */
function between(value: JsonObject, from: string, to: string): number | undefined {
  const [start, end] = [timeOf(fieldAt(value, from)), timeOf(fieldAt(value, to))];
  return start === undefined || end === undefined || end < start ? undefined : Math.round((end - start) / 1000);
}
