/** CRC-32 of ISO 3309 over a text of single-byte characters: the polynomial of Ethernet, bits reversed. */
export function crc32(text: string): number {
  let crc = -1;
  for (let at = 0; at < text.length; at++) {
    crc ^= text.charCodeAt(at) & 255;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

export const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
export const base36 = '0123456789abcdefghijklmnopqrstuvwxyz';

/** The CRC-32 of a text as a number in `digits`, filled with zeros up to `width`: how several providers end their tokens. */
export function crcSuffix(text: string, digits: string, width: number): string {
  let left = crc32(text);
  let written = '';
  for (; left > 0; left = Math.floor(left / digits.length)) written = digits.charAt(left % digits.length) + written;
  return written.padStart(width, '0');
}
