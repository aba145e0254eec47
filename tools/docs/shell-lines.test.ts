import { expect, test } from 'vitest';
import { shellLines } from './shell-lines.ts';

test('reads commands, continuations and exit codes', () => {
  const page = ['text', '```sh', '# only a comment', 'one --flag   # why', 'two \\', '  --more  # ends with 1', '', '```', '```text', 'not this', '```', '```sh', 'three', '```'];
  expect(shellLines(page.join('\n'))).toEqual([
    { line: 4, command: 'one --flag', exitCode: 0 },
    { line: 5, command: 'two --more', exitCode: 1 },
    { line: 13, command: 'three', exitCode: 0 },
  ]);
});
