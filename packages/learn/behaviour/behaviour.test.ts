import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawFrom } from '../draw.ts';
import { erlangTail, incompleteBeta, lnGamma, negativeBinomialTail } from '../gamma.ts';
import { budgetSize, judge } from './budget.ts';
import { day, hour } from './clock.ts';
import { fusedScore, independentTail } from './fusion.ts';
import { markOf } from './mark.ts';
import { isPlace, learnPlace, placeSize, travelTo } from './places.ts';
import { chanceOfValue, isKnown, learnValue, raritySize, slotsSeen, usualValues } from './rarity.ts';
import { chanceOfHour, expectedWeek, learnHour, rhythmSize, usualHours } from './rhythm.ts';
import { chanceOfScore, learnScore, tailSize } from './tail.ts';
import { learningWeight, spellSize, tailWeight } from './trust.ts';
import { weekAgainstBaseline } from './week.ts';
import { chanceOfCount, countIn, volumeSize } from './volume.ts';

const start = Date.UTC(2026, 0, 5);

/** The part of chances at or below each level, over the level: at most 1 where they hold. */
function excess(chances: readonly number[], levels = [0.2, 0.1, 0.05, 0.02, 0.01]): number[] {
  return levels.map((level) => chances.filter((chance) => chance <= level).length / chances.length / level);
}

/** Three standard errors above 1 are chance, too. */
function expectToHold(chances: readonly number[], slack = 1): void {
  for (const [index, level] of [0.2, 0.1, 0.05, 0.02, 0.01].entries()) {
    expect(excess(chances)[index], `at ${level}`).toBeLessThan(slack + 3 * Math.sqrt(slack / (level * chances.length)));
  }
}

describe('rarity', () => {
  const law = { halfLife: 45 * day, slot: day };
  const laws: readonly (readonly [string, (draw: () => number) => number])[] = [
    ['few values', (draw) => Math.floor(draw() ** 2 * 5)],
    ['one value and seldom another', (draw) => (draw() < 0.97 ? 0 : 1 + Math.floor(draw() * 3))],
    ['a heavy tail', (draw) => Math.floor(1 / draw() ** 1.2)],
    ['values that never come again', (draw) => Math.floor(draw() * 1e9)],
  ];

  it.each(laws)('gives chances that hold on draws of %s', (_, next) => {
    const draw = drawFrom(7);
    const chances: number[] = [];
    for (let entity = 0; entity < 60; entity += 1) {
      const state = new Float32Array(raritySize(12));
      for (let slot = 0; slot < 100; slot += 1) {
        const mark = markOf(String(next(draw)));
        const now = start + slot * day;
        if (slot >= 5) chances.push(chanceOfValue(state, mark, now, law));
        learnValue(state, mark, now, law);
      }
    }
    expectToHold(chances);
  });

  it('finds a value that was never seen the odder the longer the history', () => {
    const state = new Float32Array(raritySize(4));
    for (let slot = 0; slot < 40; slot += 1) learnValue(state, markOf('NO'), start + slot * day, law);
    expect(chanceOfValue(state, markOf('BR'), start + 40 * day, law)).toBeLessThan(0.04);
    expect(chanceOfValue(state, markOf('NO'), start + 40 * day, law)).toBe(1);
    expect(isKnown(state, markOf('BR'))).toBe(false);
  });

  it('asks once a slot, and makes a habit of what comes back', () => {
    const state = new Float32Array(raritySize(4));
    for (let slot = 0; slot < 40; slot += 1) learnValue(state, markOf('a'), start + slot * day, law);
    for (let again = 0; again < 50; again += 1) learnValue(state, markOf('b'), start + 40 * day + again, law);
    expect(chanceOfValue(state, markOf('b'), start + 40 * day + 60, law)).toBe(1);
    expect(chanceOfValue(state, markOf('b'), start + 41 * day, law)).toBeLessThan(0.15);
    for (let slot = 41; slot < 56; slot += 1) learnValue(state, markOf('b'), start + slot * day, law);
    expect(chanceOfValue(state, markOf('b'), start + 56 * day, law)).toBeGreaterThan(0.2);
  });

  it('keeps its habits under a flood of values, and its size whatever comes', () => {
    const state = new Float32Array(raritySize(6));
    for (let slot = 0; slot < 20; slot += 1) learnValue(state, markOf('habit'), start + slot * day, law);
    for (let value = 0; value < 5_000; value += 1) learnValue(state, markOf(`flood ${value}`), start + 20 * day, law);
    expect(isKnown(state, markOf('habit'))).toBe(true);
    expect(state.length).toBe(raritySize(6));
    expect(usualValues(state)[0]?.mark).toBe(markOf('habit'));
  });

  it('holds its bounds for any values and times', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.string(), fc.double())), (steps) => {
      const state = new Float32Array(raritySize(3));
      for (const [text, now] of steps) {
        const chance = chanceOfValue(state, markOf(text), now, law);
        expect(chance > 0 && chance <= 1).toBe(true);
        learnValue(state, markOf(text), now, law);
        expect(Number.isFinite(slotsSeen(state))).toBe(true);
      }
    }));
  });
});

