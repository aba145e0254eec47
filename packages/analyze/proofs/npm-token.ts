import { defineProof } from '#model/unit.ts';
import { base62, crc32 } from '../checksums.ts';

const alnum = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Access tokens of the npm registry end in the CRC-32 of their random part in base 62, as GitHub's do. */
export default defineProof({
  id: 'npm-token',
  title: 'npm access token',
  check(value) {
    const [, body, checksum] = /^npm_([0-9A-Za-z]{30})([0-9A-Za-z]{6})$/.exec(value) ?? [];
    if (body === undefined) return { verdict: 'invalid', detail: 'not in the form of an npm token' };
    if (base62(crc32(body), 6) !== checksum) return { verdict: 'invalid', detail: 'checksum is wrong' };
    return { verdict: 'valid', detail: 'checksum is right' };
  },
  example(random) {
    const body = random(alnum, 30);
    return `npm_${body}${base62(crc32(body), 6)}`;
  },
});
