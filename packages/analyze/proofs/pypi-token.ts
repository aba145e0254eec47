import { defineProof } from '#model/unit.ts';
import { bytesOfLatin1, decodeBase64, encodeBase64, latin1 } from '../base64.ts';

const hex = '0123456789abcdef';

/**
 * A macaroon of version 2: 2, then fields of type, length and bytes. First the location (1), which is the index, then the
 * identifier (2), caveats, and at the end the signature (6) of 32 bytes.
 */
export default defineProof({
  id: 'pypi-token',
  title: 'PyPI API token',
  check(value) {
    const bytes = value.startsWith('pypi-') ? decodeBase64(value.slice(5)) : undefined;
    if (bytes === undefined) return { verdict: 'invalid', detail: 'not base64 after the prefix' };
    const text = latin1(bytes);
    const location = text.startsWith('\x02\x01') ? text.slice(3, 3 + (bytes[2] ?? 0)) : '';
    if (location !== 'pypi.org' && location !== 'test.pypi.org') return { verdict: 'invalid', detail: 'not made for this index' };
    const identifier = 3 + location.length;
    if (bytes[identifier] !== 2 || text.slice(-35, -33) !== '\x00\x06' || bytes[bytes.length - 33] !== 32) {
      return { verdict: 'invalid', detail: 'its parts are not where they belong' };
    }
    return { verdict: 'valid', detail: `a complete token for ${location}` };
  },
  example(random) {
    const id = [8, 4, 4, 4, 12].map((length) => random(hex, length)).join('-');
    const caveat = `\x02,[2,"${id}"]\x00`.replace(',', String.fromCharCode(`[2,"${id}"]`.length));
    const text = `\x02\x01\x08pypi.org\x02$${id}\x00${caveat}\x00\x06\x20${random(hex, 32)}`;
    return `pypi-${encodeBase64(bytesOfLatin1(text), 'url')}`;
  },
});
