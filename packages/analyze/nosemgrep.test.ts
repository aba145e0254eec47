import { expect, test } from 'vitest';
import { readNosemgrep } from './nosemgrep.ts';

const read = (text: string): unknown => readNosemgrep(text).map(({ only, suppression }) => [only, suppression.rule]);

test('a comment covers its own line, or the next one when it stands alone', () => {
  expect(read('eval(x) // nosemgrep\n// nosem\neval(y)\n')).toEqual([[1, 'code/own.*'], [3, 'code/own.*']]);
  expect(read('x = 1  # noqa # nosemgrep: a-rule, folder.other\n')).toEqual([[1, 'code/own.a-rule'], [1, 'code/own.folder.other'], [1, 'code/own.other']]);
});

test('only a comment that begins with the word is one', () => {
  expect(read('const nosemgrep = 1;\nprint("nosemgrep")\n// we use no nosemgrep\n')).toEqual([]);
});

test('no more than a thousand count', () => {
  expect(readNosemgrep('# nosemgrep\n'.repeat(5_000))).toHaveLength(1_000);
});
