import { defineProof } from '#model/unit.ts';
import { bytesOfLatin1, decodeBase64, encodeBase64, latin1 } from '../base64.ts';

const alnum = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Base64 of `reftkn:`, a version, the time of expiry in seconds (zero: never) and a random part. */
export default defineProof({
  id: 'jfrog-reference-token',
  title: 'JFrog reference token',
  check(value, ctx) {
    const bytes = decodeBase64(value);
    const expiry = /^reftkn:\d\d:(\d{10}):[0-9A-Za-z]{20,40}$/.exec(bytes === undefined ? '' : latin1(bytes))?.[1];
    if (expiry === undefined) return { verdict: 'invalid', detail: 'does not decode to a reference token' };
    if (Number(expiry) > 0 && Number(expiry) * 1000 < Date.parse(ctx.today)) return { verdict: 'unknown', detail: 'a reference token, expired' };
    return { verdict: 'valid', detail: 'decodes to a reference token' };
  },
  example: (random) => encodeBase64(bytesOfLatin1(`reftkn:01:0000000000:${random(alnum, 27)}`)),
});
