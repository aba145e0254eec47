import { expect, it } from 'vitest';
import { learnNumbers, numbersOf, numbersSize, oddestNumber } from './numbers.ts';

it('numbers are what stands for itself', () => {
  expect(numbersOf('took 15 ms, 3.5 s (7) of [80]. Total 12.')).toEqual([15, 3.5, 7, 80, 12]);
  expect(numbersOf('at 192.0.2.7 12:30:01 v2 x86_64 10/20 id-7 9é 1.2.3')).toEqual([]);
  expect(numbersOf('1 2 3 4 5 6 7 8')).toEqual([1, 2, 3, 4, 5, 6]);
});

it('a number is odd where nothing near was seen, and the more was seen the odder', () => {
  const state = new Float32Array(numbersSize);
  for (let at = 0; at < 20; at++) learnNumbers(state, [100 + at], 1);
  expect(oddestNumber(state, [100_000])).toBeUndefined();
  for (let at = 0; at < 180; at++) learnNumbers(state, [100 + at], 1);
  expect(oddestNumber(state, [400])).toBeUndefined();
  expect(oddestNumber(state, [100_000])).toMatchObject({ index: 0, seen: 200, low: 64, high: 512 });
  expect(oddestNumber(state, [0])?.chance).toBeCloseTo(2 / 201, 5);
});
