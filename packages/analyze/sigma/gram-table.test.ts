import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from './glob.ts';
import { GramTable } from './gram-table.ts';
import { Hits } from './hits.ts';
import { TextBytes } from './text-bytes.ts';

const characters = fc.constantFrom('a', 'b', 'é', 'σ', '\u1234');

describe('a table of grams', () => {
  it.each([[2, 5], [3, 8], [4, 9], [6, 12], [9, 14], [20, 30]])('finds every literal of %i to %i characters that stands in a text', (minLength, maxLength) => {
    const literal = fc.string({ unit: characters, minLength, maxLength });
    fc.assert(
      fc.property(fc.array(literal, { minLength: 1, maxLength: 12 }), fc.array(fc.oneof(fc.string({ unit: characters, maxLength: 9 }), fc.nat(11)), { maxLength: 6 }), (literals, parts) => {
        const table = new GramTable();
        for (const [number, one] of literals.entries()) table.add(one, number);
        const text = parts.map((part) => (typeof part === 'number' ? (literals[part] ?? '') : part)).join('');
        const bytes = new TextBytes();
        bytes.read(text);
        const found = new Hits();
        table.search(bytes, found);
        const numbers = [...found.numbers.subarray(0, found.count)].sort((a, b) => a - b);
        expect(numbers).toEqual(literals.flatMap((one, number) => (text.includes(one) ? [number] : [])));
      }),
      { numRuns: 300 },
    );
  });

  it('finds the same after it has learnt from texts what is rare', () => {
    const literals = ['abba', 'bab', 'aab', 'abaabb', 'bb', 'ab\u1234a', 'abcabcabc', '\ud83da', 'a\ude00'];
    const table = new GramTable();
    for (const [number, one] of literals.entries()) table.add(one, number);
    const text = fc.array(fc.constantFrom(...literals, 'a', 'b', 'c', '\ud83d', '\ude00', 'é', 'x'), { minLength: 1, maxLength: 30 }).map((parts) => parts.join(''));
    const bytes = new TextBytes();
    for (const one of fc.sample(text, { numRuns: 6_000, seed: 1 })) {
      bytes.read(one);
      const found = new Hits();
      table.search(bytes, found);
      expect([...found.numbers.subarray(0, found.count)].sort((a, b) => a - b)).toEqual(literals.flatMap((literal, number) => (one.includes(literal) ? [number] : [])));
    }
  });

  it('tells from some characters of a text as it is written only what holds for all of it, folded', () => {
    const letters = fc.constantFrom('a', 'B', 'k', 'K', '\u212a', '\u0130', 'é', 'É', '[', '{');
    const literal = fc.string({ unit: fc.constantFrom('a', 'b', 'k', 'i', '{'), minLength: 6, maxLength: 9 });
    let missed = 0;
    fc.assert(
      fc.property(fc.array(literal, { minLength: 1, maxLength: 4 }), fc.array(fc.oneof(fc.string({ unit: letters, maxLength: 9 }), fc.nat(7)), { maxLength: 5 }), (literals, parts) => {
        const table = new GramTable();
        for (const [number, one] of literals.entries()) table.add(one, number);
        const odd = (text: string): string => text.toUpperCase().replaceAll('K', '\u212a').replaceAll('I', '\u0130');
        const text = parts.map((part) => (typeof part === 'string' ? part : part > 3 ? odd(literals[part - 4] ?? '') : (literals[part] ?? '').toUpperCase())).join('');
        if (!table.misses(text)) return;
        missed++;
        expect(literals.filter((one) => fold(text).includes(one))).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(missed).toBeGreaterThan(20);
  });

  it('knows every character outside of ASCII whose lower case has ASCII in it', () => {
    const found: string[] = [];
    for (let code = 128; code <= 0x10_ffff; code++) if (/[\0-\x7f]/.test(String.fromCodePoint(code).toLowerCase())) found.push(code.toString(16));
    expect(found).toEqual(['130', '212a']);
  });
});
