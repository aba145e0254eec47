import { defineProof, type ProofResult } from '#model/unit.ts';
import { bytesOfLatin1, decodeBase64, encodeBase64, latin1 } from '../base64.ts';

/** RFC 7519 over RFC 7515 §7.1: two base64url segments of JSON, the first naming `alg`. */
export default defineProof({
  id: 'jwt',
  title: 'JSON Web Token',
  check(value, ctx) {
    const [header, payload, signature] = value.split('.').map((part, at) => (at < 2 ? readJson(part) : part));
    if (!isObject(header) || typeof header.alg !== 'string') return { verdict: 'invalid', detail: 'its header is no JSON that names an algorithm' };
    if (!isObject(payload)) return { verdict: 'invalid', detail: 'its payload is no JSON object' };
    if (isSample(payload)) return { verdict: 'invalid', detail: 'the sample token of documentation' };
    if (payload.iss === 'supabase' && payload.role === 'anon') return { verdict: 'invalid', detail: 'an anonymous key, public by design' };
    return judge(header.alg, payload, signature === '', Date.parse(ctx.today));
  },
  example(random) {
    const part = (value: unknown): string => encodeBase64(bytesOfLatin1(JSON.stringify(value)), 'url');
    const payload = { sub: random('0123456789abcdef', 24), iat: 1_790_000_000, exp: 4_000_000_000 };
    return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}.${random(url, 43)}`;
  },
});

const url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function judge(alg: string, payload: Record<string, unknown>, unsigned: boolean, today: number): ProofResult {
  const name = /^[A-Za-z0-9+-]{2,20}$/.test(alg) ? alg : 'unknown algorithm';
  if (unsigned || /^none$/i.test(alg)) return { verdict: 'unknown', detail: `${name}, without a signature` };
  const { exp } = payload;
  if (typeof exp !== 'number') return { verdict: 'valid', detail: `${name}, does not expire` };
  if (exp * 1000 < today) return { verdict: 'unknown', detail: `${name}, expired` };
  return { verdict: 'valid', detail: `${name}, not expired` };
}

/** The token that jwt.io shows and that thousands of documents repeat. */
function isSample({ sub, name }: Record<string, unknown>): boolean {
  return sub === '1234567890' || name === 'John Doe';
}

function readJson(part: string): unknown {
  const bytes = decodeBase64(part);
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(latin1(bytes));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
