import { defineProof } from '#model/unit.ts';
import { decodePercent, judgePassword } from '../passwords.ts';

/** The password of a URL's user information (RFC 3986 §3.2.1), given alone or with its URL. */
export default defineProof({
  id: 'url-password',
  title: 'Password in a URL',
  check(value) {
    const inUrl = /^[a-z][a-z0-9+.-]{1,30}:\/\/[^:@/\s]{0,200}:([^@\s]{0,500})@/i.exec(value)?.[1];
    return judgePassword(decodePercent(inUrl ?? value));
  },
  example: (random) => random('23456789', 2) + random('23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ', 18),
});
