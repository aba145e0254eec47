import { expect, it } from 'vitest';
import { choice, day, hex64, instant, listOf, part, record, text, whole } from './closed-shape.ts';

const decode = record({ name: text(5), size: whole(0, 9) }, { kind: choice(['a', 'b'] as const) });

it('takes what it names and leaves nothing else behind', () => {
  expect(decode({ name: 'x', size: 3, kind: 'b' }, '')).toEqual({ name: 'x', size: 3, kind: 'b' });
  expect(part({ size: whole(0, 9) })({ size: 1, more: 2 }, '')).toEqual({ size: 1 });
});

it.each<[unknown, string]>([
  [null, 'must be an object'],
  [[], 'must be an object'],
  [{ name: 'x' }, 'lacks size'],
  [{ name: 'x', size: 1, more: 1 }, 'unknown member "more"'],
  [JSON.parse('{"name":"x","size":1,"__proto__":{"kind":"a"}}'), 'unknown member "__proto__"'],
  [{ name: 'x', size: -1 }, 'size: must be a whole number'],
  [{ name: 'x', size: -0 }, 'size: must be a whole number'],
  [{ name: 'x', size: 1.5 }, 'size: must be a whole number'],
  [{ name: 'x', size: Number.NaN }, 'size: must be a whole number'],
  [{ name: 'x', size: '1' }, 'size: must be a whole number'],
  [{ name: 'longer', size: 1 }, 'name: is longer than 5'],
  [{ name: '\ud800', size: 1 }, 'name: is not valid Unicode'],
  [{ name: 'x', size: 1, kind: 'c' }, 'kind: must be one of a, b'],
])('refuses %j', (value, message) => expect(() => decode(value, '')).toThrow(message));

it('does not find what only a prototype has', () => {
  expect(() => decode(Object.create({ name: 'x', size: 1 }), '')).toThrow('lacks name');
});

it('bounds lists', () => expect(() => listOf(whole(0, 9), 2)([1, 2, 3], 'list')).toThrow('list: has 3 entries'));

it.each(['2026-02-30T00:00:00.000Z', '2026-01-01T00:00:00Z', '2026-01-01T24:00:00.000Z', '+002026-01-01T00:00:00.000Z', ''])('knows that %j is no time', (value) => {
  expect(() => instant(value, 't')).toThrow('t: ');
});

it('knows days and hashes', () => {
  expect(day('2028-02-29', '')).toBe('2028-02-29');
  expect(() => day('2026-02-29', '')).toThrow('is no time');
  expect(() => hex64('A'.repeat(64), '')).toThrow('wrong form');
});
