import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromPcre } from '#formats/pcre.ts';
import { expressionMatches } from './finder.ts';

const sources = ['[^\\n]*<\\w+[^\\n]*\\n', '[^\\n]*?a', '.*ab?', '.*', '[^\\n]*a|b', '.*\\n.*b', '[^\\n]*$'];

it.each(sources)('%s finds what it finds when it is asked at each character', (source) => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '<', '\n', '\r', ' ', '\u2028'), maxLength: 40 });
  fc.assert(fc.property(text, (written) => {
    const found = expressionMatches(source, written, 0).map(({ start, end }) => [start, end]);
    const { source: translated, flags } = fromPcre(source, true);
    expect(found).toEqual([...written.matchAll(new RegExp(translated, `g${flags}`))].filter(([whole]) => whole.length > 0).map((one) => [one.index, one.index + one[0].length]));
  }));
});

it('does not take the square of a long line', () => {
  const line = 'x'.repeat(400_000);
  expect(expressionMatches('[^\\n]*<\\w+[^\\n]*\\n', `${line}\n<a\n`, 0)).toHaveLength(1);
});
