import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derTag, encodeDer, readDer, sequenceTags } from './der.ts';

describe('DER', () => {
  it('reads what it wrote, at every length form', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
      const bytes = encodeDer(derTag.octets, new Uint8Array(length));
      expect(readDer(bytes, 0)).toEqual({ tag: derTag.octets, start: bytes.length - length, end: bytes.length });
    }
  });

  it('names the members of a sequence that fills the bytes', () => {
    const bytes = encodeDer(derTag.sequence, encodeDer(derTag.integer, Uint8Array.of(0)), encodeDer(derTag.octets, new Uint8Array(200)));
    expect(sequenceTags(bytes)).toEqual([derTag.integer, derTag.octets]);
    expect(sequenceTags(bytes.subarray(0, -1))).toBeUndefined();
    expect(sequenceTags(Uint8Array.from([...bytes, 0]))).toBeUndefined();
  });

  it.each([
    ['an indefinite length', [0x30, 0x80, 0, 0]],
    ['a length longer than needed', [0x30, 0x81, 0x01, 0]],
    ['a length that leaves the bytes', [0x30, 0x05, 0]],
    ['four length octets', [0x30, 0x84, 0, 0, 0, 1, 0]],
    ['nothing', []],
  ])('refuses %s', (_, bytes) => {
    expect(readDer(Uint8Array.from(bytes), 0)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(() => sequenceTags(bytes)).not.toThrow();
      }),
    );
  });
});
