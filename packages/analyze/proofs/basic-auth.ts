import { defineProof } from '#model/unit.ts';
import { bytesOfLatin1, decodeBase64, encodeBase64, latin1 } from '../base64.ts';
import { judgePassword } from '../passwords.ts';

/** RFC 7617 §2: base64 of `user:password`. */
export default defineProof({
  id: 'basic-auth',
  title: 'Basic credentials',
  check(value) {
    const bytes = decodeBase64(value);
    const parts = bytes === undefined ? null : /^([\x20-\x39\x3b-\x7e]{0,200}):([\x21-\x7e]{1,1000})$/.exec(latin1(bytes));
    if (parts === null) return { verdict: 'invalid', detail: 'does not decode to a user and a password' };
    const [, user, password] = parts as unknown as [string, string, string];
    if (user === password) return { verdict: 'invalid', detail: 'user and password are the same' };
    const judged = judgePassword(password);
    return judged.verdict === 'invalid' ? judged : { verdict: 'valid', detail: 'decodes to a user and a password' };
  },
  example: (random) => encodeBase64(bytesOfLatin1(`deploy:${random('23456789abcdefghijkmnpqrstuvwxyzABCDEFGH', 16)}`)),
});
