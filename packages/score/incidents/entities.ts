import { memberAt, memberText } from '#formats/ocsf-member.ts';
import { ocsfClasses } from '#formats/ocsf.ts';
import { chosenSession, isEverywhere, isNobody, kindOfResource, kindOfUser, repositoryOf, userName } from '#formats/ocsf-party.ts';
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
const mostEvidences = 8;

/** The entities of an OCSF event, each once, the most telling role first. */
export function entitiesOf(event: Event): RoledEntity[] {
  const found = new EntityList(placeOf(event));
  actorOf(event, found);
  endpointOf(memberAt(event, 'src_endpoint'), 'origin', found);
  targetsOf(event, found);
  processOf(event, found);
  // What another product reports says in its evidence who and what it saw.
  for (const evidence of list(event, 'evidences').slice(0, mostEvidences)) evidenceOf(evidence, found);
  endpointOf(memberAt(event, 'dst_endpoint'), 'target', found);
  found.add('host', memberText(event, 'device', 'hostname') ?? memberText(event, 'device', 'name') ?? memberText(event, 'device', 'ip'), 'place');
  found.add('account', memberText(event, 'cloud', 'account', 'uid') ?? memberText(event, 'cloud', 'project_uid'), 'place');
  return found.list;
}

function evidenceOf(evidence: unknown, found: EntityList): void {
  person(memberAt(evidence, 'actor', 'user'), 'actor', found);
  endpointOf(memberAt(evidence, 'src_endpoint'), 'origin', found);
  endpointOf(memberAt(evidence, 'dst_endpoint'), 'target', found);
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
    if (written === undefined || isNobody(written) || this.list.length >= mostPerEvent) return;
    const short = written.slice(0, longestName);
    const plain = caseMatters.has(kind) ? short : short.toLowerCase();
    const name = (kind === 'user' || kind === 'process') && isEverywhere(plain) ? `${plain} on ${this.place ?? 'an unnamed machine'}` : plain;
    const key = entityKey({ kind, name });
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.list.push({ kind, name, role });
  }
}

const caseMatters: ReadonlySet<EntityKind> = new Set(['session', 'credential', 'process', 'resource']);

function placeOf(event: Event): string | undefined {
  // Who signs in does so at the other end.
  const entered = event.class_uid === ocsfClasses.authentication.uid ? memberText(event, 'dst_endpoint', 'hostname') : undefined;
  return memberText(event, 'device', 'hostname') ?? entered ?? memberText(event, 'cloud', 'account', 'uid') ?? memberText(event, 'device', 'ip');
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

function sessionOf(uid: string | undefined, role: EntityRole, found: EntityList): void {
  const chosen = chosenSession(uid);
  if (chosen === undefined) found.add('session', uid, role);
  else if (chosen.includes('@')) found.add('user', chosen, role);
}

/** A user, role or service; also the code that a workload identity of a forge speaks for. */
function person(user: unknown, role: EntityRole, found: EntityList): void {
  const name = userName(user);
  const speaksFor = repositoryOf(name ?? '');
  if (speaksFor !== undefined) found.add('repository', speaksFor, role);
  else found.add(kindOfUser(user, name), name, role);
  found.add('credential', memberText(user, 'credential_uid'), role);
  for (const group of list(user, 'groups').slice(0, 4)) found.add('role', memberText(group, 'name'), 'place');
}

function targetsOf(event: Event, found: EntityList): void {
  person(memberAt(event, 'user'), 'target', found);
  sessionOf(memberText(event, 'session', 'uid'), 'target', found);
  found.add(memberText(event, 'group', 'type') === 'Organization' ? 'account' : 'role', memberText(event, 'group', 'name'), 'target');
  const machine = memberText(event, 'device', 'hostname');
  for (const resource of list(event, 'resources').slice(0, mostPerEvent)) {
    const kind = kindOfResource(memberText(resource, 'type') ?? '');
    // The agent that reports is the machine, which is named already.
    if (kind === 'resource' && machine !== undefined && memberText(resource, 'name') === machine) continue;
    // A key is known by its id; what else there is by its name.
    found.add(kind, kind === 'credential' ? memberText(resource, 'uid') : (memberText(resource, 'name') ?? memberText(resource, 'uid')), kind === 'account' ? 'place' : 'target');
  }
  const kind = kindOfResource(memberText(event, 'entity', 'type') ?? '');
  found.add(kind, memberText(event, 'entity', 'name') ?? memberText(event, 'entity', 'uid'), kind === 'account' ? 'place' : 'target');
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
