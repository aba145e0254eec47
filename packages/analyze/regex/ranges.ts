/** A set of characters: pairs of first and last code unit, ascending, apart from one another. `end` stands for the end of the text. */
export type Ranges = readonly (readonly [number, number])[];

export const last = 0xffff;
export const end: Ranges = [[last + 1, last + 1]];
export const word: Ranges = [[48, 57], [65, 90], [95, 95], [97, 122]];
export const digit: Ranges = [[48, 57]];
export const space: Ranges = [[9, 13], [32, 32], [160, 160], [0x1680, 0x1680], [0x2000, 0x200a], [0x2028, 0x2029], [0x202f, 0x202f], [0x205f, 0x205f], [0x3000, 0x3000], [0xfeff, 0xfeff]];
export const lineBreaks: Ranges = [[10, 10], [13, 13], [0x2028, 0x2029]];

export function union(sets: readonly Ranges[]): Ranges {
  const sorted = sets.flat().sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const before = merged.at(-1);
    if (before !== undefined && from <= before[1] + 1) before[1] = Math.max(before[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

export function complement(set: Ranges): Ranges {
  const out: [number, number][] = [];
  let from = 0;
  for (const [first, to] of union([set])) {
    if (first > from) out.push([from, first - 1]);
    from = to + 1;
  }
  if (from <= last) out.push([from, last]);
  return out;
}

/** A character that both sets hold, printable where there is one; -1: none. */
export function common(a: Ranges, b: Ranges): number {
  let found = -1;
  for (const [first, to] of a) {
    for (const [other, upTo] of b) {
      const [from, until] = [Math.max(first, other), Math.min(to, upTo)];
      if (from > until) continue;
      const letter = Math.max(from, Math.min(97, until));
      if (letter >= 33 && letter <= 126) return letter;
      if (found < 0) found = letter;
    }
  }
  return found;
}

export function withCases(set: Ranges): Ranges {
  const shifted = (from: number, to: number, by: number): Ranges => set.flatMap(([first, until]) => {
    const [a, b] = [Math.max(first, from), Math.min(until, to)];
    return a > b ? [] : [[a + by, b + by] as const];
  });
  return union([set, shifted(65, 90, 32), shifted(97, 122, -32)]);
}
