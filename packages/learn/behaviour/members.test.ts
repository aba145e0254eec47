import { expect, it } from 'vitest';
import { drawFrom } from '../draw.ts';
import { amountsSize, chanceOfAmount, learnAmount, peersOf, restartAmounts, usualAmount } from './amounts.ts';
import { day } from './clock.ts';
import { adoptMembers, chanceOfMembers, learnMembers, membersSize } from './members.ts';
import { learnPace, paceSize, perDay } from './pace.ts';

const start = Date.UTC(2026, 0, 5);

/** Each level with the part of chances that lie at or below it, which must not exceed it by more than chance does. */
function expectToHold(chances: readonly number[]): void {
  for (const level of [0.2, 0.1, 0.05, 0.02, 0.01]) {
    const part = chances.filter((chance) => chance <= level).length / chances.length;
    expect(part, `at ${level}`).toBeLessThan(level + 4 * Math.sqrt(level / chances.length));
  }
}

it('gives chances of sets that hold where some members come seldom', () => {
  const draw = drawFrom(3);
  const law = { halfLife: 90 * day };
  const chances: number[] = [];
  for (let workflow = 0; workflow < 60; workflow += 1) {
    const state = new Float32Array(membersSize(32));
    for (let run = 0; run < 120; run += 1) {
      const marks = [1, 2, 3, ...(draw() < 0.1 ? [4] : []), ...(draw() < 0.03 ? [5 + Math.floor(draw() * 1e6)] : [])].filter(() => draw() > 0.004);
      const now = start + run * 3_600_000;
      const { rare } = chanceOfMembers(state, marks, now, law);
      if (run >= 10) chances.push(rare);
      learnMembers(state, marks, now, law);
    }
  }
  expectToHold(chances);
});

it('finds what lacks, and takes a change as given', () => {
  const law = { halfLife: 90 * day };
  const state = new Float32Array(membersSize(8));
  for (let run = 0; run < 99; run += 1) learnMembers(state, [1, 2, 3], start + run * 3_600_000, law);
  const now = start + 100 * 3_600_000;
  expect(chanceOfMembers(state, [1, 3], now, law)).toMatchObject({ lacked: 2, unseen: 0, rare: 1 });
  expect(chanceOfMembers(state, [1, 3], now, law).lacking).toBeLessThan(0.02);
  expect(chanceOfMembers(state, [1, 2, 3, 9], now, law)).toMatchObject({ lacking: 1, lacked: 0, unseen: 1, rarest: 3 });
  expect(chanceOfMembers(state, [1, 2, 3, 9], now, law).rare).toBeLessThan(0.02);
  adoptMembers(state, [1, 3, 9]);
  expect(chanceOfMembers(state, [1, 3, 9], now, law).rare).toBeGreaterThan(0.4);
  expect(chanceOfMembers(state, [1, 3, 9], now, law).lacked).toBe(0);
  expect(chanceOfMembers(state, [1, 2, 3], now, law).rare).toBeGreaterThan(0.4);
});

it('gives chances of amounts that hold from the third amount on, and widens for a single odd one only a little', () => {
  const draw = drawFrom(4);
  const law = { halfLife: 90 * day, spread: 0.4, priorCount: 3 };
  const chances: number[] = [];
  for (let workflow = 0; workflow < 200; workflow += 1) {
    const state = new Float32Array(amountsSize);
    const [middle, spread] = [Math.exp(2 + 5 * draw()), 0.1 + 0.4 * draw()];
    for (let run = 0; run < 40; run += 1) {
      const amount = middle * Math.exp(spread * Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw()));
      if (run >= 3) chances.push(chanceOfAmount(state, amount, 'both', law));
      learnAmount(state, amount, start + run * day, law);
    }
  }
  expectToHold(chances.filter((_, at) => at % 3 === 0));
});

it('leans on peers where there is little of one\'s own, and learns anew after a change', () => {
  const law = { halfLife: 90 * day, spread: 0.4, priorCount: 3 };
  const everyone = new Float32Array(amountsSize);
  for (let n = 0; n < 50; n += 1) learnAmount(everyone, 100 + (n % 10) * 10, start + n * day, law);
  const nobody = new Float32Array(amountsSize);
  expect(chanceOfAmount(nobody, 1e6, 'more', law)).toBe(1);
  expect(chanceOfAmount(nobody, 150, 'more', law, peersOf(everyone, law))).toBeGreaterThan(0.2);
  expect(chanceOfAmount(nobody, 1e6, 'more', law, peersOf(everyone, law))).toBeLessThan(0.01);
  expect(chanceOfAmount(everyone, 50, 'more', law)).toBe(1);
  expect(chanceOfAmount(everyone, 5_000, 'both', law)).toBeLessThan(0.001);
  expect(usualAmount(everyone, law).middle).toBeGreaterThan(100);
  restartAmounts(everyone);
  for (let n = 0; n < 3; n += 1) learnAmount(everyone, 5_000, start + (60 + n) * day, law);
  expect(chanceOfAmount(everyone, 5_000, 'both', law)).toBeGreaterThan(0.1);
});

it('reckons a pace from the first day on', () => {
  const state = new Float32Array(paceSize);
  for (let n = 0; n < 400; n += 1) learnPace(state, start + (n * day) / 40);
  expect(perDay(state)).toBeGreaterThan(30);
  expect(perDay(state)).toBeLessThan(50);
});