describe('rhythm', () => {
  const law = { halfLife: 42 * day };

  function week(draw: () => number): number[] {
    const hours: number[] = [];
    for (let index = 0; index < 168; index += 1) {
      const [weekday, at] = [Math.floor(index / 24), index % 24];
      const busy = weekday >= 1 && weekday <= 5 && at >= 8 && at < 18 ? 0.5 : weekday >= 1 && weekday <= 5 && at >= 6 && at < 22 ? 0.04 : 0.003;
      if (draw() < busy) hours.push(index);
    }
    return hours;
  }

  it('gives chances that hold on weeks of one kind, with and without peers', () => {
    const draw = drawFrom(3);
    const sunday = Date.UTC(2026, 0, 4);
    const peers = new Float32Array(rhythmSize);
    const alone: number[] = [];
    const together: number[] = [];
    for (let entity = 0; entity < 20; entity += 1) {
      const state = new Float32Array(rhythmSize);
      for (let index = 0; index < 12; index += 1) {
        for (const at of week(draw)) {
          const now = sunday + index * 7 * day + at * hour;
          if (index >= 1) alone.push(chanceOfHour(state, now, law));
          if (entity >= 1) together.push(chanceOfHour(state, now, law, peers));
          learnHour(state, now, law);
          learnHour(peers, now, law);
        }
      }
    }
    expectToHold(alone, 1.15);
    expectToHold(together, 1.15);
  });

  it('finds the night odd for who works by day, and knows the hours', () => {
    const draw = drawFrom(5);
    const state = new Float32Array(rhythmSize);
    const sunday = Date.UTC(2026, 0, 4);
    for (let index = 0; index < 8; index += 1) for (const at of week(draw)) if (at % 24 >= 8 && at % 24 < 18) learnHour(state, sunday + index * 7 * day + at * hour, law);
    const next = sunday + 8 * 7 * day;
    expect(chanceOfHour(state, next + 2 * day + 3 * hour, law)).toBeLessThan(0.02);
    expect(chanceOfHour(state, next + 2 * day + 11 * hour, law)).toBeGreaterThan(0.2);
    expect(usualHours(state)).toEqual([8, 18]);
    const expected = expectedWeek(state, next, law);
    expect(expected.length).toBe(168);
    expect(expected[2 * 24 + 11]).toBeGreaterThan(0.35);
    expect(expected[2 * 24 + 3]).toBeLessThan(0.01);
  });

  it('shows a week against what is usual', () => {
    const state = new Float32Array(rhythmSize);
    const sunday = Date.UTC(2026, 0, 4);
    for (let index = 0; index < 8; index += 1) learnHour(state, sunday + index * 7 * day + 33 * hour, law);
    const now = sunday + 8 * 7 * day;
    const hours = weekAgainstBaseline(state, [now - 5 * day, now - 5 * day + 1, now - 8 * day, now + 1], now, law);
    expect(hours.length).toBe(168);
    const most = hours.toSorted((a, b) => b.usual - a.usual)[0];
    // Monday 09 h; the week begins on Sunday 01 h.
    expect(hours.indexOf(most as (typeof hours)[number])).toBe(32);
    expect(hours.map(({ count }, at) => ({ count, at })).filter(({ count }) => count > 0)).toEqual([{ count: 2, at: 47 }]);
    expect(hours[47]?.surprise).toBeGreaterThan(0.5);
    expect(hours[32]?.surprise).toBe(0);
  });

  it('holds its bounds for any times', () => {
    fc.assert(fc.property(fc.array(fc.double()), (times) => {
      const state = new Float32Array(rhythmSize);
      for (const now of times) {
        const chance = chanceOfHour(state, now, law);
        expect(chance > 0 && chance <= 1).toBe(true);
        learnHour(state, now, law);
      }
    }));
  });
});

