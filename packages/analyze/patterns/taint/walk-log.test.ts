import { expect, test } from 'vitest';
import { WalkLog } from './walk-log.ts';

test('a walk is fresh until something that it asked for is learned', () => {
  const log = new WalkLog();
  expect(log.isFresh(1, [])).toBe(false);
  log.begin(1);
  log.ask('0 name');
  expect(log.isFresh(1, [{ key: 2 }])).toBe(true);
  log.learn('0 other');
  expect(log.isFresh(1, [{ key: 2 }])).toBe(true);
  log.learn('0 name');
  expect(log.isFresh(1, [])).toBe(false);
  log.begin(1);
  expect(log.isFresh(1, [{ key: 2 }])).toBe(true);
  log.learn(2);
  expect(log.isFresh(1, [{ key: 2 }])).toBe(false);
});

test('what is learned while it is walked, also of itself, is new to it', () => {
  const log = new WalkLog();
  log.begin(1);
  log.learn(1);
  expect(log.isFresh(1, [{ key: 1 }])).toBe(false);
  log.begin(2);
  log.forget(2);
  expect(log.isFresh(2, [])).toBe(false);
});
