import { firstPlace } from '../first-place.ts';

/** A span of a text. Offsets are UTF-16 code units, half-open. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Spans in the order of their starts, to be asked which lie in another. */
export class SpanIndex<T extends Span> {
  private readonly ordered: readonly T[];

  constructor(spans: readonly T[]) {
    this.ordered = spans.some((span, at) => at > 0 && span.start < (spans[at - 1] as T).start) ? spans.toSorted((a, b) => a.start - b.start) : spans;
  }

  /** Those that lie in a span, equal ones included. */
  *within({ start, end }: Span): Generator<T> {
    const { ordered } = this;
    for (let at = firstPlace(ordered.length, (place) => (ordered[place] as T).start < start); at < ordered.length; at++) {
      const span = ordered[at] as T;
      if (span.start > end) return;
      if (span.end <= end) yield span;
    }
  }
}

/** Where any of the spans lies, as spans that do not touch, in order. */
export function covered(spans: readonly Span[]): Span[] {
  const out: { start: number; end: number }[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else out.push({ start, end });
  }
  return out;
}

/** Whether a span lies in one of those that `covered` gave. */
export function isCovered(spans: readonly Span[], { start, end }: Span): boolean {
  const span = spans[firstPlace(spans.length, (place) => (spans[place] as Span).end < end)];
  return span !== undefined && span.start <= start;
}
