import type { Signal } from '#model/event.ts';
import type { Incident } from '#model/incident.ts';
import { atLeast, severities } from '#model/severity.ts';
import { entitiesOf, entityKey } from './entities.ts';
import type { RoledEntity } from './entities.ts';
import { incidentId } from './incident-id.ts';
import { isCausal, joined, joinThreshold, linkOf } from './links.ts';
import type { Shared } from './links.ts';
import { absorb, addSignal, incidentOf, openIncident, stagesReached } from './open-incident.ts';
import type { OpenIncident } from './open-incident.ts';

/** Live incidents, and for each entity where it occurs. Plain data; `limits` bound it. */
export interface IncidentState {
  readonly incidents: Map<string, OpenIncident>;
  readonly entities: Map<string, Occurrence>;
}

interface Occurrence {
  /** Ids of live incidents, the newest last. */
  readonly incidents: string[];
  /** Keys of different actors that were seen with it, as far as they were counted. */
  readonly actors: string[];
  last: number;
}

export interface IncidentUpdate {
  readonly incident: Incident;
  readonly revision: number;
  /** `quiet`: nothing that a person needs to hear again. */
  readonly change: 'new' | 'escalating' | 'ongoing' | 'regressed' | 'quiet';
  /** Incidents that became part of this one. */
  readonly absorbed: readonly string[];
}

export interface IncidentStepResult {
  readonly update: IncidentUpdate | undefined;
  /** Live incidents that had to make room before their time; they are kept as they were last told. */
  readonly retired: number;
}

export const stateLimits = { incidents: 5_000, entities: 100_000, incidentsOfEntity: 16, actorsOfEntity: 8 } as const;
/** An incident that has been silent for so long gets no more signals. */
const horizon = 14 * 86_400_000;
/** A rise of the risk by so much is told again. */
const escalation = 8;

const places: ReadonlySet<string> = new Set(['address', 'host', 'account']);

export function initialIncidents(): IncidentState {
  return { incidents: new Map(), entities: new Map() };
}

export interface Verdicts {
  /** True when a person has closed the incident of this id. */
  isClosed(id: string): boolean;
  /** Fingerprints of open findings on the entities' code or workload. */
  findingsOn(entities: readonly RoledEntity[]): readonly string[];
}

/**
 * Puts a signal into the incident that it belongs to, or opens one (`specs/incidents.md`). Signals of no severity join and never open.
 * The state is changed in place and belongs to the caller.
 */
export function correlate(state: IncidentState, signal: Signal, verdicts: Verdicts): IncidentStepResult {
  const retired = retire(state, signal.time);
  const entities = distinct(signal.events.flatMap(entitiesOf));
  const telling = atLeast(severities, signal.severity, 'low');
  // What is no sign of an attack by itself belongs to one by one thing that it acts with or on, not by places that it shares with everything.
  const candidates = candidatesOf(state, telling ? entities : entities.filter(({ kind }) => !places.has(kind)), signal.time, telling);
  const best = candidates[0];
  if (best === undefined && !telling) return { update: undefined, retired };
  const incident = best?.incident ?? opened(state, signal, entities);
  const absorbed = best === undefined ? [] : merge(state, incident, candidates, signal);
  incident.causal ||= best?.causal ?? false;
  addSignal(incident, signal, entities, best?.why ?? '');
  incident.findings = [...new Set([...incident.findings, ...verdicts.findingsOn(entities)])].slice(0, 50);
  index(state, incident, entities, signal.time);
  return { update: { ...told(incident, verdicts, absorbed.length > 0), absorbed }, retired };
}

interface Candidate {
  readonly incident: OpenIncident;
  readonly link: number;
  readonly causal: boolean;
  readonly why: string;
}

/** Incidents that the signal belongs to, the surest first; of equally sure ones the older. */
function candidatesOf(state: IncidentState, entities: readonly RoledEntity[], time: number, telling: boolean): Candidate[] {
  const ids = new Set(entities.flatMap((entity) => state.entities.get(entityKey(entity))?.incidents ?? []));
  return [...ids]
    .flatMap((id) => state.incidents.get(id) ?? [])
    .map((incident) => candidate(state, incident, entities, time, telling))
    .filter(({ link }) => link >= joinThreshold)
    .sort((a, b) => b.link - a.link || a.incident.first - b.incident.first || (a.incident.id < b.incident.id ? -1 : 1));
}

function candidate(state: IncidentState, incident: OpenIncident, entities: readonly RoledEntity[], time: number, telling: boolean): Candidate {
  const shared = entities.flatMap((entity): Shared[] => {
    const known = incident.entities.get(entityKey(entity));
    if (known === undefined) return [];
    const occurrence = state.entities.get(entityKey(entity));
    const age = Math.abs(time - known.last);
    return [{ ...entity, before: known.roles, age, incidents: occurrence?.incidents.length ?? 1, actors: occurrence?.actors.length ?? 1 }];
  });
  const links = shared.map(linkOf);
  const strongest = shared.toSorted((a, b) => linkOf(b) - linkOf(a)).slice(0, 3);
  const causal = shared.some(isCausal);
  const why = strongest.map((one) => `${one.kind} ${one.name}${isCausal(one) ? ' (made before, used here)' : ''}`).join(', ');
  return { incident, link: telling ? joined(links) : Math.max(0, ...links), causal, why };
}

