import { defineProof } from '#model/unit.ts';
import { decodeBase64, encodeBase64 } from '../base64.ts';

/** A Curve25519 scalar of 32 bytes; tools write it clamped (RFC 7748 §5), which one random value in 32 is by chance. */
export default defineProof({
  id: 'wireguard-private-key',
  title: 'WireGuard private key',
  check(value) {
    const bytes = decodeBase64(value);
    if (bytes?.length !== 32) return { verdict: 'invalid', detail: 'not 32 bytes in base64' };
    const clamped = ((bytes[0] as number) & 7) === 0 && ((bytes[31] as number) & 0xc0) === 0x40;
    return clamped ? { verdict: 'valid', detail: 'a clamped Curve25519 scalar' } : { verdict: 'unknown', detail: '32 bytes that are not clamped' };
  },
  example(random) {
    const bytes = Uint8Array.from(random('0123456789abcdefghijklmnopqrstuv', 32), (c) => (c.charCodeAt(0) * 73) % 256);
    bytes[0] = (bytes[0] as number) & 0xf8;
    bytes[31] = ((bytes[31] as number) & 0x7f) | 0x40;
    return encodeBase64(bytes);
  },
});
