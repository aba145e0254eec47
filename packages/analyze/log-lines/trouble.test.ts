import { expect, it } from 'vitest';
import { troubleIn } from './trouble.ts';

it('words of trouble are found by their stems, at the beginning of a word', () => {
  expect(['Connection refused by peer', 'java.io.SocketTimeoutException at x', 'disk FAILED', 'ran out of memory'].map(troubleIn)).toEqual(['refused', 'sockettimeoutexception', 'failed', 'out of']);
  expect(['listening on port 80', 'user ann opened a session', 'skill level raised', 'default route set', ''].map(troubleIn)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

it('takes no longer for a hostile text', () => {
  const started = process.threadCpuUsage();
  for (const text of ['a'.repeat(200_000), 'err '.repeat(50_000).replaceAll('err', 'x_'), `${'_'.repeat(2_000)}!`.repeat(50)]) troubleIn(text);
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(2_000);
});
