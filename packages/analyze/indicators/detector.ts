/** Tells of events in which something occurs that a list of the user's names as bad. */
import { clip } from '#formats/clip.ts';
import { visibleText } from '#formats/visible-text.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Event } from '#model/event.ts';
import type { Confidence, Severity } from '#model/severity.ts';
import { defineStreamDetector } from '#model/stream.ts';
import type { Observation, StreamUnit, UnscoredSignal } from '#model/stream.ts';
import type { IndicatorSet, ListedIndicator } from './set.ts';
import { sightings } from './sighting.ts';
import type { Sighting } from './sighting.ts';

export const knownIndicator = 'event/known-indicator';

/** Plain data: when each value was last told of, per machine or user that it was seen with. */
export interface IndicatorMemory {
  readonly told: Map<string, number>;
  warned: boolean;
}

const hour = 3_600_000;
const day = 24 * hour;
const toldLimit = 20_000;
/** Addresses change hands within weeks, names within months; a digest never does. */
const freshDays = { network: 30, url: 90, domain: 90, email: 180, hash: Number.POSITIVE_INFINITY } as const;

export function indicatorDetector(set: IndicatorSet): StreamUnit {
  return defineStreamDetector<IndicatorMemory>({
    id: knownIndicator,
    title: 'Something that a list names as bad',
    severity: 'high',
    confidence: 'medium',
    consequence: 'A machine or a user had to do with what somebody knows as part of attacks.',
    remediation: 'Look at what else the same machine and user did around that time; take them off the network if they reached out to it.',
    references: ['https://attack.mitre.org/tactics/TA0011/'],
    initial: { told: new Map(), warned: false },
    wants: () => set.size > 0,
    step(state, observation) {
      const { found, cut } = sightings(observation.record, set);
      const signals = found.filter((one) => holds(one.indicator, observation.time) && isNews(state, one, observation)).map((one) => signalOf(one, observation));
      return { state, signals, diagnostics: warnings(state, cut) };
    },
  });
}

function holds({ until }: ListedIndicator, time: number): boolean {
  return until === undefined || until >= time;
}

/** The same value with the same party is told of once an hour. */
function isNews({ told }: IndicatorMemory, { indicator }: Sighting, { event, time }: Observation): boolean {
  const key = `${indicator.value}\0${partyOf(event)}`;
  const last = told.get(key);
  if (last !== undefined && time - last < hour) return false;
  told.delete(key);
  told.set(key, time);
  if (told.size > toldLimit) told.delete(told.keys().next().value ?? '');
  return true;
}

function partyOf(event: Event): string {
  return textAt(event, 'device', 'hostname') ?? textAt(event, 'src_endpoint', 'ip') ?? textAt(event, 'actor', 'user', 'name') ?? '';
}

function signalOf({ indicator, value, field }: Sighting, { event, time }: Observation): UnscoredSignal {
  const inbound = textAt(event, 'src_endpoint', 'ip') === value;
  const age = Math.max(0, Math.floor((time - (indicator.since ?? indicator.list.date)) / day));
  const stale = age > freshDays[indicator.kind];
  const shown = visibleText(clip(value, 60));
  const list = visibleText(clip(indicator.list.name, 60));
  return {
    rule: knownIndicator,
    title: titles[indicator.kind],
    severity: severityOf(indicator, inbound),
    confidence: confidenceOf(indicator, stale),
    message: `${shown} ${inbound ? 'is where this came from' : `occurs in \`${visibleText(clip(field, 60))}\``}; the list "${list}" names it${nameOf(indicator)}, ${ageOf(age)}.`,
    time,
    techniques: [],
    tactics: tacticsOf(indicator, inbound),
    evidence: [
      { factor: 'indicator.listed', detail: `listed in ${list}` },
      ...(stale ? [{ factor: 'indicator.stale', detail: `the entry is ${age} days old` }] : []),
      ...(inbound || indicator.kind === 'email' ? [] : [{ factor: 'indicator.reached', detail: 'it is not where the event came from' }]),
    ],
    events: [event],
    references: [],
    falsePositives: ['An address that many share, or that has changed hands since.', 'A list that names more than what is bad.'],
  };
}

const titles: Readonly<Record<ListedIndicator['kind'], string>> = {
  network: 'Known bad address', domain: 'Known bad domain', url: 'Known bad URL', hash: 'Known bad file', email: 'Known bad address of e-mail',
};

/** Anyone on the network is scanned by bad addresses all day; reaching out to one is another matter. */
function severityOf({ kind }: ListedIndicator, inbound: boolean): Severity {
  if (inbound) return 'low';
  return kind === 'hash' || kind === 'url' || kind === 'domain' ? 'high' : 'medium';
}

function confidenceOf({ confidence }: ListedIndicator, stale: boolean): Confidence {
  if (stale || (confidence !== undefined && confidence < 30)) return 'low';
  return confidence !== undefined && confidence >= 70 ? 'high' : 'medium';
}

function tacticsOf({ kind }: ListedIndicator, inbound: boolean): readonly string[] {
  if (kind === 'hash') return ['execution'];
  return inbound || kind === 'email' ? ['initial-access'] : ['command-and-control'];
}

function nameOf({ name }: ListedIndicator): string {
  return name === undefined ? '' : ` as "${visibleText(clip(name, 60))}"`;
}

function ageOf(days: number): string {
  return days === 0 ? 'an entry of the same day' : `an entry of ${days} ${days === 1 ? 'day' : 'days'} before`;
}

function warnings(state: IndicatorMemory, cut: boolean): Diagnostic[] {
  if (!cut || state.warned) return [];
  state.warned = true;
  return [{ code: 'rule-over-budget', rule: knownIndicator, message: 'a record is larger or deeper than is searched for indicators; only its first part was (this is said once)' }];
}

function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  let inner = value;
  for (const key of path) inner = typeof inner === 'object' && inner !== null ? (inner as { readonly [name: string]: unknown })[key] : undefined;
  return typeof inner === 'string' ? inner : undefined;
}
