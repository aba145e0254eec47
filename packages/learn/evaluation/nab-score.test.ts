import { describe, expect, it } from 'vitest';
import { bestNabScore, nabPoints, nabProfiles, nabScoreAt, probationOf, type NabFile, type NabProfile } from './nab-score.ts';

const standard = nabProfiles[0] as NabProfile;

function file(length: number, windows: [number, number][]): NabFile {
  return { name: 'kind/a.csv', category: 'kind', times: new Float64Array(length), values: new Float64Array(length), windows };
}

function score(of: NabFile, alarms: readonly number[]): number {
  const scores = new Float64Array(of.values.length);
  for (const at of alarms) scores[at] = 1;
  const points = nabPoints([of], [scores]).filter((point) => point.score > 0);
  return nabScoreAt([of], points, standard, 1).raw;
}

describe('the score of NAB', () => {
  const one = file(1000, [[400, 499]]);

  it('is full for the first point of a window, less for later ones, and takes the first only', () => {
    expect(score(one, [400])).toBeCloseTo(1, 6);
    expect(score(one, [450])).toBeCloseTo(0.84828 / 0.98661, 3);
    expect(score(one, [450, 499])).toBeCloseTo(score(one, [450]), 6);
    expect(score(one, [499])).toBeLessThan(0.03);
  });

  it('takes one for a miss, a full false alarm before any window, less just after one', () => {
    expect(score(one, [])).toBe(-1);
    expect(score(one, [400, 300])).toBeCloseTo(1 - 0.11, 6);
    expect(score(one, [400, 520])).toBeGreaterThan(1 - 0.11);
    expect(score(one, [400, 900])).toBeCloseTo(1 - 0.11, 6);
  });

  it('does not look at the first 15 %, of 5000 points at most', () => {
    expect(score(one, [100, 400])).toBeCloseTo(1, 6);
    expect(probationOf(20_000)).toBe(750);
  });

  it('is 0 for silence and 100 for perfection, over files, with the best threshold', () => {
    const files = [one, file(1000, [[200, 299], [600, 650]])];
    const silent = nabPoints(files, files.map(({ values }) => values));
    expect(nabScoreAt(files, silent, standard, 1).score).toBe(0);
    const perfect = files.map(({ values, windows }) => values.map((_, i) => (windows.some(([from]) => from === i) ? 0.7 : 0.2)));
    expect(bestNabScore(files, nabPoints(files, perfect), standard)).toMatchObject({ score: 100, threshold: 0.7, found: 3, falseAlarms: 0 });
  });
});
