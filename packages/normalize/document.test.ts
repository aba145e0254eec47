import { describe, expect, it } from 'vitest';
import { toDocument } from './document.ts';

const isBinary = (bytes: Uint8Array): boolean => 'binary' in toDocument({ path: 'a', bytes }, (some) => Buffer.from(some).toString('latin1'));

describe('toDocument', () => {
  it('takes programs and pictures for binary', () => {
    expect(isBinary(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 3, 0, 62, 0]))).toBe(true);
    expect(isBinary(Buffer.concat([Buffer.from('text '), Buffer.alloc(200)]))).toBe(true);
  });

  it('is not talked out of reading a text by a few zero bytes', () => {
    expect(isBinary(Buffer.from(`\0# settings\n${'name = value\n'.repeat(20)}`))).toBe(false);
  });
});
