import { defineProof } from '#model/unit.ts';
import { bytesOfLatin1, decodeBase64, encodeBase64, latin1 } from '../base64.ts';

const location = 1;
const endOfSection = 0;
const signature = 6;

/** PyPI's tokens are macaroons (libmacaroons' binary form, version 2): packets of type, length and data, a signature at the end. */
export default defineProof({
  id: 'pypi-token',
  title: 'PyPI upload token',
  check(value) {
    const bytes = decodeBase64(/^pypi-(AgE[0-9A-Za-z_-]+)$/.exec(value)?.[1] ?? '');
    if (bytes === undefined || bytes[0] !== 2 || bytes[1] !== location) return { verdict: 'invalid', detail: 'holds no macaroon' };
    const host = latin1(bytes.subarray(3, 3 + (bytes[2] ?? 0)));
    if (!/^(?:test\.)?pypi\.org$/.test(host)) return { verdict: 'invalid', detail: 'its macaroon is of another place' };
    if (!isWhole(bytes)) return { verdict: 'invalid', detail: 'its macaroon is cut or made up' };
    return { verdict: 'valid', detail: `a whole macaroon of ${host}` };
  },
  example(random) {
    const id = random('0123456789abcdef', 32);
    const caveat = `\u0002\u0028[2,["${id}"]]`;
    return `pypi-${encodeBase64(bytesOfLatin1(`\u0002\u0001\u0008pypi.org\u0002\u0020${id}\0${caveat}\0\0\u0006\u0020${id}`), 'url')}`;
  },
});

/** Walks the packets to the signature, which must be the last. */
function isWhole(bytes: Uint8Array): boolean {
  for (let at = 1; at < bytes.length; ) {
    const type = bytes[at] as number;
    if (type === endOfSection) {
      at += 1;
      continue;
    }
    const { length, next } = readLength(bytes, at + 1);
    if (type === signature) return length === 32 && next + length === bytes.length;
    if (type > signature) return false;
    at = next + length;
  }
  return false;
}

/** Lengths are varints of at most two bytes here: seven bits each, the lower ones first. */
function readLength(bytes: Uint8Array, at: number): { length: number; next: number } {
  const first = bytes[at] ?? 0;
  if (first < 128) return { length: first, next: at + 1 };
  return { length: (first & 127) | ((bytes[at + 1] ?? 0) << 7), next: at + 2 };
}
