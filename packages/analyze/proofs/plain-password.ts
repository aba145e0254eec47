import { defineProof } from '#model/unit.ts';
import { judgePassword } from '../passwords.ts';

/** A password as a person or a generator would choose it, rather than a variable or a stock word. */
export default defineProof({
  id: 'plain-password',
  title: 'Password in plain text',
  check: (value) => judgePassword(value),
  example: (random) => random('23456789', 2) + random('23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ', 18),
});
