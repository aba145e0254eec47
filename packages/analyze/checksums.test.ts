import { describe, expect, it } from 'vitest';
import { base62, crc32, littleEndian, marvin32 } from './checksums.ts';

describe('checksums', () => {
  it('gives the check value of CRC-32', () => {
    expect(crc32('123456789')).toBe(0xcbf43926);
    expect(crc32('')).toBe(0);
  });

  it('writes numbers in base 62', () => {
    expect(base62(0, 6)).toBe('000000');
    expect(base62(61, 1)).toBe('z');
    expect(base62(62 * 62 + 10, 6)).toBe('00010A');
    expect(base62(0xffffffff, 6)).toBe('4gfFC3');
  });

  it.each([
    ['', 0x302009bc],
    ['af', 0x3592e206],
    ['e70f', 0xfdab5e04],
    ['37f495', 0x6b3c8b90],
  ])('gives the published Marvin32 of %s', (hex, hash) => {
    const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    expect(marvin32(bytes, 0x004fb61a, 0x001bdbcc)).toBe(hash);
  });

  it('reads little-endian numbers', () => {
    expect(littleEndian(Uint8Array.of(1, 2, 3, 255), 0, 4)).toBe(0xff030201);
    expect(littleEndian(Uint8Array.of(9), 1, 0)).toBe(0);
  });
});
