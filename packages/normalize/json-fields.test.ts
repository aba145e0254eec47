import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeOf } from './json-fields.ts';

const digits = (length: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });

describe('a time', () => {
  it('in the usual form is what the engine reads', () => {
    const number = (least: number, most: number): fc.Arbitrary<string> => fc.integer({ min: least, max: most }).map((value) => String(value).padStart(2, '0'));
    const written = fc.record({ year: fc.integer({ min: 1960, max: 2210 }), month: number(0, 13), day: number(0, 32), hour: number(0, 25), minute: number(0, 61), second: number(0, 61), part: fc.oneof(fc.constant(''), digits(1), digits(3), digits(6), digits(9)) });
    fc.assert(
      fc.property(written, ({ year, month, day, hour, minute, second, part }) => {
        const text = `${year}-${month}-${day}T${hour}:${minute}:${second}${part === '' ? '' : `.${part}`}Z`;
        const parsed = Date.parse(text);
        expect(timeOf(text)).toBe(Number.isNaN(parsed) || parsed < 0 || parsed > Date.UTC(2200, 0, 1) ? undefined : parsed);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is none where something else stands between the digits', () => {
    const usual = '2026-01-31T12:34:56.789Z';
    expect(timeOf(usual)).toBe(Date.UTC(2026, 0, 31, 12, 34, 56, 789));
    for (let at = 0; at < usual.length; at++) expect(timeOf(`${usual.slice(0, at)}x${usual.slice(at + 1)}`)).toBeUndefined();
  });
});
