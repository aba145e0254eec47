import { memberAt, memberText } from '#formats/ocsf-member.ts';
import type { Event } from '#model/event.ts';
import type { Entity, EntityKind } from '#model/incident.ts';

/** What an entity is to an event. `place`: where it happened, shared by much that has nothing to do with each other. */
export const entityRoles = ['actor', 'origin', 'target', 'place'] as const;
export type EntityRole = (typeof entityRoles)[number];

export interface RoledEntity extends Entity {
  readonly role: EntityRole;
}

const longestName = 256;
/** Entities that one event may bring; an event about hundreds of resources links nothing in particular. */
const mostPerEvent = 24;

/** Names that every machine or account has; they mean somebody only together with their place. */
const everywhere = /^(?:root|system|administrator|admin|nt authority\\.{1,40}|local service|network service|localsystem|nobody|daemon|www-data|guest|ubuntu|ec2-user)$/i;
const nobody = /^(?:unknown|none|null|n\/a|anonymous|-|\*)?$/i;

/** The entities of an OCSF event, each once, the most telling role first. */
export function entitiesOf(event: Event): RoledEntity[] {
  const found = new EntityList(placeOf(event));
  actorOf(event, found);
  endpointOf(memberAt(event, 'src_endpoint'), 'origin', found);
  targetsOf(event, found);
  processOf(event, found);
  endpointOf(memberAt(event, 'dst_endpoint'), 'target', found);
  found.add('host', memberText(event, 'device', 'hostname') ?? memberText(event, 'device', 'name') ?? memberText(event, 'device', 'ip'), 'place');
  found.add('account', memberText(event, 'cloud', 'account', 'uid') ?? memberText(event, 'cloud', 'project_uid'), 'place');
  return found.list;
}

export function entityKey({ kind, name }: Entity): string {
  return `${kind}\0${name}`;
}

class EntityList {
  readonly list: RoledEntity[] = [];
  private readonly place: string | undefined;
  private readonly seen = new Set<string>();

  constructor(place: string | undefined) {
    this.place = place;
  }

  add(kind: EntityKind, written: string | undefined, role: EntityRole): void {
    if (written === undefined || nobody.test(written) || this.list.length >= mostPerEvent) return;
    const short = written.slice(0, longestName);
    const plain = caseMatters.has(kind) ? short : short.toLowerCase();
    const name = (kind === 'user' || kind === 'process') && everywhere.test(plain) ? `${plain} on ${this.place ?? 'an unnamed machine'}` : plain;
    const key = entityKey({ kind, name });
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.list.push({ kind, name, role });
  }
}

const caseMatters: ReadonlySet<EntityKind> = new Set(['session', 'credential', 'process', 'resource']);

function placeOf(event: Event): string | undefined {
  return memberText(event, 'device', 'hostname') ?? memberText(event, 'cloud', 'account', 'uid') ?? memberText(event, 'device', 'ip');
}

function actorOf(event: Event, found: EntityList): void {
  person(memberAt(event, 'actor', 'user'), 'actor', found);
  sessionOf(memberText(event, 'actor', 'session', 'uid'), 'actor', found);
  // Programs that are started run as somebody.
  person(memberAt(event, 'process', 'user'), 'actor', found);
  // The role behind a session (AWS: `sessionIssuer`).
  found.add('role', lastOfArn(memberText(event, 'actor', 'session', 'issuer')), 'actor');
  found.add('service', memberText(event, 'actor', 'invoked_by'), 'origin');
}

/** AWS names a session by its role and a name that its maker chose (`AROA...:mira@acme.example`): the same at every login, and often a person. */
function sessionOf(uid: string | undefined, role: EntityRole, found: EntityList): void {
  const chosen = /^A[RI]OA[A-Z0-9]+:(.+)$/.exec(uid ?? '')?.[1];
  if (chosen === undefined) found.add('session', uid, role);
  else if (chosen.includes('@')) found.add('user', chosen, role);
}

