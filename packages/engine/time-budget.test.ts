import { expect, test } from 'vitest';
import { timeBudget, whenAlive } from './time-budget.ts';

/** Waits without work. */
const sleep = (milliseconds: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

test('time in which nothing was done does not count', () => {
  const isOver = timeBudget(100);
  sleep(300);
  expect(isOver()).toBe(false);
  const before = process.threadCpuUsage();
  while (!isOver());
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1000).toBeGreaterThan(20);
});

test('who asks gives a sign of life now and then, not each time', () => {
  let signs = 0;
  whenAlive(() => (signs += 1));
  const isOver = timeBudget(60_000);
  for (let at = 0; at < 1000; at += 1) isOver();
  expect(signs).toBe(0);
  sleep(1100);
  for (let at = 0; at < 1000; at += 1) isOver();
  whenAlive(() => undefined);
  expect(signs).toBe(1);
});
