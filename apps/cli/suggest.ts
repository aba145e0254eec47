import { nearest } from '#engine/nearest.ts';

export { distance, nearest } from '#engine/nearest.ts';

/** ` Did you mean X?` or nothing. */
export function didYouMean(word: string, known: Iterable<string>, shown = (name: string): string => `\`${name}\``): string | undefined {
  const found = nearest(word, known);
  return found === undefined ? undefined : `Did you mean ${shown(found)}?`;
}
