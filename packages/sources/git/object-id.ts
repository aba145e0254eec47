/** The object id at `at`, as hex. */
export function hexAt(bytes: Buffer, at: number, hashBytes: number): string {
  return bytes.toString('hex', at, at + hashBytes);
}

const nibbles = new Int8Array(256).fill(-1);
for (const [value, digit] of Array.from('0123456789abcdef').entries()) nibbles[digit.charCodeAt(0)] = value;

/** Decodes the hex at `at` into `target`; false when it is no hex. */
export function decodeHex(source: Buffer, at: number, target: Buffer): boolean {
  for (let index = 0; index < target.length; index += 1) {
    const high = nibbles[source[at + 2 * index] ?? 0] ?? -1;
    const low = nibbles[source[at + 2 * index + 1] ?? 0] ?? -1;
    if (high < 0 || low < 0) return false;
    target[index] = (high << 4) | low;
  }
  return true;
}
