import { describe, expect, it } from 'vitest';
import { timeWithoutYear } from './yearless-time.ts';

const at = (text: string, latest: string): string | undefined => {
  const time = timeWithoutYear(text, Date.parse(latest));
  return time === undefined ? undefined : new Date(time).toISOString().slice(0, 19);
};

describe('a time without a year', () => {
  it('is of the last year in which it was', () => {
    expect(at('Dec 10 06:55:46', '2026-11-29T00:00:00Z')).toBe('2025-12-10T06:55:46');
    expect(at('Nov 28 06:55:46', '2026-11-29T00:00:00Z')).toBe('2026-11-28T06:55:46');
    expect(at('Mar  4 05:06:07', '2026-11-29T00:00:00Z')).toBe('2026-03-04T05:06:07');
  });

  it('may be a day ahead, also over the turn of the year', () => {
    expect(at('Nov 29 20:00:00', '2026-11-29T00:00:00Z')).toBe('2026-11-29T20:00:00');
    expect(at('Jan  1 00:00:10', '2026-12-31T23:59:00Z')).toBe('2027-01-01T00:00:10');
    expect(at('Dec 31 23:59:50', '2027-01-01T00:10:00Z')).toBe('2026-12-31T23:59:50');
  });

  it('of a leap day is of a leap year', () => {
    expect(at('Feb 29 12:00:00', '2026-11-29T00:00:00Z')).toBe('2024-02-29T12:00:00');
  });

  it('is none when it is written otherwise', () => {
    for (const text of ['', '2026-03-04T05:06:07Z', 'Foo 10 06:55:46', 'Dec 10', 'Feb 31 00:00:00']) expect(at(text, '2026-11-29T00:00:00Z')).toBeUndefined();
  });
});
