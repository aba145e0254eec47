import type { DataAccess } from '#formats/data-access.ts';
import { day } from '#learn/behaviour/clock.ts';
import { markOf } from '#learn/behaviour/mark.ts';
import { defineProfile } from '#learn/behaviour/profile.ts';
import type { Fact } from '#learn/behaviour/profile.ts';
import { spellSize } from '#learn/behaviour/trust.ts';

/** An hour is a window: what somebody reads of a store within it is one amount. */
export const windowLength = 3_600_000;
export const halfLife = 45 * day;

const amount = { kind: 'amount', side: 'more', spread: 0.8 } as const;

/** Of somebody and a store: how much is read in an hour in which anything is, and at which hours. */
export const pairProfile = defineProfile(halfLife, [
  { id: 'objects', family: 'volume', shape: amount }, { id: 'breadth', family: 'breadth', shape: amount }, { id: 'bytes', family: 'volume', shape: amount }, { id: 'rows', family: 'volume', shape: amount }, { id: 'hour', family: 'time', shape: { kind: 'hour' } },
]);

/** Of somebody: which stores, by day, and what was opened to others. */
export const principalProfile = defineProfile(halfLife, [
  { id: 'store', family: 'novelty', shape: { kind: 'value', places: 16, slot: day } }, { id: 'leave', family: 'leave', shape: { kind: 'value', places: 8, slot: day } },
]);

/** Of a store: who reads it, by day. */
export const storeProfile = defineProfile(halfLife, [{ id: 'reader', family: 'novelty', shape: { kind: 'value', places: 24, slot: day } }]);

const words = 16;
const bits = words * 32;

/** An entry of the memory: what is known of somebody and a store, and the hour that goes on. */
export interface Pair {
  readonly facts: Float32Array;
  readonly spell: Float32Array;
  /** Which objects were read in this hour, by their marks: linear counting. */
  readonly seen: Uint32Array;
  window: number;
  objects: number;
  bytes: number;
  rows: number;
  /** Each time that so much has been read the next question is asked. */
  ask: number;
  /** Chances of who and where, as they were when the hour began. */
  novelty: [aspect: string, chance: number, clause: string][];
  /** Told in this hour: place in the list of severities and 1. */
  told: number;
  odd: number;
  hours: number;
  first: number;
}

export function newPair(now: number): Pair {
  return { facts: new Float32Array(pairProfile.size), spell: new Float32Array(spellSize), seen: new Uint32Array(words), window: 0, objects: 0, bytes: 0, rows: 0, ask: 1, novelty: [], told: 0, odd: 1, hours: 0, first: now };
}

export function windowOf(now: number): number {
  return Math.floor(now / windowLength);
}

export function openWindow(pair: Pair, window: number): void {
  pair.window = window;
  pair.seen.fill(0);
  pair.objects = 0;
  pair.bytes = 0;
  pair.rows = 0;
  pair.ask = 1;
  pair.novelty = [];
  pair.told = 0;
  pair.odd = 1;
}

export function count(pair: Pair, { object, objects, bytes, rows }: DataAccess): void {
  pair.objects += objects;
  pair.bytes += bytes;
  pair.rows += rows;
  if (object === undefined) return;
  const bit = markOf(object) % bits;
  pair.seen[bit >>> 5] = ((pair.seen[bit >>> 5] ?? 0) | (1 << (bit & 31))) >>> 0;
}

/** Distinct objects of the hour (Whang et al., 1990): from the share of bits that are unset. */
export function breadthOf(pair: Pair): number {
  let set = 0;
  for (const word of pair.seen) set += bitsIn(word);
  return set >= bits ? bits * Math.log(bits) : Math.round(-bits * Math.log(1 - set / bits));
}

function bitsIn(word: number): number {
  let left = word >>> 0;
  let set = 0;
  for (; left !== 0; left = (left & (left - 1)) >>> 0) set += 1;
  return set;
}

/** Objects count one each, rows and bytes by what a person reads: when their sum has doubled, it is worth asking again. */
export function heft(pair: Pair): number {
  return pair.objects + pair.rows / 100 + pair.bytes / 1e6;
}

export function factsOf(pair: Pair): Fact[] {
  const facts: Fact[] = [{ aspect: 'objects', amount: pair.objects }, { aspect: 'hour' }];
  const breadth = breadthOf(pair);
  if (breadth > 0) facts.push({ aspect: 'breadth', amount: breadth });
  if (pair.bytes > 0) facts.push({ aspect: 'bytes', amount: pair.bytes });
  if (pair.rows > 0) facts.push({ aspect: 'rows', amount: pair.rows });
  return facts;
}
