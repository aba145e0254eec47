import { ocsfClasses } from '#formats/ocsf.ts';
import type { OcsfClass } from '#formats/ocsf.ts';

export interface Classification {
  readonly class: OcsfClass;
  readonly activity: number;
}

const { accountChange, apiActivity, authentication, entityManagement, groupManagement, userAccess } = ocsfClasses;

/** Actions about people and their rights (GitHub: "Audit log events for your enterprise"). */
const special: ReadonlyMap<string, Classification> = new Map([
  ...pairs(authentication, {
    'user.login': 1, 'user.failed_login': 1, 'user.logout': 2, 'org.sso_response': 1, 'business.sso_response': 1,
    'user.two_factor_requested': 6, 'user.two_factor_challenge_failure': 6, 'user.two_factor_challenge_success': 6,
  }),
  ...pairs(accountChange, {
    'user.create': 1, 'user.destroy': 6, 'user.delete': 6, 'user.suspend': 5, 'user.unsuspend': 2, 'user.change_password': 3,
    'user.forgot_password': 4, 'two_factor_authentication.enabled': 10, 'two_factor_authentication.disabled': 11,
  }),
  ...pairs(userAccess, {
    'org.update_member': 1, 'repo.add_member': 1, 'repo.update_member': 1, 'repo.remove_member': 2, 'business.add_admin': 1,
    'business.remove_admin': 2, 'org.add_outside_collaborator': 1, 'org.remove_outside_collaborator': 2, 'user.promote': 1,
    'user.demote': 2, 'organization_role.assign': 1, 'organization_role.revoke': 2,
  }),
  ...pairs(groupManagement, {
    'org.add_member': 3, 'org.remove_member': 4, 'business.add_organization': 7, 'business.remove_organization': 8,
    'team.add_member': 3, 'team.remove_member': 4, 'team.create': 6, 'team.destroy': 5, 'team.add_repository': 1,
    'team.update_repository_permission': 1, 'team.remove_repository': 2,
  }),
]);

/** Settings of an organization or enterprise; what concerns the things in it is API Activity. */
const entityPrefixes = ['org', 'business', 'enterprise', 'integration_installation', 'oauth_application'];

const entityVerbs: readonly (readonly [activity: number, pattern: RegExp])[] = [
  [9, /(?:^|_)disabled?(?:_|$)/], [8, /(?:^|_)enabled?(?:_|$)/], [1, /^(?:create|add|register|invite)/], [5, /^(?:transfer|rename)/],
  [4, /^(?:destroy|delete|remove|cancel|revoke)/], [12, /^suspend/], [13, /^unsuspend/], [2, /^(?:access|read|download|view|export)/],
];

const crudVerbs: readonly (readonly [activity: number, pattern: RegExp])[] = [
  [1, /^(?:create|add|register|fork|push|import|publish|invite|request|access_granted|issue)/],
  [4, /^(?:destroy|delete|remove|revoke|cancel|unregister|access_revoked)/],
  [2, /^(?:access|download|clone|fetch|read|view|list|export|search)/],
];

export function classify(action: string): Classification {
  const known = special.get(action);
  if (known !== undefined) return known;
  const dot = action.indexOf('.');
  const verb = action.slice(dot + 1);
  const find = (verbs: typeof crudVerbs): number => verbs.find(([, pattern]) => pattern.test(verb))?.[0] ?? 3;
  if (entityPrefixes.includes(action.slice(0, dot))) return { class: entityManagement, activity: find(entityVerbs) };
  return { class: apiActivity, activity: find(crudVerbs) };
}

function pairs(ocsfClass: OcsfClass, activities: { readonly [action: string]: number }): [string, Classification][] {
  return Object.entries(activities).map(([action, activity]) => [action, { class: ocsfClass, activity }]);
}
