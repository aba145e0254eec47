import type { Signal } from '#model/event.ts';
import type { Entity, EntityKind } from '#model/incident.ts';
import type { KeyedMemory } from '#model/stream.ts';
import { entityKey } from '../incidents/entities.ts';
import type { EntityRole, RoledEntity } from '../incidents/entities.ts';

/** One kind of thing that signals say of an entity; the same again is the same evidence, at most fresher and graver. */
export interface EntityEvidence {
  readonly rule: string;
  readonly title: string;
  readonly role: EntityRole;
  /** The greatest risk of its signals, 0 to 100, while they were fresh. */
  risk: number;
  count: number;
  /** Milliseconds since the epoch. */
  first: number;
  last: number;
  /** Id of the incident that its last signal belongs to. */
  incident: string | undefined;
}

export interface KnownRisk extends Entity {
  readonly evidence: EntityEvidence[];
  /** Kinds of evidence that found no room. */
  omitted: number;
}

export const entityRiskLimits = { entities: 50_000, evidence: 16 } as const;

/** Evidence weighs half after so long. */
export const halfLife = 7 * 86_400_000;

/** How much of a signal's risk is the entity's own: who acts is meant, where it happens is hardly. */
export const shares: Readonly<Record<EntityRole, number>> = { actor: 1, origin: 0.8, target: 0.5, place: 0.3 };

/** What many share at once has no risk of its own. */
const unranked: ReadonlySet<EntityKind> = new Set(['account', 'process']);

/** Notes a signal with every entity that it speaks of. The memory is changed in place and belongs to the caller. */
export function noteSignal(memory: KeyedMemory<KnownRisk>, signal: Signal, entities: readonly RoledEntity[], incident: string | undefined): void {
  for (const entity of entities) if (!unranked.has(entity.kind)) noteEntity(memory, signal, entity, incident);
}

function noteEntity(memory: KeyedMemory<KnownRisk>, { rule, title, risk: { score }, time }: Signal, { kind, name, role }: RoledEntity, incident: string | undefined): void {
  const key = entityKey({ kind, name });
  const known = memory.get(key) ?? { kind, name, evidence: [], omitted: 0 };
  const same = known.evidence.find((one) => one.rule === rule && one.title === title && one.role === role);
  if (same !== undefined) refresh(same, score, time, incident);
  else addEvidence(known, { rule, title, role, risk: score, count: 1, first: time, last: time, incident });
  memory.set(key, known);
}

/** A fresh signal of lower risk never lowers what is still left of an earlier one, nor renews it at its old height. */
function refresh(evidence: EntityEvidence, score: number, time: number, incident: string | undefined): void {
  const last = Math.max(evidence.last, time);
  const left = evidence.risk * 2 ** (-(last - evidence.last) / halfLife);
  evidence.risk = Math.max(left, time >= evidence.last ? score : score * 2 ** (-(last - time) / halfLife));
  evidence.count++;
  evidence.first = Math.min(evidence.first, time);
  evidence.last = last;
  evidence.incident = incident ?? evidence.incident;
}

/** Where there is no room, what weighs least goes. */
function addEvidence(known: KnownRisk, added: EntityEvidence): void {
  known.evidence.push(added);
  if (known.evidence.length <= entityRiskLimits.evidence) return;
  const now = Math.max(...known.evidence.map(({ last }) => last));
  const least = known.evidence.reduce((low, one) => (weightOf(one, now) < weightOf(low, now) ? one : low));
  known.evidence.splice(known.evidence.indexOf(least), 1);
  known.omitted++;
}

/** What is left of a piece of evidence at a time, 0 to 1. */
export function weightOf({ risk, role, last }: EntityEvidence, at: number): number {
  return (risk / 100) * shares[role] * 2 ** (-Math.max(0, at - last) / halfLife);
}

export interface EntityRisk extends Entity {
  /** 0 to 100, one decimal. */
  readonly risk: number;
  /** What the same evidence came to while it was fresh: `risk` is never above it. */
  readonly ceiling: number;
  readonly first: number;
  readonly last: number;
  /** The weightiest first. */
  readonly evidence: readonly WeighedEvidence[];
  readonly omitted: number;
}

export interface WeighedEvidence extends Readonly<Omit<EntityEvidence, 'incident'>> {
  readonly incident: string | null;
  /** 0 to 1, four decimals. */
  readonly weight: number;
}

/** The chance that not all evidence is mistaken, each piece as far as it is still fresh. */
export function riskOf({ kind, name, evidence, omitted }: KnownRisk, at: number): EntityRisk {
  const weighed = evidence.map((one): WeighedEvidence => ({ ...one, incident: one.incident ?? null, weight: round(weightOf(one, at), 4) })).sort((a, b) => b.weight - a.weight || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : a.title < b.title ? -1 : 1));
  return {
    kind, name, risk: together(weighed.map(({ weight }) => weight)), ceiling: together(evidence.map((one) => round(weightOf(one, one.last), 4))),
    first: Math.min(...evidence.map((one) => one.first)), last: Math.max(...evidence.map((one) => one.last)), evidence: weighed, omitted,
  };
}

/** Those with any risk left, the greatest first; of equal risk by kind and name. */
export function rankedEntities(known: Iterable<KnownRisk>, at: number): EntityRisk[] {
  return [...known].map((one) => riskOf(one, at)).filter(({ risk }) => risk > 0).sort((a, b) => b.risk - a.risk || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The risk in so many milliseconds if nothing more happens. */
export function riskLater(known: KnownRisk, at: number, later: number): number {
  return riskOf(known, at + later).risk;
}

function together(weights: readonly number[]): number {
  return round(100 * (1 - weights.reduce((doubt, weight) => doubt * (1 - weight), 1)), 1);
}

function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
