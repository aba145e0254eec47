import { defineProof } from '#model/unit.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Access key ids: four letters for the kind, then 80 bits in base32 (RFC 4648 §6). In ids made since 2019, whose fifth character
 * is Q or later, the bits after the first are the account's number.
 */
export default defineProof({
  id: 'aws-access-key-id',
  title: 'AWS access key id',
  check(value) {
    const body = /^(?:AKIA|ASIA|ABIA|ACCA)([A-Z2-7]{16})$/.exec(value)?.[1];
    if (body === undefined) return { verdict: 'invalid', detail: 'not in the form of an AWS access key id' };
    if (body.endsWith('EXAMPLE')) return { verdict: 'invalid', detail: 'a sample of the AWS documentation' };
    if (new Set(body).size < 7) return { verdict: 'invalid', detail: 'repeats instead of being random' };
    const account = accountOf(body);
    if (account === undefined) return { verdict: 'unknown', detail: 'of the older form, which names no account' };
    if (account >= 1e12) return { verdict: 'invalid', detail: 'names an account number that cannot be' };
    return { verdict: 'valid', detail: `names the account ${String(account).padStart(12, '0')}` };
  },
  example: (random) => `AKIAQ${random('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 7)}${random('234567', 4)}${random(alphabet, 4)}`,
});

/** Bits 1 to 40: the first character from Q on sets bit 0, and bits 1 to 40 lie in the first nine characters. */
function accountOf(body: string): number | undefined {
  let bits = 0;
  for (const character of body.slice(0, 9)) bits = bits * 32 + alphabet.indexOf(character);
  const marked = bits >= 2 ** 44;
  return marked ? Math.floor((bits - 2 ** 44) / 16) : undefined;
}
