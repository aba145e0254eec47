/** Deliveries of GitLab's webhooks and system hooks. */
import { ocsfClasses } from '#formats/ocsf.ts';
import type { JsonObject } from '../json-fields.ts';
import { fieldAt, listAt, objectAt, textAt, timeOf } from '../json-fields.ts';
import type { ActivityTable } from '../parts.ts';
import { runOfHook } from '../pipeline-run/gitlab.ts';
import type { Delivery } from './webhook.ts';

const { accountChange, apiActivity, authentication, groupManagement, userAccess } = ocsfClasses;

/** Names that `gitlabAction` gives. */
export const gitlabActivities: ActivityTable = [
  [/^user_failed_login/, authentication, 1],
  [/^user_create/, accountChange, 1], [/^user_destroy/, accountChange, 6], [/^(?:user_rename|key_|access_token)/, accountChange, 99],
  [/^user_(?:add|update)_(?:to|for)_(?:team|group)|^user_access_request_(?!denied|revoked)/, userAccess, 1], [/^user_remove_from_(?:team|group)|^user_access_request_(?:denied|revoked)/, userAccess, 2],
  [/^group_create/, groupManagement, 6], [/^group_destroy/, groupManagement, 5],
  [/^(?:push|tag_push)\.(?:created)|\.(?:open|opened|create|created|pending)$|_create$/, apiActivity, 1],
  [/\.(?:delete|deleted|destroy|close|closed)$|_destroy$/, apiActivity, 4],
];

/** `<kind>.<what happened>`: `merge_request.merge`, `pipeline.failed`, `deployment.running`, `user_add_to_group`. */
export function gitlabAction({ event, payload }: Delivery): string {
  const kind = textAt(payload, 'object_kind') ?? textAt(payload, 'event_name') ?? event;
  const done = textAt(payload, 'object_attributes', 'action') ?? textAt(payload, 'object_attributes', 'status') ?? textAt(payload, 'build_status') ?? textAt(payload, 'status') ?? textAt(payload, 'action') ?? refChange(kind, payload);
  const name = kind === 'build' ? 'job' : kind;
  return done === undefined ? name : `${name}.${done}`;
}

/** A push says by forty zeros that there was nothing before, or is nothing after. */
function refChange(kind: string, payload: JsonObject): string | undefined {
  if (kind !== 'push' && kind !== 'tag_push') return undefined;
  if (/^0{40,64}$/.test(textAt(payload, 'before') ?? '')) return 'created';
  return /^0{40,64}$/.test(textAt(payload, 'after') ?? '') ? 'deleted' : 'updated';
}

const times: readonly (readonly string[])[] = [
  ['build_finished_at'], ['build_started_at'], ['build_created_at'], ['status_changed_at'], ['object_attributes', 'updated_at'], ['object_attributes', 'finished_at'], ['object_attributes', 'created_at'], ['released_at'], ['updated_at'], ['created_at'],
];

export function gitlabTime({ payload, received }: Delivery): number {
  return received ?? times.map((path) => timeOf(fieldAt(payload, ...path))).find((time) => time !== undefined) ?? 0;
}

/** Names for rules, alike over the kinds of events. */
export function gitlabNames(delivery: Delivery): JsonObject {
  const { payload } = delivery;
  const attributes = objectAt(payload, 'object_attributes');
  return {
    action: gitlabAction(delivery),
    event: textAt(payload, 'object_kind') ?? textAt(payload, 'event_name') ?? delivery.event,
    actor: textAt(payload, 'user', 'username') ?? textAt(payload, 'user_username') ?? textAt(payload, 'user', 'name') ?? textAt(payload, 'user_name'),
    actor_id: textAt(payload, 'user', 'id') ?? textAt(payload, 'user_id'),
    project: textAt(payload, 'project', 'path_with_namespace') ?? textAt(payload, 'path_with_namespace') ?? textAt(payload, 'project_path_with_namespace') ?? textAt(payload, 'project_name'),
    project_id: textAt(payload, 'project', 'id') ?? textAt(payload, 'project_id'), group: textAt(payload, 'group_path') ?? textAt(payload, 'group_name') ?? textAt(payload, 'full_path'),
    visibility: textAt(payload, 'project', 'visibility_level') ?? textAt(payload, 'project_visibility') ?? textAt(payload, 'visibility'),
    ref: textAt(payload, 'ref') ?? textAt(attributes, 'ref') ?? textAt(attributes, 'target_branch') ?? textAt(payload, 'tag'), source_ref: textAt(attributes, 'source_branch'), sha: textAt(payload, 'checkout_sha') ?? textAt(payload, 'sha') ?? textAt(attributes, 'sha') ?? textAt(payload, 'short_sha'),
    status: textAt(attributes, 'status') ?? textAt(payload, 'build_status') ?? textAt(payload, 'status'), trigger: textAt(attributes, 'source'), job: textAt(payload, 'build_name'), stage: textAt(payload, 'build_stage'),
    environment: textAt(payload, 'environment') ?? textAt(payload, 'environment', 'name'), runner: textAt(payload, 'runner', 'description'), runner_shared: fieldAt(payload, 'runner', 'is_shared'),
    source_project: textAt(attributes, 'source', 'path_with_namespace'), target_user: textAt(payload, 'project_access') === undefined && textAt(payload, 'group_access') === undefined ? undefined : textAt(payload, 'user_username'),
    access: textAt(payload, 'group_access') ?? textAt(payload, 'project_access') ?? textAt(payload, 'access_level'), paths: changedPaths(payload), pipeline_run: runOfHook(payload),
  };
}

const pathLimit = 1000;

function changedPaths(payload: JsonObject): readonly string[] | undefined {
  const found = listAt(payload, 'commits').slice(0, 1000).flatMap((commit) => ['added', 'modified', 'removed'].flatMap((kind) => listAt(commit, kind)));
  const paths = new Set(found.filter((path) => typeof path === 'string').slice(0, pathLimit));
  return paths.size === 0 ? undefined : [...paths];
}
