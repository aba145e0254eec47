import { describe, expect, it } from 'vitest';
import { base36, base62, crc32, crcSuffix } from './crc32.ts';

describe('crc32', () => {
  it('gives the check value that catalogues of CRCs list', () => {
    expect(crc32('123456789')).toBe(0xcbf43926);
    expect(crc32('')).toBe(0);
  });

  it('writes the sum in the digits asked for, filled with zeros', () => {
    expect(crcSuffix('', base62, 6)).toBe('000000');
    expect(crcSuffix('123456789', base36, 7)).toBe((0xcbf43926).toString(36).padStart(7, '0'));
    expect(crcSuffix('123456789', '0123456789abcdef', 8)).toBe('cbf43926');
  });
});
