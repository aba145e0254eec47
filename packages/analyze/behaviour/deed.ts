/** What an OCSF event says of who did what, as far as habits are made of it. */
import { memberAt, memberText } from '#formats/ocsf-member.ts';
import { chosenSession, isEverywhere, isNobody, kindOfResource, kindOfUser, repositoryOf, userName } from '#formats/ocsf-party.ts';
import { isPlace } from '#learn/behaviour/places.ts';
import type { Event } from '#model/event.ts';
import type { EntityKind } from '#model/incident.ts';
import { dangerOf } from './danger.ts';
import { toolOf } from './tool.ts';

/** Values that an entity has habits of. */
export const aspects = ['action', 'resource', 'tool', 'host', 'network', 'country'] as const;
export type Aspect = (typeof aspects)[number];

export interface Deed {
  readonly kind: EntityKind;
  readonly name: string;
  readonly values: Readonly<Record<Aspect, string | undefined>>;
  readonly place: { readonly lat: number; readonly long: number } | undefined;
  /** Somebody was refused; of a sign-in, nobody knows whom. */
  readonly failed: boolean;
  readonly signIn: boolean;
  readonly danger: string | undefined;
  /** A repository, or a machine that somebody signs in to: it knows who comes. */
  readonly target: { readonly kind: EntityKind; readonly name: string } | undefined;
}

const longestName = 200;
const failure = 2;
const authentication = 3002;

/** Undefined where nobody is named. */
export function deedOf(event: Event): Deed | undefined {
  const signIn = event.class_uid === authentication;
  const subject = subjectOf(event, signIn);
  if (subject === undefined) return undefined;
  const action = actionOf(event);
  const resource = resourceOf(event);
  const host = memberText(event, 'device', 'hostname') ?? memberText(event, 'src_endpoint', 'hostname');
  return {
    ...subject, place: placeOf(event), failed: event.status_id === failure, signIn, danger: dangerOf(action, event.type_uid),
    values: { action, resource: resource?.name, tool: toolFrom(event), host: named(host), network: networkOf(event), country: memberText(event, 'src_endpoint', 'location', 'country') },
    target: targetOf(event, resource, signIn),
  };
}

function subjectOf(event: Event, signIn: boolean): Pick<Deed, 'kind' | 'name'> | undefined {
  const session = chosenSession(memberText(event, 'actor', 'session', 'uid'));
  // A role is taken by many; whoever made the session named it, often after themselves.
  if (session?.includes('@') === true) return { kind: 'user', name: session.slice(0, longestName).toLowerCase() };
  const actor = memberAt(event, 'actor', 'user');
  const user = named(userName(actor)) === undefined && signIn ? memberAt(event, 'user') : actor;
  const name = named(userName(user));
  if (name === undefined) return undefined;
  const repository = repositoryOf(name);
  if (repository !== undefined) return { kind: 'repository', name: repository };
  const short = name.slice(0, longestName).toLowerCase();
  return { kind: kindOfUser(user, name), name: isEverywhere(short) ? `${short} on ${memberText(event, 'device', 'hostname') ?? memberText(event, 'cloud', 'account', 'uid') ?? '?'}` : short };
}

function actionOf(event: Event): string {
  const operation = memberText(event, 'api', 'operation') ?? memberText(event, 'activity_name') ?? String(event.activity_id);
  const service = memberText(event, 'api', 'service', 'name');
  return service === undefined ? operation : `${operation} (${service})`;
}

interface Resource {
  readonly name: string;
  readonly kind: EntityKind;
}

function resourceOf(event: Event): Resource | undefined {
  const first = memberAt(event, 'resources', '0') ?? memberAt(event, 'entity') ?? memberAt(event, 'group');
  const name = memberText(first, 'name') ?? memberText(first, 'uid');
  if (name !== undefined) return { name: name.slice(0, longestName), kind: kindOfResource(memberText(first, 'type') ?? '') };
  const user = event.class_uid === authentication ? undefined : userName(memberAt(event, 'user'));
  return user === undefined ? undefined : { name: user.slice(0, longestName), kind: 'user' };
}

function targetOf(event: Event, resource: Resource | undefined, signIn: boolean): Deed['target'] {
  if (resource?.kind === 'repository') return { kind: 'repository', name: resource.name.toLowerCase() };
  const host = signIn ? named(memberText(event, 'dst_endpoint', 'hostname')) : undefined;
  return host === undefined ? undefined : { kind: 'host', name: host.slice(0, longestName).toLowerCase() };
}

function toolFrom(event: Event): string | undefined {
  const agent = memberText(event, 'http_request', 'user_agent') ?? memberText(event, 'actor', 'app_name');
  return agent === undefined ? undefined : toolOf(agent);
}

/** The autonomous system where it is known, else the first half of the address (IPv6: the first two groups). */
function networkOf(event: Event): string | undefined {
  const number = memberAt(event, 'src_endpoint', 'autonomous_system', 'number');
  if (typeof number === 'number') return `AS${number}`;
  const ip = memberText(event, 'src_endpoint', 'ip');
  if (ip === undefined) return memberText(event, 'src_endpoint', 'svc_name');
  return ip.includes('.') ? `${ip.split('.', 2).join('.')}.0.0/16` : `${ip.slice(0, 45).split(':', 2).join(':')}::/32`;
}

function placeOf(event: Event): Deed['place'] {
  const lat = memberAt(event, 'src_endpoint', 'location', 'lat');
  const long = memberAt(event, 'src_endpoint', 'location', 'long');
  return isPlace(lat, long) ? { lat: lat as number, long: long as number } : undefined;
}

function named(name: string | undefined): string | undefined {
  return name === undefined || isNobody(name) ? undefined : name;
}
