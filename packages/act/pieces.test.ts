import fc from 'fast-check';
import { expect, it } from 'vitest';
import { largePieces, withItems } from './pieces.ts';

it('fills the list as writing the whole would', () => {
  const any = fc.record({ before: fc.jsonValue(), items: fc.array(fc.jsonValue()), after: fc.string() });
  fc.assert(fc.property(any, ({ before, items, after }) => {
    const around = JSON.stringify({ list: [], before: JSON.stringify({ list: [] }), rest: before, after });
    const text = [...withItems(around, '"list":[]', items.map((item) => JSON.stringify(item)), ',')].join('');
    expect(text).toBe(JSON.stringify({ list: items, before: JSON.stringify({ list: [] }), rest: before, after }));
  }));
});

it('puts small pieces together and leaves none out', () => {
  const pieces = Array.from({ length: 300 }, (_, at) => String(at).repeat(20_000));
  const large = [...largePieces(pieces)];
  expect(large.length).toBeLessThan(10);
  expect(large.join('')).toBe(pieces.join(''));
  expect([...largePieces([])]).toEqual(['']);
});
