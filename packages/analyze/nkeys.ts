export const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** The kinds in the prefix of a public key: server, cluster, operator, account, user, curve. */
export const nkeyKinds: ReadonlySet<number> = new Set([13, 2, 14, 0, 20, 23].map((kind) => kind << 3));

/** The public half of a NATS nkey: base32 of its kind, 32 bytes and their CRC-16. It is meant to be seen. */
export function isPublicNkey(value: string): boolean {
  if (!/^[A-Z][A-Z2-7]{55}$/.test(value)) return false;
  const bytes = decodeBase32(value);
  return nkeyKinds.has(bytes[0] as number) && crc16(bytes.slice(0, 33)) === ((bytes[33] as number) | ((bytes[34] as number) << 8));
}

/** CRC-16 with the polynomial of XMODEM. */
export function crc16(bytes: readonly number[]): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc;
}

export function decodeBase32(text: string): number[] {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const character of text) {
    buffer = ((buffer << 5) | alphabet.indexOf(character)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((buffer >> bits) & 255);
  }
  return bytes;
}

export function encodeBase32(bytes: readonly number[]): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(buffer >> (bits - 5)) & 31];
  }
  return bits === 0 ? text : text + alphabet[(buffer << (5 - bits)) & 31];
}
