import type { Signal } from '#model/event.ts';
import { atLeast, severities } from '#model/severity.ts';
import type { KeyedMemory } from '#model/stream.ts';
import { entitiesOf, entityKey } from './entities.ts';
import type { RoledEntity } from './entities.ts';
import { incidentId } from './incident-id.ts';
import { isCausal, joined, joinThreshold, linkOf } from './links.ts';
import type { Shared } from './links.ts';
import { initialNetwork, rarityLimits } from '#learn/alert-rarity/known.ts';
import type { RarityState } from '#learn/alert-rarity/known.ts';
import { initialBar } from './bar.ts';
import type { BarState } from './bar.ts';
import { absorb, addSignal, openIncident } from './open-incident.ts';
import type { OpenIncident } from './open-incident.ts';
import { addOddity, outbreakLink } from './outbreak.ts';
import type { OutbreakLink } from './outbreak.ts';
import { rarityOf } from './signal-rarity.ts';
import type { SignalRarity } from './signal-rarity.ts';
import { tell } from './telling.ts';
import type { IncidentUpdate } from './telling.ts';

export type { IncidentUpdate };

/** Live incidents, and for each entity where it occurs: entries are plain data; `stateLimits` bound them. */
export interface IncidentState {
  readonly incidents: KeyedMemory<OpenIncident>;
  readonly entities: KeyedMemory<Occurrence>;
  /** By place, the incident that broke out there last. */
  readonly outbreaks: KeyedMemory<string>;
  readonly rarity: RarityState;
  readonly bar: BarState;
}

export interface Occurrence {
  /** Ids of live incidents, the newest last. */
  readonly incidents: string[];
  /** Keys of different actors that were seen with it, as far as they were counted. */
  readonly actors: string[];
  last: number;
}

export interface IncidentStepResult {
  readonly update: IncidentUpdate | undefined;
  /** Live incidents that had to make room before their time; they are kept as they were last told. */
  readonly retired: number;
  readonly entities: readonly RoledEntity[];
  /** How rare the signal is for where it happened. */
  readonly rarity: SignalRarity;
}

export const stateLimits = { incidents: 5_000, entities: 100_000, outbreaks: rarityLimits.places, incidentsOfEntity: 16, actorsOfEntity: 8 } as const;
/** An incident that has been silent for so long gets no more signals. */
const horizon = 14 * 86_400_000;
const places: ReadonlySet<string> = new Set(['address', 'host', 'account']);

export function initialIncidents(): IncidentState {
  return { incidents: new Map(), entities: new Map(), outbreaks: new Map(), rarity: { kinds: new Map(), here: new Map(), places: new Map(), network: initialNetwork() }, bar: initialBar() };
}

export interface Verdicts {
  /** True when a person has closed the incident of this id. */
  isClosed(id: string): boolean;
  /** Fingerprints of open findings on the entities' code or workload. */
  findingsOn(entities: readonly RoledEntity[]): readonly string[];
  /** Incidents a day that people want to hear of; without it, all. */
  readonly budget?: number;
  /** What verdicts on earlier incidents add to the interest in this one; bounded. */
  learnedOf?(incident: OpenIncident): number;
}

/**
 * Puts a signal into the incident that it belongs to, or opens one (`specs/incidents.md`). Signals of no severity join and never open.
 * The state is changed in place and belongs to the caller.
 */
export function correlate(state: IncidentState, signal: Signal, verdicts: Verdicts): IncidentStepResult {
  const retired = retire(state, signal.time);
  const entities = distinct(signal.events.flatMap(entitiesOf));
  const rarity = rarityOf(state.rarity, signal, entities);
  const telling = atLeast(severities, signal.severity, 'low') && !rarity.routine;
  const candidates = candidatesOf(state, { signal, entities, rarity, telling });
  const best = candidates[0];
  if (best === undefined && !telling) return { update: undefined, retired, entities, rarity };
  const incident = best?.incident ?? opened(state, signal, entities);
  const absorbed = best === undefined ? [] : merge(state, incident, candidates, signal);
  if (!incident.causal && best?.shared.some(isCausal) === true) [incident.causal, incident.weight] = [true, undefined];
  addSignal(incident, { signal, entities, joinedBy: best === undefined ? '' : whyOf(best), wakes: telling });
  addFindings(incident, verdicts.findingsOn(entities));
  addOddity(state, incident, rarity, signal.time);
  index(state, incident, entities, signal.time);
  const update = tell(incident, {
    closed: verdicts.isClosed(incident.id), absorbed, opened: best === undefined, time: signal.time, bar: state.bar, budget: verdicts.budget, learned: () => verdicts.learnedOf?.(incident) ?? 0,
  });
  return { update, retired, entities, rarity };
}

function addFindings(incident: OpenIncident, found: readonly string[]): void {
  if (found.every((fingerprint) => incident.findings.includes(fingerprint))) return;
  incident.findings = [...new Set([...incident.findings, ...found])].slice(0, 50);
  incident.weight = undefined;
}