/** A user, role or service; also the code that a workload identity of a forge speaks for (`repo:acme/web:ref:refs/heads/main`). */
function person(user: unknown, role: EntityRole, found: EntityList): void {
  const name = memberText(user, 'name') ?? memberText(user, 'email_addr') ?? memberText(user, 'uid');
  const speaksFor = /^(?:repo|project_path):([\w.-]{1,100}(?:\/[\w.-]{1,100}){1,6})(?::|$)/.exec(name ?? '')?.[1];
  if (speaksFor !== undefined) found.add('repository', speaksFor, role);
  else found.add(kindOfUser(user, name), name, role);
  found.add('credential', memberText(user, 'credential_uid'), role);
  for (const group of list(user, 'groups').slice(0, 4)) found.add('role', memberText(group, 'name'), 'place');
}

/** AWS: type `Role` and `AssumedRole`; account type 4 is an IAM role (OCSF `account.type_id`); user type 4 is a service. */
function kindOfUser(user: unknown, name: string | undefined): EntityKind {
  if (/^(?:Assumed)?Role$/.test(memberText(user, 'type') ?? '') || number(user, 'account', 'type_id') === 4) return 'role';
  if (number(user, 'type_id') === 4 || /^system:serviceaccount:|\.gserviceaccount\.com$|\[bot\]$/.test(name ?? '')) return 'service';
  return 'user';
}

function targetsOf(event: Event, found: EntityList): void {
  person(memberAt(event, 'user'), 'target', found);
  sessionOf(memberText(event, 'session', 'uid'), 'target', found);
  found.add(memberText(event, 'group', 'type') === 'Organization' ? 'account' : 'role', memberText(event, 'group', 'name'), 'target');
  for (const resource of list(event, 'resources').slice(0, mostPerEvent)) {
    const kind = kindOfResource(memberText(resource, 'type') ?? '');
    // A key is known by its id; what else there is by its name.
    found.add(kind, kind === 'credential' ? memberText(resource, 'uid') : (memberText(resource, 'name') ?? memberText(resource, 'uid')), kind === 'account' ? 'place' : 'target');
  }
  const kind = kindOfResource(memberText(event, 'entity', 'type') ?? '');
  found.add(kind, memberText(event, 'entity', 'name') ?? memberText(event, 'entity', 'uid'), kind === 'account' ? 'place' : 'target');
}

const resourceKinds: readonly (readonly [RegExp, EntityKind])[] = [
  [/repositor|^project$/i, 'repository'], [/workflow|pipeline/i, 'workflow'], [/IAM::User|^user$/i, 'user'], [/IAM::Role|service.?account|^role$/i, 'role'],
  [/access.?key|^(?:token|credential)$/i, 'credential'], [/::Instance$|^(?:host|node|machine|virtual.?machine)$/i, 'host'], [/organi[sz]ation|^account$|^tenant$/i, 'account'],
];

function kindOfResource(type: string): EntityKind {
  return resourceKinds.find(([pattern]) => pattern.test(type))?.[1] ?? 'resource';
}

/** Processes are named by their machine and id, because program names are everywhere. */
function processOf(event: Event, found: EntityList): void {
  for (const [process, role] of [[memberAt(event, 'process'), 'target'], [memberAt(event, 'actor', 'process'), 'actor']] as const) {
    const id = memberText(process, 'uid') ?? (number(process, 'pid') === undefined ? undefined : `${placeOf(event) ?? ''}/${number(process, 'pid')}`);
    found.add('process', id, role);
    const parent = memberText(process, 'parent_process', 'uid');
    found.add('process', parent, 'actor');
  }
}

function endpointOf(endpoint: unknown, role: EntityRole, found: EntityList): void {
  found.add('address', memberText(endpoint, 'ip'), role);
  found.add('host', memberText(endpoint, 'hostname') ?? memberText(endpoint, 'domain'), role);
}

function lastOfArn(arn: string | undefined): string | undefined {
  return arn?.split('/').at(-1);
}

function number(value: unknown, ...path: readonly string[]): number | undefined {
  const found = memberAt(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

function list(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = memberAt(value, ...path);
  return Array.isArray(found) ? found : [];
}
