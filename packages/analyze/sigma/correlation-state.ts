import type { Occurrence } from './correlation.ts';

/**
 * Occurrences by correlation and group: plain data, to be cloned, or written as JSON by `writeState`. Groups stand in the order in which
 * they were last added to, or for correlations that are judged when their time is over, in which it began.
 */
export type CorrelationState = Map<string, Map<string, Occurrence[]>>;

/** Of one correlation. */
export const mostGroups = 10_000;
/** Of all correlations together. */
export const mostInAll = 50_000;

const longestKey = 200;
const longestValue = 64;

/**
 * No state takes more characters as JSON, whatever the events held: each occurrence its numbers and its value, and each can have a group
 * of its own; a character takes six at worst.
 */
export const mostCharacters = mostInAll * (6 * (longestKey + longestValue) + 64);

/** The name of a group in the state. */
export function groupKey(values: readonly string[]): string {
  return shortened(JSON.stringify(values), longestKey);
}

/** A value of an occurrence in the state: equal values stay equal, and numbers stay what they are. */
export function valueKey(value: string): string {
  return shortened(value, longestValue);
}

/** What is too long keeps its beginning and a digest of the whole, so that different texts stay different. */
function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = `...${digest(text)}`;
  return text.slice(0, length - end.length) + end;
}

/** 62 bits out of two rounds of FNV-1a with different beginnings; only for telling values apart. */
function digest(text: string): string {
  let [a, b] = [0x811c_9dc5, 0x1234_5678];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x0100_0193);
    b = Math.imul(b ^ (code + 0x9e37), 0x0100_01b3);
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}

export function countOf(state: CorrelationState): number {
  let count = 0;
  for (const groups of state.values()) for (const occurrences of groups.values()) count += occurrences.length;
  return count;
}

/** The state as JSON holds it. */
export type WrittenState = readonly (readonly [correlation: string, groups: readonly (readonly [key: string, occurrences: readonly (readonly [time: number, rule: number, value: string | null])[]])[]])[];

export function writeState(state: CorrelationState): WrittenState {
  return [...state].map(([id, groups]) => [id, [...groups].map(([key, occurrences]) => [key, occurrences.map(({ time, rule, value }) => [time, rule, value])])]);
}

/** Undefined for anything that `writeState` would not have written. */
export function readState(data: unknown): CorrelationState | undefined {
  return mapOf(data, (groups) => mapOf(groups, (occurrences) => (Array.isArray(occurrences) ? allOrNothing(occurrences.map(occurrenceOf)) : undefined)));
}

function mapOf<T>(data: unknown, read: (value: unknown) => T | undefined): Map<string, T> | undefined {
  if (!Array.isArray(data)) return undefined;
  const entries = allOrNothing(data.map((entry: unknown): [string, T] | undefined => {
    if (!Array.isArray(entry) || entry.length !== 2 || typeof entry[0] !== 'string') return undefined;
    const value = read(entry[1]);
    return value === undefined ? undefined : [entry[0], value];
  }));
  return entries === undefined ? undefined : new Map(entries);
}

function occurrenceOf(data: unknown): Occurrence | undefined {
  if (!Array.isArray(data) || data.length !== 3) return undefined;
  const [time, rule, value] = data as unknown[];
  if (typeof time !== 'number' || typeof rule !== 'number' || (typeof value !== 'string' && value !== null)) return undefined;
  return { time, rule, value };
}

function allOrNothing<T>(list: readonly (T | undefined)[]): T[] | undefined {
  return list.every((item) => item !== undefined) ? (list as T[]) : undefined;
}