interface Candidate {
  readonly incident: OpenIncident;
  readonly link: number;
  /** What ties the signal to it, and how firmly each does. */
  readonly shared: readonly Shared[];
  readonly links: readonly number[];
  /** That it broke out at the same place, for a person. */
  readonly outbreak: string | undefined;
}

/** The three firmest ties, for a person. */
function whyOf({ shared, links, outbreak }: Candidate): string {
  const strongest = shared.map((one, at) => ({ one, link: links[at] ?? 0 })).sort((a, b) => b.link - a.link).slice(0, 3);
  const ties = strongest.map(({ one }) => `${one.kind} ${one.name}${isCausal(one) ? ' (made before, used here)' : ''}`);
  return [...(outbreak === undefined ? [] : [outbreak]), ...ties].slice(0, 3).join(', ');
}

interface Sought {
  readonly signal: Signal;
  readonly entities: readonly RoledEntity[];
  readonly rarity: SignalRarity;
  readonly telling: boolean;
}

/** Incidents that the signal belongs to, the surest first; of equally sure ones the older. */
function candidatesOf(state: IncidentState, { signal, entities, rarity, telling }: Sought): Candidate[] {
  const { time } = signal;
  // What is no sign of an attack by itself belongs to one by one thing that it acts with or on, not by places that it shares with everything.
  const tying = (telling ? entities : entities.filter(({ kind }) => !places.has(kind))).map((entity): Tie => {
    const key = entityKey(entity);
    return { entity, key, occurrence: state.entities.get(key) };
  });
  const broken = outbreakLink(state, rarity, time);
  const ids = new Set(tying.flatMap(({ occurrence }) => occurrence?.incidents ?? []));
  if (broken !== undefined) ids.add(broken.incident);
  return [...ids]
    .flatMap((id) => state.incidents.get(id) ?? [])
    .map((incident) => candidate(incident, { tying, time, telling, outbreak: incident.id === broken?.incident ? broken : undefined }))
    .filter(({ link }) => link >= joinThreshold)
    .sort((one, other) => other.link - one.link || one.incident.first - other.incident.first || (one.incident.id < other.incident.id ? -1 : 1));
}

/** An entity of the signal and where it occurs, looked up once for all incidents. */
interface Tie {
  readonly entity: RoledEntity;
  readonly key: string;
  readonly occurrence: Occurrence | undefined;
}

interface Tying {
  readonly tying: readonly Tie[];
  readonly time: number;
  readonly telling: boolean;
  readonly outbreak: OutbreakLink | undefined;
}

function candidate(incident: OpenIncident, { tying, time, telling, outbreak }: Tying): Candidate {
  const shared: Shared[] = [];
  for (const { entity: { kind, name, role }, key, occurrence } of tying) {
    const known = incident.entities.get(key);
    if (known !== undefined) shared.push({ kind, name, role, before: known.roles, age: Math.abs(time - known.last), incidents: occurrence?.incidents.length ?? 1, actors: occurrence?.actors.length ?? 1 });
  }
  const links = shared.map(linkOf);
  const all = outbreak === undefined ? links : [...links, outbreak.link];
  return { incident, link: telling ? joined(all) : Math.max(0, ...all), shared, links, outbreak: outbreak?.why };
}

function opened(state: IncidentState, signal: Signal, entities: readonly RoledEntity[]): OpenIncident {
  const first = signal.events[0];
  const incident = openIncident(incidentId([signal.rule, signal.title, String(signal.time), first?.metadata.uid ?? '', ...entities.map(entityKey)]), signal.time);
  state.incidents.set(incident.id, incident);
  return incident;
}

/** A signal that surely belongs to two incidents shows that they are one; weak signals show nothing. */
function merge(state: IncidentState, into: OpenIncident, candidates: readonly Candidate[], signal: Signal): OpenIncident[] {
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
      state.entities.set(key, occurrence);
    }
  }
  return others;
}

function index(state: IncidentState, incident: OpenIncident, entities: readonly RoledEntity[], time: number): void {
  // What was touched last stands last, so that the oldest make room.
  setLast(state.incidents, incident.id, incident);
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
    setLast(state.entities, key, known);
  }
}

function setLast<T>(memory: KeyedMemory<T>, key: string, entry: T): void {
  memory.delete(key);
  memory.set(key, entry);
}

/** Lets go of what is past the horizon, and of the oldest where there is too much. Gives how many had to go early. */
function retire(state: IncidentState, now: number): number {
  let early = 0;
  for (const [id, incident] of state.incidents.entries()) {
    const over = state.incidents.size >= stateLimits.incidents;
    if (now - incident.last <= horizon && !over) break;
    if (over && now - incident.last <= horizon) early++;
    state.incidents.delete(id);
  }
  for (const [key, occurrence] of state.entities.entries()) {
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
