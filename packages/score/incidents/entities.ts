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
  endpointOf(at(event, 'src_endpoint'), 'origin', found);
  targetsOf(event, found);
  processOf(event, found);
  endpointOf(at(event, 'dst_endpoint'), 'target', found);
  found.add('host', text(event, 'device', 'hostname') ?? text(event, 'device', 'name') ?? text(event, 'device', 'ip'), 'place');
  found.add('account', text(event, 'cloud', 'account', 'uid') ?? text(event, 'cloud', 'project_uid'), 'place');
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
  return text(event, 'device', 'hostname') ?? text(event, 'cloud', 'account', 'uid') ?? text(event, 'device', 'ip');
}

function actorOf(event: Event, found: EntityList): void {
  person(at(event, 'actor', 'user'), 'actor', found);
  found.add('session', text(event, 'actor', 'session', 'uid'), 'actor');
  // Programs that are started run as somebody.
  person(at(event, 'process', 'user'), 'actor', found);
  // The role behind a session (AWS: `sessionIssuer`).
  found.add('role', lastOfArn(text(event, 'actor', 'session', 'issuer')), 'actor');
  found.add('service', text(event, 'actor', 'invoked_by'), 'origin');
}

/** A user, role or service; also the code that a workload identity of a forge speaks for (`repo:acme/web:ref:refs/heads/main`). */
function person(user: unknown, role: EntityRole, found: EntityList): void {
  const name = text(user, 'name') ?? text(user, 'email_addr') ?? text(user, 'uid');
  const speaksFor = /^(?:repo|project_path):([\w.-]{1,100}(?:\/[\w.-]{1,100}){1,6})(?::|$)/.exec(name ?? '')?.[1];
  if (speaksFor !== undefined) found.add('repository', speaksFor, role);
  else found.add(kindOfUser(user, name), name, role);
  found.add('credential', text(user, 'credential_uid'), role);
  for (const group of list(user, 'groups').slice(0, 4)) found.add('role', text(group, 'name'), 'place');
}

/** AWS: type `Role` and `AssumedRole`; account type 4 is an IAM role (OCSF `account.type_id`); user type 4 is a service. */
function kindOfUser(user: unknown, name: string | undefined): EntityKind {
  if (/^(?:Assumed)?Role$/.test(text(user, 'type') ?? '') || number(user, 'account', 'type_id') === 4) return 'role';
  if (number(user, 'type_id') === 4 || /^system:serviceaccount:|\.gserviceaccount\.com$|\[bot\]$/.test(name ?? '')) return 'service';
  return 'user';
}

function targetsOf(event: Event, found: EntityList): void {
  person(at(event, 'user'), 'target', found);
  found.add('session', text(event, 'session', 'uid'), 'target');
  found.add(text(event, 'group', 'type') === 'Organization' ? 'account' : 'role', text(event, 'group', 'name'), 'target');
  for (const resource of list(event, 'resources').slice(0, mostPerEvent)) {
    const kind = kindOfResource(text(resource, 'type') ?? '');
    // A key is known by its id; what else there is by its name.
    found.add(kind, kind === 'credential' ? text(resource, 'uid') : (text(resource, 'name') ?? text(resource, 'uid')), kind === 'account' ? 'place' : 'target');
  }
  const kind = kindOfResource(text(event, 'entity', 'type') ?? '');
  found.add(kind, text(event, 'entity', 'name') ?? text(event, 'entity', 'uid'), kind === 'account' ? 'place' : 'target');
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
  for (const [process, role] of [[at(event, 'process'), 'target'], [at(event, 'actor', 'process'), 'actor']] as const) {
    const id = text(process, 'uid') ?? (number(process, 'pid') === undefined ? undefined : `${placeOf(event) ?? ''}/${number(process, 'pid')}`);
    found.add('process', id, role);
    const parent = text(process, 'parent_process', 'uid');
    found.add('process', parent, 'actor');
  }
}

function endpointOf(endpoint: unknown, role: EntityRole, found: EntityList): void {
  found.add('address', text(endpoint, 'ip'), role);
  found.add('host', text(endpoint, 'hostname') ?? text(endpoint, 'domain'), role);
}

function lastOfArn(arn: string | undefined): string | undefined {
  return arn?.split('/').at(-1);
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}

function text(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

function number(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

function list(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}
