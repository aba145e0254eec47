/** How often the letters stand in English text, in a thousand, from a to z. */
const perThousand = [82, 15, 28, 43, 127, 22, 20, 61, 70, 1.5, 8, 40, 24, 67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 1.5, 20, 0.7];
/** What is no letter counts as one of 62 that are all as likely. */
const otherBits = Math.log2(62);
const letterBits = perThousand.map((count) => Math.log2(1000 / count));
const leastBits = 64;
const leastBitsEach = 4.85;

/** Whether a text holds more than words do: many bits in all, and many a character. */
export function looksRandom(text: string): boolean {
  if (/^(.)\1*$/s.test(text)) return false;
  let bits = 0;
  for (let at = 0; at < text.length; at++) bits += letterBits[(text.charCodeAt(at) | 32) - 97] ?? otherBits;
  return bits > leastBits && bits / text.length > leastBitsEach;
}
