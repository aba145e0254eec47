/** A stretch of bytes, whole lines. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const newline = 0x0a;
const chunkBytes = 16_384;

/**
 * The lines of `current` that `previous` does not hold, in order, neighbours joined. Lines that only moved count as held. This is what
 * a new version of a file adds to history; all the rest was looked at in the version before.
 */
export function addedSpans(previous: Buffer, current: Buffer): Span[] {
  const head = lineStart(current, commonStart(previous, current));
  const tail = commonEnd(previous, current, head);
  const end = lineEnd(current, current.length - tail);
  if (head >= end) return [];
  const held = linesOf(previous, head, lineEnd(previous, Math.max(head, previous.length - tail)));
  const spans: Span[] = [];
  for (let at = head; at < end; ) {
    const next = lineEnd(current, at + 1);
    const last = spans.at(-1);
    if (held.has(current.toString('latin1', at, next))) at = next;
    else {
      if (last?.end === at) spans[spans.length - 1] = { start: last.start, end: next };
      else spans.push({ start: at, end: next });
      at = next;
    }
  }
  return spans;
}

function linesOf(bytes: Buffer, start: number, end: number): Set<string> {
  const lines = new Set<string>();
  for (let at = start; at < end; ) {
    const next = lineEnd(bytes, at + 1);
    lines.add(bytes.toString('latin1', at, next));
    at = next;
  }
  return lines;
}

function lineStart(bytes: Buffer, at: number): number {
  return at === 0 ? 0 : bytes.lastIndexOf(newline, at - 1) + 1;
}

/** Where the line that holds the byte before `at` ends, its newline included. */
function lineEnd(bytes: Buffer, at: number): number {
  if (at <= 0 || at >= bytes.length) return Math.min(Math.max(at, 0), bytes.length);
  const found = bytes.indexOf(newline, at - 1);
  return found < 0 ? bytes.length : found + 1;
}

function commonStart(a: Buffer, b: Buffer): number {
  const most = Math.min(a.length, b.length);
  let equal = 0;
  for (let step = chunkBytes; equal < most; ) {
    const length = Math.min(step, most - equal);
    if (a.compare(b, equal, equal + length, equal, equal + length) === 0) equal += length;
    else if (length === 1) break;
    else step = length >> 1;
  }
  return equal;
}

/** Never more than what the common start leaves. */
function commonEnd(a: Buffer, b: Buffer, taken: number): number {
  const most = Math.min(a.length, b.length) - taken;
  let equal = 0;
  for (let step = chunkBytes; equal < most; ) {
    const length = Math.min(step, most - equal);
    const aAt = a.length - equal - length;
    const bAt = b.length - equal - length;
    if (a.compare(b, bAt, bAt + length, aAt, aAt + length) === 0) equal += length;
    else if (length === 1) break;
    else step = length >> 1;
  }
  return equal;
}
