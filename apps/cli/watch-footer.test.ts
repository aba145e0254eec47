import { expect, test } from 'vitest';
import type { WatchSummary } from '#engine/watch-run.ts';
import { asideText } from './watch-footer.ts';

test('the end of a watch says where to find what could not be read, where there is any', () => {
  const summary = (unreadable: number): WatchSummary => ({ unreadable }) as WatchSummary;
  expect(asideText(summary(0))).toBe('');
  expect(asideText(summary(3))).toMatch(/laid aside; `watchward dead-letters` says why/);
});
