/** Checksums that providers build into their credentials, and the number systems in which they write them. */

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** CRC-32 of ISO 3309 (Ethernet, zip), bits reversed, over one byte per character. */
export function crc32(text: string): number {
  let crc = -1;
  for (let at = 0; at < text.length; at++) {
    crc ^= text.charCodeAt(at) & 255;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A number in base 62: digits, capitals, small letters; filled up with zeros. */
export function base62(value: number, length: number): string {
  let text = '';
  for (let left = value; left > 0; left = Math.floor(left / 62)) text = digits.charAt(left % 62) + text;
  return text.padStart(length, '0');
}

/** Marvin32, which .NET and Azure use: a keyed 32-bit hash. The seed comes in two halves. */
export function marvin32(bytes: Uint8Array, seedHigh: number, seedLow: number): number {
  let low = seedLow >>> 0;
  let high = seedHigh >>> 0;
  const mix = (block: number): void => {
    low = (low + block) >>> 0;
    high = (high ^ low) >>> 0;
    low = (rotate(low, 20) + high) >>> 0;
    high = (rotate(high, 9) ^ low) >>> 0;
    low = (rotate(low, 27) + high) >>> 0;
    high = rotate(high, 19);
  };
  const whole = bytes.length - (bytes.length % 4);
  for (let at = 0; at < whole; at += 4) mix(littleEndian(bytes, at, 4));
  const rest = bytes.length - whole;
  mix((littleEndian(bytes, whole, rest) | (0x80 << (8 * rest))) >>> 0);
  mix(0);
  return (low ^ high) >>> 0;
}

export function littleEndian(bytes: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let at = count - 1; at >= 0; at--) value = ((value << 8) | (bytes[from + at] ?? 0)) >>> 0;
  return value;
}

function rotate(value: number, by: number): number {
  return ((value << by) | (value >>> (32 - by))) >>> 0;
}
