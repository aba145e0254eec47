/** Base64 in both alphabets of RFC 4648 (§4 standard, §5 URL-safe), without a runtime's help. */

const common = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const values = new Int8Array(128).fill(-1);
[...common].forEach((character, value) => {
  values[character.charCodeAt(0)] = value;
});
values[0x2b] = values[0x2d] = 62;
values[0x2f] = values[0x5f] = 63;

/**
 * Decodes text in one of the two alphabets, padded or not; undefined when it is neither, mixes both, or has an impossible
 * length. Unused bits of the last character are not looked at (§3.5 leaves that to the decoder).
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const end = unpaddedLength(text);
  if (end === undefined) return undefined;
  const bytes = new Uint8Array(Math.floor((end * 3) / 4));
  let buffer = 0;
  let bits = 0;
  let written = 0;
  let seen = 0;
  for (let at = 0; at < end; at += 1) {
    const code = text.charCodeAt(at);
    const value = code < 128 ? (values[code] ?? -1) : -1;
    if (value < 0) return undefined;
    seen |= alphabetOf(code);
    buffer = ((buffer << 6) | value) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[written] = (buffer >> bits) & 0xff;
    written += 1;
  }
  return seen === 3 ? undefined : bytes;
}

/** Length without padding; undefined when padding or length cannot be. */
function unpaddedLength(text: string): number | undefined {
  let end = text.length;
  while (end > 0 && text.length - end < 2 && text.charCodeAt(end - 1) === 0x3d) end -= 1;
  const padded = text.length !== end;
  if (end % 4 === 1 || (padded && text.length % 4 !== 0)) return undefined;
  return end;
}

/** 1: only in the standard alphabet, 2: only in the URL-safe one, 0: in both. */
function alphabetOf(code: number): number {
  if (code === 0x2b || code === 0x2f) return 1;
  return code === 0x2d || code === 0x5f ? 2 : 0;
}

export function encodeBase64(bytes: Uint8Array, alphabet: 'standard' | 'url' = 'standard'): string {
  const characters = common + (alphabet === 'url' ? '-_' : '+/');
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += characters.charAt(word >> 18) + characters.charAt((word >> 12) & 63);
    if (left > 1) text += characters.charAt((word >> 6) & 63);
    if (left > 2) text += characters.charAt(word & 63);
    if (left < 3 && alphabet === 'standard') text += left === 1 ? '==' : '=';
  }
  return text;
}

/** One character per byte. */
export function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return parts.join('');
}

/** The bytes of a text whose characters are all below 256; higher ones are cut to their low byte. */
export function bytesOfLatin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
