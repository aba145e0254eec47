import { defineProof } from '#model/unit.ts';
import { base62, crcSuffix } from '../crc32.ts';

/** npm's tokens end in the CRC-32 of their random part in base 62, as those of GitHub do. */
export default defineProof({
  id: 'npm-token',
  title: 'npm access token',
  check(value) {
    const parts = /^npm_([0-9A-Za-z]{30})([0-9A-Za-z]{6})$/.exec(value);
    if (parts === null) return { verdict: 'invalid', detail: 'not in the form of an npm token' };
    const [, text, checksum] = parts as unknown as [string, string, string];
    if (crcSuffix(text, base62, 6) !== checksum) return { verdict: 'invalid', detail: 'checksum is wrong' };
    return { verdict: 'valid', detail: 'checksum is right' };
  },
  example(random) {
    const text = random(base62, 30);
    return `npm_${text}${crcSuffix(text, base62, 6)}`;
  },
});
