import { defineProof } from '#model/unit.ts';
import { decodeBase64 } from '../base64.ts';

/** PuTTY's PPK (its manual, appendix C): the private part has as many lines as it says, all base64, then a MAC. */
export default defineProof({
  id: 'putty-private-key',
  title: 'PuTTY private key',
  check(value) {
    const lines = value.split(/\r?\n|\\r?\\?n/);
    const at = lines.findIndex((line) => line.startsWith('Private-Lines: '));
    const count = Number(lines[at]?.slice(15));
    const body = lines.slice(at + 1, at + 1 + count);
    if (at < 0 || !(count > 0) || body.length !== count) return { verdict: 'invalid', detail: 'its private part is cut off' };
    if (decodeBase64(body.join('')) === undefined) return { verdict: 'invalid', detail: 'its private part is not base64' };
    if (!/^Private-(?:MAC|Hash): [0-9a-f]{40,64}$/.test(lines[at + 1 + count] ?? '')) return { verdict: 'invalid', detail: 'its MAC is missing' };
    return { verdict: 'valid', detail: /^Encryption: none$/m.test(value) ? 'a complete key without a passphrase' : 'complete, protected by a passphrase' };
  },
  example(random) {
    const line = (): string => random('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 64);
    const head = ['PuTTY-User-Key-File-3: ssh-ed25519', 'Encryption: none', 'Comment: deploy', 'Public-Lines: 2', line(), line()];
    return [...head, 'Private-Lines: 1', line(), `Private-MAC: ${random('0123456789abcdef', 64)}`].join('\n');
  },
});
