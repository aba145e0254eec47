import { defineProof } from '#model/unit.ts';
import { entropy } from '../entropy.ts';

const alnum = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Keys made since 2020 say `51` and the account before the random part; older ones are 24 random characters. */
export default defineProof({
  id: 'stripe-key',
  title: 'Stripe key',
  check(value) {
    const body = /^[sr]k_(?:live|test|prod)_([0-9A-Za-z]{10,247})$/.exec(value)?.[1];
    if (body === undefined) return { verdict: 'invalid', detail: 'not in the form of a Stripe key' };
    if (entropy(body) < 3 || !/\d/.test(body) || !/[A-Za-z]/.test(body)) return { verdict: 'invalid', detail: 'not random' };
    const known = body.length === 24 || (body.startsWith('51') && body.length >= 96);
    return known ? { verdict: 'valid', detail: 'length and account part are in their places' } : { verdict: 'unknown', detail: 'an unusual length' };
  },
  example: (random) => `sk_live_51${random(alnum, 14)}${random(alnum, 83)}`,
});
