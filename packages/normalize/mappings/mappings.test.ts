import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Mapping } from '#model/unit.ts';

interface MappingCases {
  readonly maps: readonly { readonly record: unknown; readonly expect: object }[];
  readonly rejects: readonly unknown[];
}

const names = readdirSync(import.meta.dirname).filter((file) => /^[a-z-]+\.ts$/.test(file)).map((file) => file.slice(0, -3));

describe.each(names)('mapping %s', async (name) => {
  const mapping = ((await import(`./${name}.ts`)) as { default: Mapping }).default;
  const cases = ((await import(`./${name}.cases.ts`)) as { default: MappingCases }).default;

  it.each(cases.maps)('maps %#', ({ record, expect: wanted }) => {
    expect(mapping.accepts(record)).toBe(true);
    const event = mapping.map({ source: '-', sequence: 1, value: record });
    expect(event).toMatchObject(wanted);
    expect(event?.unmapped).toEqual(record);
    expect(event?.type_uid).toBe((event?.class_uid ?? 0) * 100 + (event?.activity_id ?? 0));
  });

  it.each(cases.rejects.map((value) => [value]))('rejects %j', (value) => {
    expect(mapping.accepts(value) && mapping.map({ source: '-', sequence: 1, value }) !== undefined).toBe(false);
  });
});
