import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOfLatin1, decodeBase64, encodeBase64, latin1 } from './base64.ts';

describe('base64', () => {
  it('gives back what was encoded, in either alphabet', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('standard' as const, 'url' as const), (bytes, alphabet) => {
        expect(decodeBase64(encodeBase64(bytes, alphabet))).toEqual(bytes);
      }),
    );
  });

  it('agrees with the runtime', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(encodeBase64(bytes, 'url')).toBe(Buffer.from(bytes).toString('base64url'));
        expect(latin1(bytes)).toBe(Buffer.from(bytes).toString('latin1'));
        expect(bytesOfLatin1(latin1(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each([
    ['an impossible length', 'AAAAA'],
    ['padding that does not fill the group', 'AAA=='],
    ['three padding characters', 'A==='],
    ['padding inside', 'AA==AAAA'],
    ['both alphabets at once', 'AA+_'],
    ['a foreign character', 'AA.A'],
    ['a character beyond ASCII', 'AA\u00e9A'],
    ['white space', 'AAAA AAAA'],
  ])('refuses %s', (_, text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });

  it('needs no padding', () => {
    expect(decodeBase64('YWI')).toEqual(decodeBase64('YWI='));
    expect(decodeBase64('')).toEqual(new Uint8Array());
  });
});
