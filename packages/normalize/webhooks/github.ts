/**
 * Deliveries of GitHub's webhooks under the names of its audit log: one rule about a thing that was done finds it in either.
 * What the audit log has no word for keeps the webhook's own: `<event>.<action>`.
 */
import type { JsonObject } from '../json-fields.ts';
import { asObject, fieldAt, listAt, objectAt, textAt, timeOf } from '../json-fields.ts';
import { runOfDelivery } from '../pipeline-run/github.ts';
import { deliveryOf } from './webhook.ts';
import type { Delivery } from './webhook.ts';

/** `event.action` of webhooks ("Webhook events and payloads") to `action` of the audit log ("Audit log events"). */
const actions: ReadonlyMap<string, string> = new Map([
  ['branch_protection_rule.created', 'protected_branch.create'], ['branch_protection_rule.deleted', 'protected_branch.destroy'], ['branch_protection_rule.edited', 'protected_branch.update'],
  ['repository.created', 'repo.create'], ['repository.deleted', 'repo.destroy'], ['repository.archived', 'repo.archived'], ['repository.unarchived', 'repo.unarchived'], ['repository.renamed', 'repo.rename'],
  ['repository.transferred', 'repo.transfer'], ['repository.publicized', 'repo.access'], ['repository.privatized', 'repo.access'], ['repository.edited', 'repo.update'], ['public', 'repo.access'],
  ['member.added', 'repo.add_member'], ['member.removed', 'repo.remove_member'], ['member.edited', 'repo.update_member'],
  ['membership.added', 'team.add_member'], ['membership.removed', 'team.remove_member'],
  ['team.created', 'team.create'], ['team.deleted', 'team.destroy'], ['team.edited', 'team.update_repository_permission'], ['team.added_to_repository', 'team.add_repository'], ['team.removed_from_repository', 'team.remove_repository'],
  ['organization.member_added', 'org.add_member'], ['organization.member_removed', 'org.remove_member'], ['organization.member_invited', 'org.invite_member'], ['organization.renamed', 'org.rename'], ['organization.deleted', 'org.delete'],
  ['org_block.blocked', 'org.block_user'], ['org_block.unblocked', 'org.unblock_user'],
  ['deploy_key.created', 'public_key.create'], ['deploy_key.deleted', 'public_key.delete'],
  ['repository_ruleset.created', 'repository_ruleset.create'], ['repository_ruleset.edited', 'repository_ruleset.update'], ['repository_ruleset.deleted', 'repository_ruleset.destroy'],
  ['secret_scanning_alert.created', 'secret_scanning_alert.create'], ['secret_scanning_alert.resolved', 'secret_scanning_alert.resolve'], ['secret_scanning_alert.reopened', 'secret_scanning_alert.reopen'],
  ['installation.created', 'integration_installation.create'], ['installation.deleted', 'integration_installation.destroy'], ['installation.suspend', 'integration_installation.suspend'],
  ['installation_repositories.added', 'integration_installation.repositories_added'], ['installation_repositories.removed', 'integration_installation.repositories_removed'],
  ['meta.deleted', 'hook.destroy'], ['workflow_run.requested', 'workflows.created_workflow_run'], ['workflow_run.completed', 'workflows.completed_workflow_run'], ['push', 'git.push'],
  ['personal_access_token_request.approved', 'personal_access_token.request_approved'], ['personal_access_token_request.created', 'personal_access_token.request_created'],
]);

/** Features of `security_and_analysis` and what the audit log calls them. */
const guards: ReadonlyMap<string, string> = new Map([
  ['secret_scanning', 'repository_secret_scanning'], ['secret_scanning_push_protection', 'repository_secret_scanning_push_protection'], ['dependabot_security_updates', 'repository_dependabot_security_updates'], ['advanced_security', 'repository_advanced_security'],
]);

/** Objects that say when it happened; those of commits are the author's to choose and are not asked. */
const dated = ['workflow_run', 'workflow_job', 'deployment_status', 'deployment', 'release', 'check_run', 'pull_request', 'issue', 'rule', 'repository_ruleset', 'key', 'alert', 'hook', 'installation', 'repository'];

/** A push can be told without the header that names the event: its payload alone has both a ref and commits. */
export function githubDelivery(value: unknown): Delivery | undefined {
  const wrapped = deliveryOf(value, 'github');
  if (wrapped !== undefined) return wrapped;
  const payload = asObject(value);
  if (payload === undefined || textAt(payload, 'ref') === undefined || !Array.isArray(payload.commits) || textAt(payload, 'repository', 'full_name') === undefined) return undefined;
  return { event: 'push', id: undefined, payload, received: undefined };
}

export function githubAction({ event, payload }: Delivery): string {
  if (event === 'security_and_analysis') return guardAction(payload) ?? event;
  const action = textAt(payload, 'action') ?? (event === 'create' || event === 'delete' ? textAt(payload, 'ref_type') : undefined);
  const own = action === undefined ? event : `${event}.${action}`;
  return actions.get(own) ?? own;
}

