import { defineProof, type ProofResult } from '#model/unit.ts';
import { latin1, decodeBase64 } from '../base64.ts';
import { base62, crc32 } from '../checksums.ts';
import { entropy } from '../entropy.ts';

const alnum = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Classic tokens end in the CRC-32 of their random part in base 62; GitHub published that when it introduced the prefixes. */
export default defineProof({
  id: 'github-token',
  title: 'GitHub token',
  check(value) {
    const classic = /^gh[pousr]_([0-9A-Za-z]{30}|[0-9A-Za-z]{70})([0-9A-Za-z]{6})$/.exec(value);
    if (classic !== null) return judgeClassic(classic[1] as string, classic[2] as string);
    const stateless = /^ghs_\d{1,12}_([0-9A-Za-z_-]+)\.[0-9A-Za-z_-]+\.[0-9A-Za-z_-]+$/.exec(value);
    if (stateless !== null) return judgeStateless(stateless[1] as string);
    const fine = /^github_pat_([0-9A-Za-z]{22}_[0-9A-Za-z]{59})$/.exec(value);
    if (fine === null) return { verdict: 'invalid', detail: 'not in the form of a GitHub token' };
    if (entropy(fine[1] as string) < 3.5) return { verdict: 'invalid', detail: 'not random' };
    return { verdict: 'unknown', detail: 'the form of a fine-grained token' };
  },
  example(random) {
    const body = random(alnum, 30);
    return `ghp_${body}${base62(crc32(body), 6)}`;
  },
});

function judgeClassic(body: string, checksum: string): ProofResult {
  if (base62(crc32(body), 6) === checksum) return { verdict: 'valid', detail: 'checksum is right' };
  // What the longer refresh tokens end in is not published.
  if (body.length === 70) return { verdict: 'unknown', detail: 'the form of a refresh token' };
  return { verdict: 'invalid', detail: 'checksum is wrong' };
}

/** `ghs_APPID_JWT`, since April 2026: the header says which algorithm signed it. */
function judgeStateless(header: string): ProofResult {
  const bytes = decodeBase64(header);
  if (bytes === undefined || !/^\{.*"alg"\s*:\s*"[A-Z]{2}\d{3}"/.test(latin1(bytes))) return { verdict: 'invalid', detail: 'no signed token inside' };
  return { verdict: 'valid', detail: 'a signed installation token' };
}
