import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addedSpans } from './added-spans.ts';

function texts(previous: string, current: string, context = 0): string[] {
  const bytes = Buffer.from(current);
  return addedSpans(Buffer.from(previous), bytes, context).map(({ start, end }) => bytes.toString('utf8', start, end));
}

const lines = (from: number, to: number): string => Array.from({ length: to - from }, (_, at) => `line number ${from + at}\n`).join('');

describe('added spans', () => {
  test.each([
    ['nothing changed', lines(0, 9), lines(0, 9), []],
    ['all is new', '', lines(0, 3), [lines(0, 3)]],
    ['one line changed', lines(0, 9), lines(0, 4) + 'other\n' + lines(5, 9), ['other\n']],
    ['lines inserted', lines(0, 9), lines(0, 4) + 'new one\nnew two\n' + lines(4, 9), ['new one\nnew two\n']],
    ['lines appended', lines(0, 9), lines(0, 9) + 'tail', ['tail']],
    ['lines removed at the end', lines(0, 9), lines(0, 4), []],
    ['two places', lines(0, 40), 'first one\n' + lines(0, 20) + 'second one\n' + lines(21, 40), ['first one\n', 'second one\n']],
    ['a last line without its end', 'a\nb', 'a\nbc', ['bc']],
    ['a last line that was cut', 'a\nbc', 'a\nb', ['b']],
    ['a line that lost its start', 'old start\nlast\n', 'start\nlast\n', ['start\n']],
    ['a line that grew at its start', lines(0, 2) + 'key=value-of-it\n', lines(0, 2) + 'my key=value-of-it\n', ['my key=value-of-it\n']],
  ])('%s', (_, previous, current, expected) => {
    expect(texts(previous, current)).toEqual(expected);
  });

  test('lines around what is new come with it, and spans that meet are one', () => {
    const current = lines(0, 4) + 'new\n' + lines(5, 8) + 'too\n' + lines(9, 20);
    expect(texts(lines(0, 20), current, 1)).toEqual([lines(3, 4) + 'new\n' + lines(5, 6), lines(7, 8) + 'too\n' + lines(9, 10)]);
    expect(texts(lines(0, 20), current, 2)).toEqual([lines(2, 4) + 'new\n' + lines(5, 8) + 'too\n' + lines(9, 11)]);
    expect(texts('a\nb', 'x\na\nb', 5)).toEqual(['x\na\nb']);
  });

  test('a large cut and a large insertion are told apart from what stays', () => {
    const added = texts(lines(0, 3000), lines(0, 100) + 'new line here\n' + lines(1500, 2000) + lines(9000, 9500) + lines(2000, 3000)).join('');
    expect(added).toContain('new line here\n');
    expect(added).toContain(lines(9000, 9500));
    expect(added.length).toBeLessThan(lines(9000, 9500).length + 200);
  });

  test('no line is left out that the previous version lacks, and spans are in order', () => {
    const text = fc.constantFrom('a', 'b', 'a longer line', 'another longer line', 'x = 1;', '', 'tail of a longer line');
    const edit = fc.record({ at: fc.nat(60), remove: fc.nat(8), insert: fc.array(text, { maxLength: 5 }) });
    fc.assert(fc.property(fc.array(text, { maxLength: 60 }), fc.array(edit, { maxLength: 40 }), fc.boolean(), (before, edits, endsInNewline) => {
      const after = [...before];
      for (const { at, remove, insert } of edits) after.splice(at % (after.length + 1), remove, ...insert);
      const previous = before.join('\n');
      const current = Buffer.from(after.join('\n') + (endsInNewline ? '\n' : ''));
      const held = new Set(previous.split('\n'));
      const spans = addedSpans(Buffer.from(previous), current, 0);
      let last = 0;
      for (const { start, end } of [...spans, { start: current.length, end: current.length + 1 }]) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        const kept = current.toString('utf8', last, start);
        if (kept !== '') for (const line of kept.replace(/\n$/, '').split('\n')) expect(held).toContain(line);
        last = end;
      }
    }), { numRuns: 500, seed: 7 });
  });
});
