import type { Region } from '#model/region.ts';

/** Maps byte offsets to lines and columns; built only for documents that have a match. */
export interface LineIndex {
  region(start: number, end: number): Region;
  /** Byte offsets of the line that holds `offset`, without its line break. */
  line(offset: number): { readonly start: number; readonly end: number };
}

export function lineIndex(bytes: Uint8Array): LineIndex {
  const starts = lineStarts(bytes);
  const distance = utf16Distance(bytes);
  const lineOf = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    region(start, end) {
      const first = lineOf(start);
      const last = lineOf(Math.max(start, end - 1));
      return {
        startLine: first + 1,
        startColumn: 1 + distance(starts[first] as number, start),
        endLine: last + 1,
        endColumn: 1 + distance(starts[last] as number, end),
      };
    },
    line(offset) {
      const at = lineOf(offset);
      let end = at + 1 < starts.length ? (starts[at + 1] as number) - 1 : bytes.length;
      if (end > (starts[at] as number) && bytes[end - 1] === 13) end--;
      return { start: starts[at] as number, end };
    },
  };
}

function lineStarts(bytes: Uint8Array): number[] {
  const starts = [0];
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) starts.push(at + 1);
  return starts;
}

const step = 4096;

/**
 * Distances in UTF-16 code units. Long ones go from mark to mark, which are counted once: a column far along a line of many
 * megabytes costs no more than one at its start.
 */
function utf16Distance(bytes: Uint8Array): (start: number, end: number) => number {
  let marks: Float64Array | undefined;
  const upTo = (offset: number): number => {
    marks ??= utf16Marks(bytes);
    const mark = Math.floor(offset / step);
    return (marks[mark] as number) + utf16Length(bytes, mark * step, offset);
  };
  return (start, end) => (end - start <= step ? utf16Length(bytes, start, end) : upTo(end) - upTo(start));
}

/** The code units before every step-th byte. */
function utf16Marks(bytes: Uint8Array): Float64Array {
  const marks = new Float64Array(Math.floor(bytes.length / step) + 1);
  for (let at = 1; at < marks.length; at++) marks[at] = (marks[at - 1] as number) + utf16Length(bytes, (at - 1) * step, at * step);
  return marks;
}

/** UTF-16 code units in a span of UTF-8 bytes (SARIF 2.1.0 §3.17.18 `utf16CodeUnits`). */
function utf16Length(bytes: Uint8Array, start: number, end: number): number {
  let units = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}
