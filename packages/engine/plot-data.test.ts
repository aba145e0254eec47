import { describe, expect, it } from 'vitest';
import { isMarked } from '#model/plot.ts';
import { seriesOf, weekOf } from './plot-data.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 2, 2);
const look = { title: 'x', unit: '', marked: 3 };
const none = { time: undefined, value: undefined };

describe('seriesOf', () => {
  const table = (rows: number): string => `timestamp,cpu\n${Array.from({ length: rows }, (_, at) => `${new Date(start + at * 300_000).toISOString()},${at === rows - 10 ? 95 : 20 + 5 * Math.sin((at / 288) * 6.283) + (at % 3)}`).join('\n')}\n`;

  it('learns what is usual and finds what is not', () => {
    const { omitted, plot } = seriesOf(table(3_000), none, look);
    expect(omitted).toBe(0);
    const odd = plot.points.filter(({ surprise }) => surprise >= 3);
    expect(odd.map(({ value }) => value)).toContain(95);
    expect(odd.length).toBeLessThan(10);
    expect(plot.points[0]?.low).toBeNaN();
  });

  it('marks a step once where nobody says how odd is odd', () => {
    const rows = Array.from({ length: 1_500 }, (_, at) => `${new Date(start + at * 300_000).toISOString()},${at >= 1_440 ? 24 : 90 + (at % 7)}`);
    const text = `timestamp,cpu\n${rows.join('\n')}\n`;
    const marks = (marked: number | undefined): readonly number[] => {
      const { plot } = seriesOf(text, none, { ...look, marked });
      return plot.points.flatMap((point, at) => (at >= 1_440 && isMarked(point, plot) ? [at] : []));
    };
    expect(marks(undefined)).toEqual([1_440]);
    expect(marks(2).length).toBeGreaterThan(1);
  });

  it('takes what the table says of its own, and leaves out what it cannot read', () => {
    const { omitted, plot } = seriesOf('time,value,low,high,surprise\n2,7,1,9,0.5\n1,5,1,9,4\nlater,5,1,9,4\n', none, look);
    expect(omitted).toBe(1);
    expect(plot.points).toEqual([{ time: 1_000, value: 5, low: 1, high: 9, surprise: 4 }, { time: 2_000, value: 7, low: 1, high: 9, surprise: 0.5 }]);
  });

  it.each([
    ['an unknown column', 'time,value\n1,2\n', { time: 'when', value: undefined }, 'no column `when`; it has time, value'],
    ['no column of numbers', 'time,name\n1,x\n', none, 'name one with --value'],
    ['nothing at all', '', none, 'it is empty'],
    ['rows without a time', 'time,value\nx,1\n', none, 'no row holds'],
  ])('says what is wrong with %s', (_, text, columns, words) => {
    expect(() => seriesOf(text, columns, look)).toThrow(words);
  });
});

describe('weekOf', () => {
  /** Nine weeks of office hours, and one night. */
  const times = Array.from({ length: 63 }, (_, day) => day).flatMap((day) => (day % 7 < 5 ? [9, 10, 11, 14, 15].map((at) => start + day * 24 * hour + at * hour + 60_000) : []));
  const table = (more: readonly number[]): string => ['time', ...[...times, ...more].map(String)].join('\n');

  it('tells the night from the office hours', () => {
    const { plot } = weekOf(table([start + 60 * 24 * hour + 3 * hour]), none, { title: 'mira', marked: 2 });
    expect(plot.hours).toHaveLength(168);
    const active = plot.hours.flatMap(({ count, surprise, usual }, at) => (count > 0 ? [{ at: at % 24, surprise, usual }] : []));
    expect(active.filter(({ surprise }) => surprise >= 2).map(({ at }) => at)).toEqual([3]);
    expect(active.filter(({ at }) => at !== 3).every(({ usual }) => usual === 1)).toBe(true);
  });

  it('has no baseline where there is no history, and says so', () => {
    const { plot } = weekOf('time\n2026-03-02\n', none, { title: 'x', marked: 2 });
    expect(plot.days).toBe(0);
    expect(plot.hours.every(({ usual }) => usual === 0)).toBe(true);
  });
});
