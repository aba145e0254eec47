import { defineProof, type ProofResult } from '#model/unit.ts';
import { decodeBase64, latin1 } from '../base64.ts';
import { base62, crcSuffix } from '../crc32.ts';

const short = /^gh[pousr]_(?<random>[0-9A-Za-z]{30})(?<sum>[0-9A-Za-z]{6})$/;
const refresh = /^ghr_(?<random>[0-9A-Za-z]{70})(?<sum>[0-9A-Za-z]{6})$/;
const signed = /^ghs_\d{1,12}_(?<header>eyJ[0-9A-Za-z_-]{10,200})\.(?<payload>eyJ[0-9A-Za-z_-]{10,1000})\.[0-9A-Za-z_-]{40,700}$/;

/** GitHub's tokens end in the CRC-32 of their random part in base 62; since 2026 those of installations may be signed instead. */
export default defineProof({
  id: 'github-token',
  title: 'GitHub token',
  check(value) {
    const jwt = signed.exec(value)?.groups;
    if (jwt !== undefined) return judgeSigned(jwt.header as string);
    const parts = (short.exec(value) ?? refresh.exec(value))?.groups;
    if (parts === undefined) return { verdict: 'invalid', detail: 'not in the form of a GitHub token' };
    if (crcSuffix(parts.random as string, base62, 6) === parts.sum) return { verdict: 'valid', detail: 'checksum is right' };
    return { verdict: 'invalid', detail: 'checksum is wrong' };
  },
  example(random) {
    const text = random(base62, 30);
    return `ghp_${text}${crcSuffix(text, base62, 6)}`;
  },
});

function judgeSigned(header: string): ProofResult {
  const bytes = decodeBase64(header);
  if (bytes !== undefined && /^\{.*"alg"\s*:\s*"[A-Z]/.test(latin1(bytes))) return { verdict: 'valid', detail: 'holds a signed token' };
  return { verdict: 'invalid', detail: 'its signed token has no header' };
}
