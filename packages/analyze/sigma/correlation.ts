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
}

/** One event of a group. Plain data: it is kept across restarts. */
export interface Occurrence {
  readonly time: number;
  /** Position of the rule among those that the correlation names. */
  readonly rule: number;
  readonly value: string | null;
}

export const mostOccurrences = 10_000;
export const mostGroups = 10_000;

const operators: Readonly<Record<CorrelationOperator, (a: number, b: number) => boolean>> = {
  gt: (a, b) => a > b, gte: (a, b) => a >= b, lt: (a, b) => a < b, lte: (a, b) => a <= b, eq: (a, b) => a === b, neq: (a, b) => a !== b,
};

/** Whether more events can only help: then it is judged at each event. Otherwise it is judged when its time span is over. */
export function judgedAtOnce({ type, bounds }: SigmaCorrelation): boolean {
  if (['value_avg', 'value_percentile', 'value_median'].includes(type)) return false;
  return bounds.every(({ operator }) => operator === 'gt' || operator === 'gte');
}

export function holds(correlation: SigmaCorrelation, occurrences: readonly Occurrence[]): boolean {
  const { type, bounds, rules } = correlation;
  const seen = new Set(occurrences.map(({ rule }) => rule)).size;
  if (type === 'temporal_ordered' && !inOrder(occurrences, rules.length)) return false;
  if (bounds.length === 0) return seen === rules.length;
  const measured = type === 'temporal' || type === 'temporal_ordered' ? seen : measureOf(correlation, occurrences);
  return measured !== undefined && bounds.every(({ operator, value }) => operators[operator](measured, value));
}

function measureOf({ type, percentile }: SigmaCorrelation, occurrences: readonly Occurrence[]): number | undefined {
  if (type === 'event_count') return occurrences.length;
  const values = occurrences.flatMap(({ value }) => (value === null ? [] : [value]));
  if (type === 'value_count') return new Set(values).size;
  const numbers = values.map(Number).filter((number) => Number.isFinite(number));
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
