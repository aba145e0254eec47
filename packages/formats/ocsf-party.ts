/** Who and what an OCSF event speaks of: how their kinds and names are read from its members, for whoever follows them. */
import type { EntityKind } from '#model/incident.ts';
import { memberAt, memberText } from './ocsf-member.ts';

/** Names that stand for nobody in particular. */
export function isNobody(name: string): boolean {
  return /^(?:unknown|none|null|n\/a|anonymous|-|\*)?$/i.test(name);
}

/** Names that every machine or account has; they mean somebody only together with their place. */
export function isEverywhere(name: string): boolean {
  return /^(?:root|system|administrator|admin|nt authority\\.{1,40}|local service|network service|localsystem|nobody|daemon|www-data|guest|ubuntu|ec2-user)$/i.test(name);
}

/** The name of a user object. */
export function userName(user: unknown): string | undefined {
  return memberText(user, 'name') ?? memberText(user, 'email_addr') ?? memberText(user, 'uid');
}

/** The code that a workload identity of a forge speaks for (`repo:acme/web:ref:refs/heads/main`). */
export function repositoryOf(name: string): string | undefined {
  return /^(?:repo|project_path):([\w.-]{1,100}(?:\/[\w.-]{1,100}){1,6})(?::|$)/.exec(name)?.[1];
}

/** AWS: type `Role` and `AssumedRole`; account type 4 is an IAM role (OCSF `account.type_id`); user type 4 is a service. */
export function kindOfUser(user: unknown, name: string | undefined): EntityKind {
  if (/^(?:Assumed)?Role$/.test(memberText(user, 'type') ?? '') || memberAt(user, 'account', 'type_id') === 4) return 'role';
  if (memberAt(user, 'type_id') === 4 || /^system:serviceaccount:|\.gserviceaccount\.com$|\[bot\]$/.test(name ?? '')) return 'service';
  return 'user';
}

/** The name that the maker of an AWS session chose for it (`AROA...:mira@acme.example`): the same at every login, and often a person. */
export function chosenSession(uid: string | undefined): string | undefined {
  return /^A[RI]OA[A-Z0-9]+:(.+)$/.exec(uid ?? '')?.[1];
}

const resourceKinds: readonly (readonly [RegExp, EntityKind])[] = [
  [/repositor|^project$/i, 'repository'], [/workflow|pipeline/i, 'workflow'], [/IAM::User|^user$/i, 'user'], [/IAM::Role|service.?account|^role$/i, 'role'],
  [/access.?key|^(?:token|credential)$/i, 'credential'], [/::Instance$|^(?:host|node|machine|virtual.?machine)$/i, 'host'], [/organi[sz]ation|^account$|^tenant$/i, 'account'],
];

export function kindOfResource(type: string): EntityKind {
  return resourceKinds.find(([pattern]) => pattern.test(type))?.[1] ?? 'resource';
}
