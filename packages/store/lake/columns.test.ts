import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columns, fit, storedColumns, valuesOf } from './columns.ts';
import { classSlug, dayOf, isPartition, partitionOf, undated } from './partition.ts';
import { anyEvent, sampleDay, sampleEvent } from './sample.arbitrary.ts';


test('column names are unique and can be written without quotes', () => {
  const names = storedColumns.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z][a-z_]*$/);
});

describe('a value', () => {
  test.each([
    ['api_operation', { api: { operation: 'GetObject' } }, 'GetObject'],
    ['resource_name', { resources: [{ uid: 'arn:1' }] }, 'arn:1'],
    ['process_name', { actor: { process: { name: 'sh' } } }, 'sh'],
    ['process_name', { process: { name: 'ls' }, actor: { process: { name: 'sh' } } }, 'ls'],
    ['src_endpoint_port', { src_endpoint: { port: '22' } }, null],
    ['src_endpoint_port', { src_endpoint: { port: 22 } }, 22],
    ['user_uid', { user: { uid: 1000 } }, '1000'],
    ['status_id', { status_id: 2 ** 40 }, null],
  ])('of %s', (name, more, expected) => {
    const values: (string | number | null)[] = [];
    valuesOf(sampleEvent(1, more), values);
    expect(values).toHaveLength(columns.length);
    expect(values[columns.findIndex((each) => each.name === name)]).toBe(expected);
  });

  test('fits its column or is left out', () => {
    expect(fit('time', -1)).toBeNull();
    expect(fit('time', 1.5)).toBeNull();
    expect(fit('long', Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER);
    expect(fit('long', 2 ** 60)).toBeNull();
    expect(fit('text', 'x'.repeat(5000))).toHaveLength(4096);
    expect(fit('text', { toString: () => 'no' })).toBeNull();
  });
});

describe('a partition', () => {
  test.each([
    ['API Activity', 6003, 'api_activity'],
    ['Identity & Access', 1, 'identity_access'],
    ['../../etc', 7, 'etc'],
    ['', 9, 'class_9'],
    ['日本', 2, 'class_2'],
    ['9 lives', 3, 'class_3'],
  ])('of class %j', (name, uid, slug) => expect(classSlug(name, uid)).toBe(slug));

  test.each([
    [sampleDay, '2026-11-28'],
    [sampleDay - 1, '2026-11-27'],
    [sampleDay + 86_400_000, '2026-11-29'],
    [sampleDay + 30 * 86_400_000, undated],
    [0, undated],
    [Number.NaN, undated],
    [Number.POSITIVE_INFINITY, undated],
  ])('of time %d', (time, day) => expect(dayOf(time, sampleDay)).toBe(day));

  test('is a safe path whatever the event says', () =>
    fc.assert(fc.property(anyEvent, (event) => void expect(isPartition(partitionOf(event, sampleDay))).toBe(true))));
});
