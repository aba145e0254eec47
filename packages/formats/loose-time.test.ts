import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looseTime } from './loose-time.ts';

const time = Date.UTC(2026, 5, 1, 12, 30, 15);

describe('looseTime', () => {
  it.each(['2026-06-01T12:30:15Z', '2026-06-01 12:30:15', '2026-06-01T14:30:15+02:00', '2026-06-01 14:30:15+02', '2026-06-01 12:30:15.000000', '2026-06-01 12:30:15 UTC', String(time / 1e3), String(time), `${time}000`, `${time}000000`])('reads %s', (text) => {
    expect(looseTime(text)).toBe(time);
  });

  it.each(['', 'yesterday', '2026-13-01', '12:30', '1e999', '2026-06-01T12:30:15Z; drop'])('refuses %j', (text) => {
    expect(looseTime(text)).toBeUndefined();
  });

  it('gives back what it is given as ISO 8601', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1975-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => void expect(looseTime(date.toISOString())).toBe(date.getTime())));
  });
});
