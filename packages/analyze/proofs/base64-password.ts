import { defineProof } from '#model/unit.ts';
import { bytesOfLatin1, decodeBase64, encodeBase64, latin1 } from '../base64.ts';
import { judgePassword } from '../passwords.ts';

/** Base64 of a password, or of bytes that may be a key. */
export default defineProof({
  id: 'base64-password',
  title: 'Password in base64',
  check(value) {
    const bytes = value.length < 4 ? undefined : decodeBase64(value);
    if (bytes === undefined) return { verdict: 'invalid', detail: 'not base64' };
    const text = latin1(bytes).replace(/\r?\n$/, '');
    if (!/^[\x20-\x7e]+$/.test(text)) return { verdict: 'unknown', detail: 'decodes to bytes, perhaps a key' };
    return judgePassword(text);
  },
  example: (random) => encodeBase64(bytesOfLatin1(random('23456789', 2) + random('23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ', 18))),
});
