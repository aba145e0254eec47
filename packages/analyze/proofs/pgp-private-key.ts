import { defineProof } from '#model/unit.ts';
import { encodeBase64 } from '../base64.ts';
import { readPem } from '../pem.ts';

const label = 'PGP PRIVATE KEY BLOCK';

/** RFC 9580 §6: armor whose first packet is a secret key, with its optional CRC-24. */
export default defineProof({
  id: 'pgp-private-key',
  title: 'OpenPGP private key block',
  check(value) {
    const pem = readPem(value);
    if (pem === undefined) return { verdict: 'invalid', detail: 'its body is not base64' };
    if (!isSecretKeyPacket(pem.body[0])) return { verdict: 'invalid', detail: 'its first packet is no secret key' };
    if (pem.checksum === undefined) return { verdict: 'unknown', detail: 'without an armor checksum' };
    if (pem.checksum !== crc24(pem.body)) return { verdict: 'invalid', detail: 'its armor checksum is wrong' };
    return { verdict: 'valid', detail: 'armor checksum is right' };
  },
  example(random) {
    const body = Uint8Array.from(`\x95${random('0123456789abcdefghijklmnopqrstuv', 300)}`, (c) => c.charCodeAt(0));
    const lines = encodeBase64(body).match(/.{1,64}/g) as string[];
    return [`-----BEGIN ${label}-----`, 'Comment: release', '', ...lines, `=${crc24(body)}`, `-----END ${label}-----`].join('\n');
  },
});

/** Tag 5 in the old (§4.2.2) or new (§4.2.1) packet format. */
function isSecretKeyPacket(first: number | undefined): boolean {
  return first !== undefined && (first === 0xc5 || first >> 2 === 0x25);
}

/** §6.1.1 */
function crc24(bytes: Uint8Array): string {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x800000 ? 0x1864cfb : 0);
  }
  return encodeBase64(Uint8Array.of((crc >> 16) & 255, (crc >> 8) & 255, crc & 255));
}
