import { defineProof } from '#model/unit.ts';
import { alphabet, crc16, decodeBase32, encodeBase32, nkeyKinds } from '../nkeys.ts';

/** NATS nkey seeds: base32 of a two-byte prefix, 32 bytes and their CRC-16, lowest byte first. */
export default defineProof({
  id: 'nats-seed',
  title: 'NATS nkey seed',
  check(value) {
    const bytes = /^S[A-Z2-7]{57}$/.test(value) ? decodeBase32(value) : [];
    const [first = 0, second = 0] = bytes;
    if (bytes.length !== 36 || (first & 0xf8) !== 18 << 3 || !nkeyKinds.has(((first & 7) << 5) | (second >> 3))) {
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
