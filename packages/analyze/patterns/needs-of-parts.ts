/** Words of which one must be in a text for a rule to match there; all clauses must hold. Lower case. */
export type Needs = readonly (readonly string[])[];

/** A word with fewer characters tells nothing. */
export const shortest = 3;
/** A clause with more words than this tells little apart. */
const widest = 64;

/** One of several: the words of any of them. One that needs nothing takes the need from all. */
export function either(needs: readonly Needs[]): Needs {
  const best = needs.map((clauses) => clauses.toSorted((a, b) => weight(b) - weight(a))[0]);
  const words = new Set(best.flatMap((some) => some ?? []));
  return best.length === 0 || best.includes(undefined) || words.size > widest ? [] : [[...words]];
}

/** Few and long words tell more. */
function weight(words: readonly string[]): number {
  return Math.min(...words.map(({ length }) => length)) - words.length;
}
