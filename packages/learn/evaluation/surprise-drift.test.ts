import { describe, expect, it } from 'vitest';
import { countSurprise, driftOf, mostDays, newHistory, sharesOf } from './surprise-drift.ts';
import type { SurpriseHistory } from './surprise-drift.ts';

/** The same numbers in every run: a linear congruential generator. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 1) / 2 ** 32;
  };
}

/** Days of surprises as a calibrated model gives them, `scale` times as large where the model no longer fits. */
function watched(history: SurpriseHistory, { from, days, each, seed, scale = 1 }: { from: number; days: number; each: number; seed: number; scale?: number }): SurpriseHistory {
  const chance = chances(seed);
  for (let day = from; day < from + days; day++) for (let at = 0; at < each; at++) countSurprise(history, day, -Math.log10(chance()) * scale);
  return history;
}

describe('driftOf', () => {
  it('stays in its band on 100 calibrated streams of a month, looked at every day', () => {
    const left: string[] = [];
    for (let seed = 1; seed <= 100; seed++) {
      const history = newHistory();
      for (let day = 0; day < 30; day++) {
        history.band = driftOf(watched(history, { from: day, days: 1, each: 500, seed: seed * 1_000 + day })).band;
        if (history.band !== 'in' && history.band !== 'unknown') left.push(`${seed}: ${history.band} on day ${day}`);
      }
    }
    expect(left).toEqual([]);
  });

  it('is loud within a day when surprises grow to twice their size, and says by how much', () => {
    const history = watched(newHistory(), { from: 0, days: 20, each: 2_000, seed: 7 });
    expect(driftOf(history).band).toBe('in');
    const drift = driftOf(watched(history, { from: 20, days: 1, each: 2_000, seed: 8, scale: 2 }));
    expect(drift).toMatchObject({ band: 'loud', days: 1, judged: 2_000 });
    expect(drift.reached).toBeGreaterThan(drift.expected * 3);
  });

  it('is quiet when surprises no longer come at all', () => {
    const history = watched(newHistory(), { from: 0, days: 20, each: 1_000, seed: 3 });
    for (let day = 20; day < 27; day++) for (let at = 0; at < 1_000; at++) countSurprise(history, day, 0);
    expect(driftOf(history)).toMatchObject({ band: 'quiet', reached: 0, days: 7 });
  });

  it('says nothing of a few events, odd as they may be', () => {
    const history = newHistory();
    for (let at = 0; at < 900; at++) countSurprise(history, 1, 5);
    expect(driftOf(history).band).toBe('unknown');
  });

  it('goes back into its band only nearer to the promise', () => {
    const history = newHistory();
    for (let at = 0; at < 4_000; at++) countSurprise(history, 1, at < 100 ? 2 : 0);
    expect(driftOf(history).band).toBe('in');
    history.band = 'loud';
    expect(driftOf(history).band).toBe('loud');
  });
});

describe('countSurprise', () => {
  it('keeps a bounded number of days, and takes what comes late with the newest', () => {
    const history = newHistory();
    for (let day = 0; day < 100; day++) countSurprise(history, day, undefined);
    countSurprise(history, 5, 1);
    expect(history.days.length).toBe(mostDays);
    expect(history.days.at(-1)).toEqual({ day: 99, judged: 2, reached: [1, 0, 0, 0] });
    countSurprise(history, 1_000, 3);
    expect(history.days).toEqual([{ day: 1_000, judged: 1, reached: [1, 1, 1, 0] }]);
    expect(sharesOf(history).map(({ seen }) => seen)).toEqual([1, 1, 1, 0]);
  });
});
