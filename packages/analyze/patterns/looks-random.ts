/** Bits a character from which a text no longer looks like words. */
const leastBits = 3.2;
const leastLength = 12;

/** Whether a text looks made by chance: long enough, many different characters, and not all letters of one case. */
export function looksRandom(text: string): boolean {
  if (text.length < leastLength) return false;
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(text)).length;
  return bits >= leastBits && kinds >= 2 && !/\s/.test(text);
}
