/** Adds to an event what is known about the addresses, machines and people in it. */
import type { Event } from '#model/event.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, listAt, objectAt, textAt } from '../json-fields.ts';
import type { Party } from './parties.ts';
import type { Place } from './places.ts';

/** What is known, each handed in by whoever read it. */
export interface Knowledge {
  place?(address: string): Place | undefined;
  asset?(host: string | undefined, address: string | undefined): Party | undefined;
  identity?(...names: readonly (string | undefined)[]): Party | undefined;
}

const evidenceLimit = 20;
const endpoints = ['src_endpoint', 'dst_endpoint'] as const;

/** Attributes `location` and `autonomous_system` where an endpoint has none, and `enrichments` for assets and identities. */
export function enrich(event: Event, knowledge: Knowledge): Event {
  const found: JsonObject[] = [];
  const changed = partsOf(event, '', knowledge, found);
  const evidences = listAt(event, 'evidences').slice(0, evidenceLimit).map((evidence, at) => ({ ...asObject(evidence), ...partsOf(evidence, `evidences[${at}].`, knowledge, found) }));
  const device = objectAt(event, 'device');
  if (device !== undefined) Object.assign(changed, { device: { ...device, ...locationOf(device, knowledge) } });
  note(found, 'device', device, knowledge);
  const given = listAt(event, 'enrichments');
  return {
    ...event, ...changed,
    ...(evidences.length === 0 ? {} : { evidences: [...evidences, ...listAt(event, 'evidences').slice(evidenceLimit)] }),
    ...(found.length === 0 ? {} : { enrichments: [...given, ...found] }),
  };
}

function partsOf(holder: unknown, before: string, knowledge: Knowledge, found: JsonObject[]): JsonObject {
  const changed = new Map<string, JsonObject>();
  for (const name of endpoints) {
    const endpoint = objectAt(holder, name);
    if (endpoint === undefined) continue;
    const place = placeAt(endpoint, knowledge);
    const network = endpoint.autonomous_system === undefined && place?.network !== undefined ? { autonomous_system: place.network } : {};
    changed.set(name, { ...endpoint, ...locationOf(endpoint, knowledge), ...network });
    note(found, `${before}${name}`, endpoint, knowledge);
  }
  noteUser(found, `${before}actor.user`, objectAt(holder, 'actor', 'user'), knowledge);
  noteUser(found, `${before}user`, objectAt(holder, 'user'), knowledge);
  return Object.fromEntries(changed);
}

function placeAt(endpoint: JsonObject, { place }: Knowledge): Place | undefined {
  const address = textAt(endpoint, 'ip');
  return address === undefined ? undefined : place?.(address);
}

/** What the source itself says of the place is not overwritten. */
function locationOf(endpoint: JsonObject, knowledge: Knowledge): JsonObject {
  const location = endpoint.location === undefined ? placeAt(endpoint, knowledge)?.location : undefined;
  return location === undefined ? {} : { location };
}

function note(found: JsonObject[], name: string, endpoint: JsonObject | undefined, { asset }: Knowledge): void {
  if (endpoint === undefined || asset === undefined) return;
  const [host, address] = [textAt(endpoint, 'hostname') ?? textAt(endpoint, 'name'), textAt(endpoint, 'ip')];
  const party = asset(host, address);
  if (party !== undefined) found.push(enrichmentOf(host === undefined ? `${name}.ip` : `${name}.hostname`, host ?? address ?? '', 'asset', party));
}

function noteUser(found: JsonObject[], name: string, user: JsonObject | undefined, { identity }: Knowledge): void {
  const party = user === undefined ? undefined : identity?.(textAt(user, 'uid'), textAt(user, 'email_addr'), textAt(user, 'name'));
  if (party !== undefined) found.push(enrichmentOf(`${name}.name`, textAt(user, 'name') ?? textAt(user, 'email_addr') ?? textAt(user, 'uid') ?? '', 'identity', party));
}

/** The enrichment object of OCSF: `name` is the attribute that it is about. */
function enrichmentOf(name: string, value: string, type: 'asset' | 'identity', { list, data }: Party): JsonObject {
  return { name, value, type, provider: list, data };
}
