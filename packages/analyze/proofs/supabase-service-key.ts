import { defineProof } from '#model/unit.ts';
import { bytesOfLatin1, decodeBase64, encodeBase64, latin1 } from '../base64.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A JSON Web Token whose payload gives the role that passes by every row-level policy. */
export default defineProof({
  id: 'supabase-service-key',
  title: 'Supabase service role key',
  check(value) {
    const payload = decodeBase64(value.split('.')[1] ?? '');
    const role = payload === undefined ? undefined : /"role"\s*:\s*"(\w{1,30})"/.exec(latin1(payload))?.[1];
    if (role === 'service_role') return { verdict: 'valid', detail: 'its payload gives the role service_role' };
    return { verdict: 'invalid', detail: 'its payload does not give the role service_role' };
  },
  example(random) {
    const part = (value: unknown): string => encodeBase64(bytesOfLatin1(JSON.stringify(value)), 'url');
    const payload = { iss: 'supabase', ref: random('abcdefghijklmnopqrstuvwxyz', 20), role: 'service_role', iat: 1_690_000_000, exp: 4_000_000_000 };
    return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}.${random(alphabet, 43)}`;
  },
});
