import { expect, test } from 'vitest';
import { recallLast } from './recall-last.ts';

test('a line is read once as long as it is the last, and what is no text is not read', () => {
  const read: string[] = [];
  const lengthOf = recallLast((line) => (read.push(line), line === '' ? undefined : line.length));
  expect(['ab', 'ab', 'c', 'ab', '', '', 7, undefined, { length: 2 }, 'ab'].map((value) => lengthOf(value))).toEqual([2, 2, 1, 2, undefined, undefined, undefined, undefined, undefined, 2]);
  expect(read).toEqual(['ab', 'c', 'ab', '', 'ab']);
});
