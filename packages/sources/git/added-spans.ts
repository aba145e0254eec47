/** A stretch of bytes, whole lines. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const newline = 0x0a;
/** How far ahead in the old version a line is searched for, and for how many lines: first for what was added, then for what was cut. */
const searches = [{ bytes: 1_024, lines: 200 }, { bytes: 65_536, lines: 12 }] as const;
/** Shorter lines are too common to find one's way by. */
const anchorBytes = 8;
/** Versions that differ in more places are compared by sets of lines. */
const maxPlaces = 24;
const smallBytes = 64;
const largeBytes = 65_536;

/** A secret may lie across what was there and what is new: a key's first line stays when the key is replaced. */
const contextLines = 2;

/**
 * The lines that `current` adds to `previous`, in order: what is left out stands, byte for byte, in `previous`. That is all of a new
 * version that history has not seen yet. A line that moved may be given again; none that is new is missed.
 * Each span comes with a few lines of what is around it.
 */
export function addedSpans(previous: Buffer, current: Buffer, context = contextLines): Span[] {
  return widened(current, newLines(previous, current), context);
}

function widened(bytes: Buffer, spans: readonly Span[], context: number): Span[] {
  const wide: Span[] = [];
  for (const span of spans) {
    let { start, end } = span;
    for (let line = 0; line < context; line += 1) {
      start = lineStart(bytes, start - 1, 0);
      end = lineEnd(bytes, end + 1);
    }
    const last = wide.at(-1);
    if (last !== undefined && start <= last.end) wide[wide.length - 1] = { start: last.start, end };
    else wide.push({ start, end });
  }
  return wide;
}

function newLines(previous: Buffer, current: Buffer): Span[] {
  const spans: Span[] = [];
  let oldAt = 0;
  let at = 0;
  let end = -1;
  let oldEnd = 0;
  for (let places = 0; ; places += 1) {
    const equal = commonStart(previous, oldAt, current, at);
    const start = endsAlike(previous, oldAt + equal, current, at + equal) ? current.length : lineStart(current, at + equal, at);
    oldAt += start - at;
    at = start;
    if (end < 0) {
      const tail = commonEnd(previous, current, at);
      end = startOfTail(previous, previous.length - tail, current, current.length - tail);
      oldEnd = lineEnd(previous, previous.length - tail);
    }
    if (at >= end) return spans;
    const meeting = places < maxPlaces ? meet(previous, oldAt, current, at, end) : undefined;
    if (meeting === undefined) return [...spans, ...notHeld(previous.subarray(oldAt, Math.max(oldAt, oldEnd)), current, at, end)];
    spans.push({ start: at, end: meeting.at });
    at = meeting.at;
    oldAt = meeting.oldAt;
  }
}

interface Meeting {
  readonly at: number;
  readonly oldAt: number;
}

/** The next line of `current` that `previous` also has, not far ahead. */
function meet(previous: Buffer, oldAt: number, current: Buffer, from: number, end: number): Meeting | undefined {
  for (const { bytes, lines } of searches) {
    const ahead = previous.subarray(oldAt, oldAt + bytes);
    let at = from;
    for (let line = 0; line < lines; line += 1) {
      const next = lineEnd(current, at + 1);
      if (next >= end) return { at: end, oldAt: previous.length };
      if (line > 0 && next - at >= anchorBytes) {
        const found = ahead.indexOf(current.subarray(at, next));
        if (found === 0 || (found > 0 && ahead[found - 1] === newline)) return { at, oldAt: oldAt + found };
      }
      at = next;
    }
  }
  return undefined;
}

/** Line by line: what no line of `previous` equals. */
function notHeld(previous: Buffer, current: Buffer, from: number, end: number): Span[] {
  const held = new Set<string>();
  for (let at = 0; at < previous.length; ) {
    const next = lineEnd(previous, at + 1);
    held.add(previous.toString('latin1', at, next));
    at = next;
  }
  const spans: Span[] = [];
  for (let at = from; at < end; ) {
    const next = lineEnd(current, at + 1);
    const last = spans.at(-1);
    if (!held.has(current.toString('latin1', at, next))) {
      if (last?.end === at) spans[spans.length - 1] = { start: last.start, end: next };
      else spans.push({ start: at, end: next });
    }
    at = next;
  }
  return spans;
}

/** Whether `current` ends here and `previous` has the same last line. */
function endsAlike(previous: Buffer, oldAt: number, current: Buffer, at: number): boolean {
  return at === current.length && (oldAt === previous.length || previous[oldAt] === newline || current[at - 1] === newline);
}

/** Where in `current` the first whole line of the common end begins. */
function startOfTail(previous: Buffer, oldAt: number, current: Buffer, at: number): number {
  const whole = oldAt === 0 || previous[oldAt - 1] === newline;
  return lineEnd(current, whole ? at : at + 1);
}

function lineStart(bytes: Buffer, at: number, least: number): number {
  return at <= least ? least : Math.max(least, bytes.lastIndexOf(newline, at - 1) + 1);
}

/** Where the line that holds the byte before `at` ends, its newline included. */
function lineEnd(bytes: Buffer, at: number): number {
  if (at <= 0 || at >= bytes.length) return Math.min(Math.max(at, 0), bytes.length);
  const found = bytes.indexOf(newline, at - 1);
  return found < 0 ? bytes.length : found + 1;
}

/** Takes longer strides while all is equal, shorter ones near the difference. */
function commonStart(a: Buffer, aFrom: number, b: Buffer, bFrom: number): number {
  const most = Math.min(a.length - aFrom, b.length - bFrom);
  let equal = 0;
  for (let step = smallBytes; equal < most; ) {
    const length = Math.min(step, most - equal);
    const aAt = aFrom + equal;
    const bAt = bFrom + equal;
    if (length <= smallBytes) {
      let same = 0;
      while (same < length && a[aAt + same] === b[bAt + same]) same += 1;
      equal += same;
      if (same < length) return equal;
      step = smallBytes * 2;
    } else if (a.compare(b, bAt, bAt + length, aAt, aAt + length) === 0) {
      equal += length;
      step = Math.min(largeBytes, step * 2);
    } else step = Math.max(smallBytes, length >> 2);
  }
  return equal;
}

/** Never more than what the common start leaves. */
function commonEnd(a: Buffer, b: Buffer, taken: number): number {
  const most = Math.min(a.length, b.length) - taken;
  let equal = 0;
  for (let step = largeBytes; equal < most; ) {
    const length = Math.min(step, most - equal);
    const aAt = a.length - equal - length;
    const bAt = b.length - equal - length;
    if (a.compare(b, bAt, bAt + length, aAt, aAt + length) === 0) equal += length;
    else if (length === 1) break;
    else step = length >> 1;
  }
  return equal;
}
