import type { CorrelationOperator, SigmaCorrelation } from '#formats/sigma-correlation.ts';
import type { Severity } from '#model/severity.ts';

/** A correlation whose references have been resolved: `rules` are ids of signals. */
export interface CompiledCorrelation {
  readonly id: string;
  readonly title: string;
  readonly level: Severity;
  readonly tags: readonly string[];
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
  readonly correlation: SigmaCorrelation;
  /** The id behind each reference, in the order of the rule. */
  readonly rules: readonly string[];
  /** For each of them, what the user's records call its fields. */
  readonly names?: readonly ReadonlyMap<string, string>[];
}

/** One event of a group. Plain data: it is kept across restarts. */
export interface Occurrence {
  readonly time: number;
  /** Position of the rule among those that the correlation names. */
  readonly rule: number;
  readonly value: string | null;
}

/** In one group. */
export const mostOccurrences = 10_000;

const operators: Readonly<Record<CorrelationOperator, (a: number, b: number) => boolean>> = {
  gt: (a, b) => a > b, gte: (a, b) => a >= b, lt: (a, b) => a < b, lte: (a, b) => a <= b, eq: (a, b) => a === b, neq: (a, b) => a !== b,
};

/** Whether more events can only help: then it is judged at each event. Otherwise it is judged when its time span is over. */
export function judgedAtOnce({ type, bounds }: SigmaCorrelation): boolean {
  if (['value_avg', 'value_percentile', 'value_median'].includes(type)) return false;
  return bounds.every(({ operator }) => operator === 'gt' || operator === 'gte');
}

/** Adds an occurrence to a group that is sorted by time, and drops what can no longer count. Gives the number of events dropped by the limit. */
export function addOccurrence({ correlation, atOnce }: { readonly correlation: SigmaCorrelation; readonly atOnce: boolean }, occurrences: Occurrence[], added: Occurrence): number {
  const newest = Math.max(added.time, occurrences.at(-1)?.time ?? 0);
  if (atOnce) {
    const kept = occurrences.findIndex(({ time }) => time > newest - correlation.timespan);
    occurrences.splice(0, kept === -1 ? occurrences.length : kept);
    // Of equal ones the newest lives longest, and is all that counts.
    if (correlation.type === 'value_count' || correlation.type === 'temporal') {
      const same = occurrences.findIndex(({ rule, value }) => (correlation.type === 'temporal' ? rule === added.rule : value === added.value));
      if (same !== -1 && (occurrences[same]?.time ?? 0) > added.time) return 0;
      if (same !== -1) occurrences.splice(same, 1);
    }
  }
  let at = occurrences.length;
  while (at > 0 && (occurrences[at - 1]?.time ?? 0) > added.time) at--;
  if (!atOnce || added.time > newest - correlation.timespan) occurrences.splice(at, 0, added);
  if (occurrences.length <= mostOccurrences) return 0;
  occurrences.shift();
  return 1;
}

export function holds(correlation: SigmaCorrelation, occurrences: readonly Occurrence[]): boolean {
  const { type, bounds, rules } = correlation;
  if (type === 'event_count') return fits(bounds, occurrences.length);
  if (type === 'temporal' || type === 'temporal_ordered') {
    if (type === 'temporal_ordered' && !inOrder(occurrences, rules.length)) return false;
    const seen = new Set(occurrences.map(({ rule }) => rule)).size;
    return bounds.length === 0 ? seen === rules.length : fits(bounds, seen);
  }
  const values = occurrences.flatMap(({ value }) => (value === null ? [] : [value]));
  if (type === 'value_count') return fits(bounds, new Set(values).size);
  if (type === 'value_percentile' && correlation.percentile === undefined) return sharesOf(values).some((share) => fits(bounds, share));
  const measured = measureOf(correlation, values.map(Number).filter((number) => Number.isFinite(number)));
  return measured !== undefined && fits(bounds, measured);
}

function fits(bounds: SigmaCorrelation['bounds'], measured: number): boolean {
  return bounds.every(({ operator, value }) => operators[operator](measured, value));
}

/** In percent; specification, "Value Percentile": a process name that makes up less than 1 % of all. */
function sharesOf(values: readonly string[]): number[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].map((count) => (100 * count) / values.length);
}

function measureOf({ type, percentile = 50 }: SigmaCorrelation, numbers: readonly number[]): number | undefined {
  const sum = numbers.reduce((total, number) => total + number, 0);
  if (type === 'value_sum') return sum;
  if (numbers.length === 0) return undefined;
  return type === 'value_avg' ? sum / numbers.length : percentileOf(numbers, percentile);
}

/** Linear between the two nearest ranks, so that the 50th percentile is the median. */
function percentileOf(numbers: readonly number[], percentile: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const rank = ((sorted.length - 1) * percentile) / 100;
  const below = sorted[Math.floor(rank)] ?? 0;
  return below + ((sorted[Math.ceil(rank)] ?? below) - below) * (rank - Math.floor(rank));
}

/** The rules occur one after the other as they are named; others may lie between. */
function inOrder(occurrences: readonly Occurrence[], count: number): boolean {
  let next = 0;
  for (const { rule } of occurrences) if (rule === next) next++;
  return next === count;
}
