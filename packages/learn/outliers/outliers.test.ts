import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawFrom, drawSome } from '../draw.ts';
import type { Draw } from '../draw.ts';
import { fitForest, forestScores } from './isolation-forest.ts';
import { fitOutliers, outlierChance, outlierScores } from './outlier-model.ts';
import type { NumberTable } from './table.ts';

function normal(draw: Draw): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}

function tableOf(rows: readonly (readonly number[])[]): NumberTable {
  return { values: Float64Array.from(rows.flat()), rows: rows.length, width: rows[0]?.length ?? 0 };
}

/** Two groups of different width, with columns that follow each other, in units that have nothing to do with each other. */
function ordinaryRow(draw: Draw): number[] {
  const wide = draw() < 0.3;
  const one = normal(draw) * (wide ? 1 : 0.2) + (wide ? 4 : 0);
  return [one * 1e6, one + 0.1 * normal(draw), normal(draw) * 1e-3, draw() < 0.9 ? 1 : 0, 7];
}

function ordinaryTable(count: number, draw: Draw): NumberTable {
  return tableOf(Array.from({ length: count }, () => ordinaryRow(draw)));
}

function shareAbove(odd: Float64Array, ordinary: Float64Array): number {
  let above = 0;
  for (const one of odd) for (const other of ordinary) above += one > other ? 1 : one === other ? 0.5 : 0;
  return above / odd.length / ordinary.length;
}

describe('outliers', () => {
  const draw = drawFrom(3);
  const known = ordinaryTable(2_000, draw);
  const fresh = ordinaryTable(2_000, draw);
  const odd = tableOf(Array.from({ length: 200 }, () => [normal(draw) * 1e6 + 2e6, 9 * draw() - 2, normal(draw) * 4e-3, 0, 7]));

  it('finds rows that are unlike the others', () => {
    const model = fitOutliers(known, { seed: 1 });
    expect(shareAbove(outlierScores(model, odd), outlierScores(model, fresh))).toBeGreaterThan(0.95);
    expect(shareAbove(forestScores(fitForest(known, drawFrom(1)), odd), forestScores(fitForest(known, drawFrom(1)), fresh))).toBeGreaterThan(0.9);
  });

  it('gives chances that hold on rows that it never saw', () => {
    for (const size of [2_000, 300, 60]) {
      const chances: number[] = [];
      for (let seed = 0; seed < 10; seed += 1) {
        const model = fitOutliers(ordinaryTable(size, draw), { seed });
        chances.push(...[...outlierScores(model, fresh)].map((score) => outlierChance(model, score)));
      }
      for (const level of [0.5, 0.2, 0.1, 0.05]) {
        const share = chances.filter((chance) => chance <= level).length / chances.length;
        expect(share / level, `${size} rows, at ${level}`).toBeLessThan(1.35);
        expect(share / level, `${size} rows, at ${level}`).toBeGreaterThan(size < 100 ? 0.3 : 0.65);
      }
    }
  });

  it('loses little when one row in twenty of what it learns from is hostile', () => {
    const planted = tableOf(Array.from({ length: known.rows }, (_, index) => {
      const [from, row] = index % 20 === 0 ? [odd, (index / 20) % odd.rows] : [known, index];
      return [...from.values.subarray(row * 5, row * 5 + 5)];
    }));
    const clean = fitOutliers(known, { seed: 1 });
    const poisoned = fitOutliers(planted, { seed: 1 });
    const loss = shareAbove(outlierScores(clean, odd), outlierScores(clean, fresh)) - shareAbove(outlierScores(poisoned, odd), outlierScores(poisoned, fresh));
    expect(loss).toBeLessThan(0.05);
  });

  it('gives the same scores for the same seed, in other units, and of a copy', () => {
    const model = fitOutliers(known, { seed: 5 });
    const scores = outlierScores(model, odd);
    expect(outlierScores(structuredClone(model), odd)).toEqual(scores);
    expect(outlierScores(fitOutliers(known, { seed: 5 }), odd)).toEqual(scores);
    const scaled = (table: NumberTable): NumberTable => ({ ...table, values: table.values.map((value, index) => value * 2 ** (index % 5) + 8) });
    const others = outlierScores(fitOutliers(scaled(known), { seed: 5 }), scaled(odd));
    for (const [index, score] of scores.entries()) expect(others[index]).toBeCloseTo(score, 6);
  });

  it('survives tables of every shape and number', () => {
    const number = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, 1, 1e308, -1e308));
    const table = fc.integer({ min: 0, max: 60 }).chain((width) => fc.array(fc.array(number, { minLength: width, maxLength: width }), { maxLength: 40 }).map((rows) => ({ ...tableOf(rows), width })));
    fc.assert(fc.property(table, fc.integer(), (given, seed) => {
      const model = fitOutliers(given, { seed });
      const scores = outlierScores(model, given);
      expect(scores).toHaveLength(given.rows);
      for (const score of scores) {
        expect(Number.isNaN(score)).toBe(false);
        const chance = outlierChance(model, score);
        expect(chance > 0 && chance <= 1).toBe(true);
      }
    }), { numRuns: 200 });
  });

  it('draws without repeating', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 0, max: 100 }), fc.integer(), (count, most, seed) => {
      const drawn = drawSome(count, most, drawFrom(seed));
      expect(new Set(drawn).size).toBe(Math.min(count, most));
      for (const one of drawn) expect(one >= 0 && one < count).toBe(true);
    }));
  });
});
