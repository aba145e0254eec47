import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packEntry, unpackEntry } from './packed-entry.ts';

describe('an entry as bytes', () => {
  it('comes back as it was, whatever its numbers are', () => {
    const number = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.constantFrom(-0, Number.NaN, Number.POSITIVE_INFINITY, 1e-45), fc.float());
    fc.assert(
      fc.property(fc.array(number, { maxLength: 40 }), fc.nat(3), fc.maxSafeNat(), (numbers, before, order) => {
        // A state is most often a part of a larger one.
        const entry = Float32Array.from([...Array.from({ length: before }, () => 7), ...numbers]).subarray(before);
        const bytes = packEntry({ order, entry });
        // Bytes from a database lie anywhere in memory.
        const elsewhere = new Uint8Array(bytes.length + 1);
        elsewhere.set(bytes, 1);
        const back = unpackEntry(elsewhere.subarray(1));
        expect(back.order).toBe(order);
        expect(back.entry).toBeInstanceOf(Float32Array);
        expect([...(back.entry as Float32Array)].map((one) => (Object.is(one, -0) ? 'negative zero' : one))).toEqual([...entry].map((one) => (Object.is(one, -0) ? 'negative zero' : one)));
      }),
    );
  });

  it('takes no room for zeros', () => {
    const entry = new Float32Array(1_000);
    entry[500] = 1;
    expect(packEntry({ order: 1, entry }).length).toBeLessThan(50);
  });

  it('may be anything', () => {
    const entry = { day: 3, names: new Uint8Array([1, 2]), spell: new Float32Array(2), list: ['a'] };
    expect(unpackEntry(packEntry({ order: 5, entry }))).toEqual({ order: 5, entry });
    const large = { words: ['a', 'b'], habits: new Map([['x', 1]]), tail: new Float32Array(500).fill(3, 100, 120), names: new Uint8Array(1_001).fill(7, 990) };
    const bytes = packEntry({ order: 6, entry: large });
    expect(bytes.length).toBeLessThan(400);
    expect(unpackEntry(bytes)).toEqual({ order: 6, entry: large });
  });
});
