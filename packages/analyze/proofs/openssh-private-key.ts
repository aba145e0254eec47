import { defineProof } from '#model/unit.ts';
import { bytesOfLatin1, encodeBase64, latin1 } from '../base64.ts';
import { readPem } from '../pem.ts';

const magic = 'openssh-key-v1\0';

/** OpenSSH's own format (PROTOCOL.key §1): magic, then strings with 32-bit lengths that end where the body ends. */
export default defineProof({
  id: 'openssh-private-key',
  title: 'OpenSSH private key',
  check(value) {
    const body = readPem(value)?.body;
    if (body === undefined) return { verdict: 'invalid', detail: 'its body is not base64' };
    const text = latin1(body);
    const cipher = text.startsWith(magic) ? readStrings(text) : undefined;
    if (cipher === undefined) return { verdict: 'invalid', detail: 'its body is cut off or made up' };
    return { verdict: 'valid', detail: cipher === 'none' ? 'a complete key without a passphrase' : 'complete, protected by a passphrase' };
  },
  example(random) {
    const body = [magic, string('none'), string('none'), string(''), number(1), string(random(letters, 51)), string(random(letters, 136))].join('');
    const lines = encodeBase64(bytesOfLatin1(body)).match(/.{1,70}/g) as string[];
    return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----'].join('\n');
  },
});

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const number = (value: number): string => String.fromCharCode(0, 0, value >> 8, value & 255);
const string = (text: string): string => number(text.length) + text;

/** The cipher's name when every length fits: cipher, kdf, kdf options, count, one public key, the private part. */
function readStrings(text: string): string | undefined {
  let at = magic.length;
  let cipher: string | undefined;
  for (const field of ['cipher', 'kdf', 'options', 'count', 'public', 'private']) {
    const length = uint32(text, at);
    if (length === undefined || (field === 'count' && length !== 1)) return undefined;
    const end = at + 4 + (field === 'count' ? 0 : length);
    if (end > text.length || (field === 'private' && end !== text.length && cipher === 'none')) return undefined;
    if (field === 'cipher') cipher = text.slice(at + 4, end);
    at = end;
  }
  return cipher;
}

function uint32(text: string, at: number): number | undefined {
  if (at + 4 > text.length) return undefined;
  return [0, 1, 2, 3].reduce((sum, i) => sum * 256 + text.charCodeAt(at + i), 0);
}