describe('volume', () => {
  const law = { halfLife: 30 * day, window: day, priorMean: 3 };

  function poisson(mean: number, draw: () => number): number {
    let [count, product] = [0, draw()];
    while (product > Math.exp(-mean)) [count, product] = [count + 1, product * draw()];
    return count;
  }

  it.each([['a steady rate', 1], ['bursts', 0.6], ['few', 0.05]] as const)('gives chances that hold on %s', (name, steadiness) => {
    const draw = drawFrom(11);
    const chances: number[] = [];
    for (let entity = 0; entity < 60; entity += 1) {
      const state = new Float32Array(volumeSize);
      const rate = name === 'few' ? 0.4 : 2 + draw() * 30;
      for (let window = 0; window < 80; window += 1) {
        const mean = name === 'bursts' ? -rate * Math.log(1 - draw() * 0.999) * steadiness : rate;
        const count = 1 + poisson(mean, draw);
        countIn(state, start + window * day, law, count);
        if (window >= 5) chances.push(chanceOfCount(state, law));
      }
    }
    expectToHold(chances, name === 'bursts' ? 1.3 : 1.1);
  });

  it('finds a hundred odd where a dozen are usual, and little odd where little is known', () => {
    const state = new Float32Array(volumeSize);
    for (let window = 0; window < 30; window += 1) countIn(state, start + window * day, law, 8 + (window % 7));
    countIn(state, start + 30 * day, law, 100);
    expect(chanceOfCount(state, law)).toBeLessThan(1e-3);
    const fresh = new Float32Array(volumeSize);
    countIn(fresh, start, law, 12);
    expect(chanceOfCount(fresh, law)).toBeGreaterThan(0.01);
  });

  it('knows the laws of counts', () => {
    expect(lnGamma(5)).toBeCloseTo(Math.log(24), 10);
    expect(incompleteBeta(0.5, 2, 2)).toBeCloseTo(0.5, 10);
    expect(negativeBinomialTail(1, 2, 1)).toBeCloseTo(2 / 3, 10);
    expect(erlangTail(3, 1)).toBeCloseTo(Math.exp(-3), 10);
    expect(erlangTail(3, 2)).toBeCloseTo(4 * Math.exp(-3), 10);
  });
});

describe('places', () => {
  const law = { halfLife: 60 * day, fastest: 900, blur: 300 };
  const oslo = { lat: 59.9, long: 10.7, network: 1 };
  const lima = { lat: -12, long: -77, network: 2 };

  it('finds that nobody gets from Oslo to Lima in an hour, and that anybody does in a day', () => {
    const state = new Float32Array(placeSize);
    for (let index = 0; index < 30; index += 1) learnPlace(state, oslo, start + index * day, law);
    const soon = travelTo(state, lima, start + 29 * day + hour, law);
    expect(soon).toMatchObject({ impossible: true });
    expect(soon?.kilometres).toBeGreaterThan(10_500);
    expect(soon?.chance).toBeLessThan(0.05);
    expect(travelTo(state, lima, start + 30 * day, law)).toMatchObject({ impossible: false, chance: 1 });
    expect(travelTo(state, { ...lima, network: 1 }, start + 29 * day + hour, law)).toMatchObject({ impossible: false });
  });

  it('gets used to who goes through a VPN every day', () => {
    const state = new Float32Array(placeSize);
    for (let index = 0; index < 30; index += 1) for (const [place, after] of [[oslo, 0], [lima, hour]] as const) learnPlace(state, place, start + index * day + after, law);
    expect(travelTo(state, oslo, start + 29 * day + 2 * hour, law)?.chance).toBeGreaterThan(0.9);
  });

  it('takes for a place only what can be one', () => {
    expect([isPlace(0, 0), isPlace(91, 0), isPlace('1', 2), isPlace(59, 10), isPlace(Number.NaN, 1)]).toEqual([false, false, false, true, false]);
  });
});

