import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recalling } from './recalling.ts';

test('the answers are those of the function, whatever it was asked before', () => {
  fc.assert(fc.property(fc.array(fc.string({ maxLength: 3 })), fc.integer({ min: 1, max: 4 }), (texts, most) => {
    const lengths = recalling((text) => (text === '' ? undefined : text.length), most);
    for (const text of texts) expect(lengths(text)).toBe(text === '' ? undefined : text.length);
  }));
});

test('a text is looked at once as long as there is room, and an absent answer is one, too', () => {
  const asked: string[] = [];
  const find = recalling((text): number | undefined => (asked.push(text), undefined), 2);
  for (const text of ['a', 'b', 'a', 'b', 'c', 'a', 'c']) find(text);
  expect(asked).toEqual(['a', 'b', 'c', 'a']);
});

test('texts that nobody repeats take no room', () => {
  let asked = 0;
  const find = recalling(() => ++asked);
  const long = 'x'.repeat(5_000);
  expect([find(long), find(long)]).toEqual([1, 2]);
});
