import { defineProof } from '#model/unit.ts';
import { bytesOfLatin1, encodeBase64 } from '../base64.ts';
import { entropy } from '../entropy.ts';
import { publishedGoogleKeys } from '../published-google-keys.ts';

const random62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Base64url of 29 bytes, of which the first five are always the same: hence `AIzaSy`, `A` to `D`, and two zero bits at the end. */
export default defineProof({
  id: 'google-api-key',
  title: 'Google API key',
  check(value, ctx) {
    if (!/^AIzaSy[0-9A-Za-z_-]{33}$/.test(value)) return { verdict: 'invalid', detail: 'not in the form of a Google API key' };
    if (entropy(value) < 3.8) return { verdict: 'invalid', detail: 'not random' };
    const digest = [...ctx.sha256(bytesOfLatin1(value)).subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    if (publishedGoogleKeys.has(digest)) return { verdict: 'invalid', detail: 'a key that Google publishes in its own code or documentation' };
    if (!/^.{6}[A-D].{31}[AEIMQUYcgkosw048]$/.test(value)) return { verdict: 'unknown', detail: 'fixed bits are not as they should be' };
    return { verdict: 'valid', detail: 'length and fixed bits are right' };
  },
  example: (random) => encodeBase64(bytesOfLatin1(`\x00\x8c\xda\x4b\x20${random(random62, 24)}`), 'url'),
});