function opened(state: IncidentState, signal: Signal, entities: readonly RoledEntity[]): OpenIncident {
  const first = signal.events[0];
  const incident = openIncident(incidentId([signal.rule, String(signal.time), first?.metadata.uid ?? '', ...entities.map(entityKey)]), signal.time);
  state.incidents.set(incident.id, incident);
  return incident;
}

/** A signal that surely belongs to two incidents shows that they are one; weak signals show nothing. */
function merge(state: IncidentState, into: OpenIncident, candidates: readonly Candidate[], signal: Signal): string[] {
  if (!atLeast(severities, signal.severity, 'medium')) return [];
  const others = candidates.map(({ incident }) => incident).filter((incident) => incident !== into);
  for (const other of others) {
    absorb(into, other);
    state.incidents.delete(other.id);
    for (const key of other.entities.keys()) {
      const occurrence = state.entities.get(key);
      if (occurrence === undefined) continue;
      remove(occurrence.incidents, other.id);
      if (into.entities.has(key) && !occurrence.incidents.includes(into.id)) occurrence.incidents.push(into.id);
    }
  }
  return others.map(({ id }) => id);
}

function told(incident: OpenIncident, verdicts: Verdicts, grown: boolean): Omit<IncidentUpdate, 'absorbed'> {
  const stages = stagesReached(incident).length;
  const { score } = incidentOf(incident).risk;
  const before = incident.told;
  const change = changeOf(incident, { score, stages, grown, closed: verdicts.isClosed(incident.id) });
  incident.revision++;
  if (change !== 'quiet') {
    incident.state = change;
    incident.told = { score: Math.max(score, before.score), stages: Math.max(stages, before.stages), signals: incident.signals };
  }
  return { incident: incidentOf(incident), revision: incident.revision, change };
}

function changeOf(incident: OpenIncident, now: { readonly score: number; readonly stages: number; readonly grown: boolean; readonly closed: boolean }): IncidentUpdate['change'] {
  const { told: before, signals } = incident;
  if (now.closed) return 'regressed';
  if (before.signals === 0) return 'new';
  if (now.score >= before.score + escalation || (now.stages > before.stages && now.score > before.score) || (now.grown && now.score > before.score)) return 'escalating';
  // More of the same is told when it is ten times as much.
  return signals >= before.signals * 10 ? 'ongoing' : 'quiet';
}

function index(state: IncidentState, incident: OpenIncident, entities: readonly RoledEntity[], time: number): void {
  // What was touched last stands last, so that the oldest make room.
  state.incidents.delete(incident.id);
  state.incidents.set(incident.id, incident);
  const actor = entities.find(({ role, kind }) => role === 'actor' && kind !== 'session' && kind !== 'credential');
  for (const entity of entities) {
    const key = entityKey(entity);
    const known = state.entities.get(key) ?? { incidents: [], actors: [], last: time };
    remove(known.incidents, incident.id);
    known.incidents.push(incident.id);
    if (known.incidents.length > stateLimits.incidentsOfEntity) known.incidents.shift();
    const actorKey = actor === undefined ? undefined : entityKey(actor);
    if (actorKey !== undefined && actorKey !== key && known.actors.length < stateLimits.actorsOfEntity && !known.actors.includes(actorKey)) known.actors.push(actorKey);
    known.last = Math.max(known.last, time);
    state.entities.delete(key);
    state.entities.set(key, known);
  }
}

/** Lets go of what is past the horizon, and of the oldest where there is too much. Gives how many had to go early. */
function retire(state: IncidentState, now: number): number {
  let early = 0;
  for (const [id, incident] of state.incidents) {
    const over = state.incidents.size >= stateLimits.incidents;
    if (now - incident.last <= horizon && !over) break;
    if (over && now - incident.last <= horizon) early++;
    state.incidents.delete(id);
  }
  for (const [key, occurrence] of state.entities) {
    if (now - occurrence.last <= horizon && state.entities.size < stateLimits.entities) break;
    state.entities.delete(key);
  }
  return early;
}

function distinct(entities: readonly RoledEntity[]): RoledEntity[] {
  const byKey = new Map<string, RoledEntity>();
  for (const entity of entities) if (!byKey.has(entityKey(entity))) byKey.set(entityKey(entity), entity);
  return [...byKey.values()];
}

function remove(list: string[], item: string): void {
  const at = list.indexOf(item);
  if (at !== -1) list.splice(at, 1);
}
