import { describe, expect, it } from 'vitest';
import type { UnscoredSignal } from '#model/stream.ts';
import { DriftWatch, historiesIn } from './drift-watch.ts';
import { entriesByTable } from './entry-parts.ts';

const day = 24 * 3_600_000;
const signal = (surprise: number) => [{ learned: { model: 'hours', version: '1', surprise } }] as unknown as readonly UnscoredSignal[];

/** One judgement after the other, a thousandth of a day apart. */
function judge(watch: DriftWatch, from: number, surprises: readonly number[]): string[] {
  return surprises.flatMap((surprise, at) => watch.note('event/odd-hour', { signals: [], judged: [{ model: 'hours', surprise }] }, from + at).map(({ code, message }) => `${code} ${message}`));
}

/** What a model that fits gives: 1 in 10 a surprise of 1, 1 in 100 of 2. */
const fitting = Array.from({ length: 2_000 }, (_, at) => (at % 1_000 === 0 ? 3 : at % 100 === 0 ? 2 : at % 10 === 0 ? 1 : 0));
const loud = fitting.map((surprise) => (surprise > 0 ? 3 : 0));

function kept(watch: DriftWatch): ReturnType<typeof entriesByTable> {
  const parts = new Map(watch.changedParts().flatMap(([name, bytes]) => (bytes === undefined ? [] : [[name, bytes] as const])));
  return entriesByTable(parts);
}

describe('DriftWatch', () => {
  it('is silent while surprises keep their promise, and tells once when they do not, and once when they do again', () => {
    const watch = new DriftWatch();
    expect(judge(watch, 0, fitting)).toEqual([]);
    const told = judge(watch, day, [...loud, ...loud]);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^model-drift model hours: of 1,000 events of the newest day, 100 had a surprise of 3 or more, 1\.0 are promised;/);
    expect(judge(watch, 20 * day, fitting)).toEqual(['model-drift model hours is surprised as often as it promises again']);
  });

  it('goes on where it was after a restart', () => {
    const whole = new DriftWatch(new Map());
    judge(whole, 0, [...fitting, ...loud]);
    const first = new DriftWatch(new Map());
    judge(first, 0, fitting);
    const second = new DriftWatch(kept(first));
    judge(second, fitting.length, loud);
    expect([...historiesIn(kept(second))]).toEqual([...historiesIn(kept(whole))]);
  });

  it('counts all events of a detector that tells only of signals, once it has told of one', () => {
    const watch = new DriftWatch(new Map());
    for (const signals of [[], signal(4), [], signal(2), []]) watch.note('event/odd-hour', { signals }, day);
    expect([...historiesIn(kept(watch))]).toEqual([['hours', { band: 'unknown', days: [{ day: 1, judged: 4, reached: [2, 2, 1, 1] }] }]]);
    expect(watch.changedParts()).toEqual([]);
  });
});
