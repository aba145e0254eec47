import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GramTable } from './gram-table.ts';

const characters = fc.constantFrom('a', 'b', 'é', 'σ', '\u1234');

describe('a table of grams', () => {
  it.each([[2, 5], [3, 8], [4, 9], [6, 12], [9, 14], [20, 30]])('finds every literal of %i to %i characters that stands in a text', (minLength, maxLength) => {
    const literal = fc.string({ unit: characters, minLength, maxLength });
    fc.assert(
      fc.property(fc.array(literal, { minLength: 1, maxLength: 12 }), fc.array(fc.oneof(fc.string({ unit: characters, maxLength: 9 }), fc.nat(11)), { maxLength: 6 }), (literals, parts) => {
        const table = new GramTable<string>();
        for (const one of literals) table.add(one, one);
        const text = parts.map((part) => (typeof part === 'number' ? (literals[part] ?? '') : part)).join('');
        const found = new Set<string>();
        table.search(text, (one, at) => {
          if (text.startsWith(one, at)) found.add(one);
        });
        expect([...found].sort()).toEqual([...new Set(literals)].filter((one) => text.includes(one)).sort());
      }),
      { numRuns: 300 },
    );
  });
});