describe('fusion and tail', () => {
  const law = { halfLife: 30 * day, prior: independentTail(3), priorWeight: 100 };

  it('counts echoes in a family once, and several families together', () => {
    const one = fusedScore([{ family: 'who', chance: 0.01 }]);
    const echoed = fusedScore([{ family: 'who', chance: 0.01 }, { family: 'who', chance: 0.01 }]);
    const both = fusedScore([{ family: 'who', chance: 0.01 }, { family: 'when', chance: 0.01 }]);
    expect(echoed).toBeLessThan(1.3 * one);
    expect(both).toBeCloseTo(2 * one, 10);
  });

  it('gives chances that hold though all aspects are one, once it has seen enough', () => {
    const draw = drawFrom(13);
    const state = new Float32Array(tailSize);
    const chances: number[] = [];
    for (let index = 0; index < 12_000; index += 1) {
      const chance = draw();
      const score = fusedScore([{ family: 'a', chance }, { family: 'b', chance }, { family: 'c', chance }]);
      if (index >= 2_000) chances.push(chanceOfScore(state, score, law));
      learnScore(state, score, start + index * 60_000, law);
    }
    expectToHold(chances, 1.1);
    expect(chances.filter((chance) => chance <= 0.001).length / chances.length).toBeLessThan(0.003);
  });

  it('says before it has seen anything what independent aspects would, and never more than it can know', () => {
    const state = new Float32Array(tailSize);
    expect(chanceOfScore(state, 6, law)).toBeCloseTo(erlangTail(6, 3), 5);
    expect(chanceOfScore(state, 1e9, law)).toBeCloseTo(0.001, 5);
  });
});

describe('budget', () => {
  it('tells what is due, raises its bar when it shouts, counts what it held, and comes to rest', () => {
    const state = new Float32Array(budgetSize);
    const law = { bar: 0.01, aDay: 2 };
    const shouted = Array.from({ length: 200 }, (_, index) => judge(state, 0.009, start + index * 60_000, law));
    expect(shouted.filter(({ tells }) => tells).length).toBeLessThan(10);
    expect(shouted.filter(({ turned }) => turned === 'raised').length).toBe(1);
    expect(shouted.at(-1)?.held).toBeGreaterThan(180);
    expect(judge(state, 1e-9, start + 201 * 60_000, law).tells).toBe(true);
    expect(judge(state, 0.5, start + 6 * day, law)).toMatchObject({ tells: false, turned: 'lowered' });
    expect(judge(state, 0.009, start + 6 * day + hour, law).tells).toBe(true);
  });

  it('bounds what is told on any day', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 100, maxLength: 500 }), (chances) => {
      const state = new Float32Array(budgetSize);
      const told = chances.filter((chance, index) => judge(state, chance, start + index * 1000, { bar: 0.01, aDay: 2 }).tells).length;
      // A chance of a thousandth passes a bar of a hundredth until the double of what is allowed has been told.
      expect(told).toBeLessThanOrEqual(11);
    }));
  });
});

describe('trust', () => {
  const law = { odd: 0.01, least: 0.2, spell: 30 * day };

  it('learns the odd with less weight, and never not at all', () => {
    expect([1, 0.01, 0.005, 1e-6].map((chance) => learningWeight(chance, law))).toEqual([1, 1, 0.5, 0.2]);
  });

  it('bounds what one entity can do to the tail of all', () => {
    const state = new Float32Array(spellSize);
    let sum = 0;
    for (let index = 0; index < 300; index += 1) sum += tailWeight(state, 0.001, start + index * day, law);
    expect(sum).toBeLessThan(12);
  });
});