/** The first feature whose state differs; several at once are rare, and each is in the payload. */
function guardAction(payload: JsonObject): string | undefined {
  const before = objectAt(payload, 'changes', 'from', 'security_and_analysis');
  for (const [feature, name] of guards) {
    const was = textAt(before, feature, 'status');
    const is = textAt(payload, 'repository', 'security_and_analysis', feature, 'status');
    if (is !== undefined && was !== is) return `${name}.${is === 'enabled' ? 'enable' : 'disable'}`;
  }
  return undefined;
}

/** Milliseconds since the epoch; 0 when nothing says. */
export function githubTime({ event, payload, received }: Delivery): number {
  if (received !== undefined) return received;
  const pushed = event === 'push' ? timeOf(fieldAt(payload, 'repository', 'pushed_at')) : undefined;
  const times = dated.map((name) => ['completed_at', 'updated_at', 'created_at'].map((key) => timeOf(fieldAt(payload, name, key))).find((time) => time !== undefined));
  return pushed ?? times.find((time) => time !== undefined) ?? 0;
}

/** The members of an audit log's record that the payload can fill. */
export function githubNames(delivery: Delivery): JsonObject {
  const { event, payload } = delivery;
  const action = githubAction(delivery);
  const visibility = textAt(payload, 'repository', 'visibility');
  const member = objectAt(payload, 'member') ?? objectAt(payload, 'membership', 'user') ?? objectAt(payload, 'blocked_user') ?? objectAt(payload, 'invitation');
  return {
    action,
    event,
    actor: textAt(payload, 'sender', 'login') ?? textAt(payload, 'pusher', 'name'),
    actor_id: textAt(payload, 'sender', 'id'),
    actor_is_bot: textAt(payload, 'sender', 'type') === 'Bot' ? true : undefined,
    repo: textAt(payload, 'repository', 'full_name'), repo_id: textAt(payload, 'repository', 'id'),
    org: textAt(payload, 'organization', 'login') ?? (textAt(payload, 'repository', 'owner', 'type') === 'Organization' ? textAt(payload, 'repository', 'owner', 'login') : undefined),
    org_id: textAt(payload, 'organization', 'id'), business: textAt(payload, 'enterprise', 'slug'),
    visibility: event === 'public' ? 'public' : visibility, previous_visibility: action === 'repo.access' ? (visibility === 'public' || event === 'public' ? 'private' : 'public') : undefined,
    user: textAt(member, 'login'), user_id: textAt(member, 'id'), team: textAt(payload, 'team', 'slug'),
    permission: textAt(payload, 'changes', 'permission', 'to') ?? textAt(payload, 'membership', 'role'),
    name: nameIn(payload), key_id: textAt(payload, 'key', 'id'), hook_id: textAt(payload, 'hook_id'), read_only: fieldAt(payload, 'key', 'read_only'),
    ...runNames(payload),
  };
}

function nameIn(payload: JsonObject): string | undefined {
  return textAt(payload, 'rule', 'name') ?? textAt(payload, 'repository_ruleset', 'name') ?? textAt(payload, 'key', 'title') ?? textAt(payload, 'release', 'tag_name') ?? textAt(payload, 'workflow_run', 'name') ?? textAt(payload, 'workflow_job', 'name');
}

/** Builds, deployments and pushes: what rules about pipelines ask. */
function runNames(payload: JsonObject): JsonObject {
  const run = objectAt(payload, 'workflow_run') ?? objectAt(payload, 'workflow_job');
  const deployment = objectAt(payload, 'deployment');
  return {
    trigger: textAt(run, 'event'), branch: textAt(run, 'head_branch'), head_sha: textAt(run, 'head_sha') ?? textAt(payload, 'after') ?? textAt(deployment, 'sha'), conclusion: textAt(run, 'conclusion'), status: textAt(run, 'status') ?? textAt(payload, 'deployment_status', 'state'),
    workflow: textAt(payload, 'workflow_run', 'path') ?? textAt(payload, 'workflow', 'path'), head_repository: textAt(run, 'head_repository', 'full_name'), runner: textAt(run, 'runner_name'), labels: objectAt(payload, 'workflow_job') === undefined ? undefined : listAt(run, 'labels'),
    environment: textAt(deployment, 'environment') ?? textAt(payload, 'environment'), ref: textAt(payload, 'ref') ?? textAt(deployment, 'ref'), forced: fieldAt(payload, 'forced'), deleted: fieldAt(payload, 'deleted'), created: fieldAt(payload, 'created'),
    paths: changedPaths(payload), pipeline_run: runOfDelivery(payload),
  };
}

const pathLimit = 1000;

/** Files that the commits of a push touch; GitHub lists at most 2048 commits. */
function changedPaths(payload: JsonObject): readonly string[] | undefined {
  const commits = listAt(payload, 'commits').slice(0, 2048);
  const paths = new Set<string>();
  for (const path of commits.flatMap((commit) => ['added', 'modified', 'removed'].flatMap((kind) => listAt(commit, kind)))) {
    if (typeof path === 'string' && paths.size < pathLimit) paths.add(path);
  }
  return paths.size === 0 ? undefined : [...paths];
}
