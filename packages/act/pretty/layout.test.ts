import { expect, it } from 'vitest';
import { columns, fitEnd } from './layout.ts';

it('keeps the end of what is cut at its beginning, from a folder on where one begins soon', () => {
  expect(fitEnd('server/a.js:5', 20)).toBe('server/a.js:5');
  expect(fitEnd('my-application/server/socket-handlers/general.js:51', 34)).toBe('…/socket-handlers/general.js:51');
  expect(fitEnd('a-very-long-name-without-any-folder.js:7', 12)).toBe('…folder.js:7');
  for (let width = 1; width < 30; width++) expect(columns(fitEnd('長い/名前/のファイル/abc.js:12', width))).toBeLessThanOrEqual(width);
});
