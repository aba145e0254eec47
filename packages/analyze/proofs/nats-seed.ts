import { defineProof } from '#model/unit.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** The kinds in the prefix of a public key: server, cluster, operator, account, user, curve. */
const kinds = new Set([13, 2, 14, 0, 20, 23].map((kind) => kind << 3));

/** NATS nkey seeds: base32 of a two-byte prefix, 32 bytes and their CRC-16, lowest byte first. */
export default defineProof({
  id: 'nats-seed',
  title: 'NATS nkey seed',
  check(value) {
    const bytes = /^S[A-Z2-7]{57}$/.test(value) ? decodeBase32(value) : [];
    const [first = 0, second = 0] = bytes;
    if (bytes.length !== 36 || (first & 0xf8) !== 18 << 3 || !kinds.has(((first & 7) << 5) | (second >> 3))) {
      return { verdict: 'invalid', detail: 'not in the form of an nkey seed' };
    }
    const expected = (bytes[34] as number) | ((bytes[35] as number) << 8);
    if (crc16(bytes.slice(0, 34)) !== expected) return { verdict: 'invalid', detail: 'checksum is wrong' };
    return { verdict: 'valid', detail: 'checksum is right' };
  },
  example(random) {
    const user = 20 << 3;
    const bytes = [(18 << 3) | (user >> 5), (user & 31) << 3];
    while (bytes.length < 34) bytes.push(alphabet.indexOf(random(alphabet, 1)) * 8 + alphabet.indexOf(random(alphabet, 1)) % 8);
    const crc = crc16(bytes);
    return encodeBase32([...bytes, crc & 255, crc >> 8]);
  },
});

/** CRC-16 with the polynomial of XMODEM. */
function crc16(bytes: readonly number[]): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc;
}

function decodeBase32(text: string): number[] {
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

function encodeBase32(bytes: readonly number[]): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(buffer >> (bits - 5)) & 31];
  }
  return bits === 0 ? text : text + alphabet[(buffer << (5 - bits)) & 31];
}
