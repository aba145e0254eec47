import { defineProof, type ProofResult } from '#model/unit.ts';
import { bytesOfLatin1, encodeBase64 } from '../base64.ts';
import { crc32 } from '../checksums.ts';
import { entropy } from '../entropy.ts';

const alnum = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Routable tokens say after a dot how long their payload is and end in the CRC-32 of all before it, both in base 36.
 * The shorter ones before them are random.
 */
export default defineProof({
  id: 'gitlab-token',
  title: 'GitLab token',
  check(value) {
    const routable = /^gl[a-z]{2,6}-(t\d_)?([0-9A-Za-z_-]{27,300})\.(?:[0-9a-z]{2}\.)?([0-9a-z]{2})([0-9a-z]{7})$/.exec(value);
    if (routable !== null) return judgeRoutable(value, routable);
    const body = /^gl[a-z]{2,6}-([0-9A-Za-z_-]{20,64})$/.exec(value)?.[1];
    if (body === undefined) return { verdict: 'invalid', detail: 'not in the form of a GitLab token' };
    if (entropy(body) < 3) return { verdict: 'invalid', detail: 'not random' };
    return { verdict: 'unknown', detail: 'a random token without a checksum' };
  },
  example(random) {
    const payload = encodeBase64(bytesOfLatin1(`o:1\nu:${random('123456789', 3)}${random(alnum, 16)}\u0010`), 'url');
    const text = `glpat-${payload}.01.${payload.length.toString(36).padStart(2, '0')}`;
    return text + crc32(text).toString(36).padStart(7, '0');
  },
});

function judgeRoutable(value: string, [, kind = '', payload = '', length = '', checksum]: RegExpExecArray): ProofResult {
  const named = Number.parseInt(length, 36);
  if (named !== payload.length && named !== kind.length + payload.length) return { verdict: 'invalid', detail: 'its payload has another length than it says' };
  if (crc32(value.slice(0, -7)).toString(36).padStart(7, '0') !== checksum) return { verdict: 'invalid', detail: 'checksum is wrong' };
  return { verdict: 'valid', detail: 'checksum is right' };
}
