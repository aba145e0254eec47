import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Mapping } from '#model/unit.ts';

interface MappingCases {
  readonly maps: readonly { readonly record: unknown; readonly expect: object }[];
  readonly rejects: readonly unknown[];
}

const names = readdirSync(import.meta.dirname).filter((file) => /^[a-z0-9-]+\.ts$/.test(file)).map((file) => file.slice(0, -3));

describe.each(names)('mapping %s', async (name) => {
  const mapping = ((await import(`./${name}.ts`)) as { default: Mapping }).default;
  const cases = ((await import(`./${name}.cases.ts`)) as { default: MappingCases }).default;

  it.each(cases.maps)('maps %#', ({ record, expect: wanted }) => {
    expect(mapping.accepts(record)).toBe(true);
    const event = mapping.map({ source: '-', sequence: 1, value: record });
    expect(event).toMatchObject(wanted);
    // A line of text is kept in `raw_data`; its fields are named in `unmapped`.
    if (typeof record === 'string') expect(event).toMatchObject({ raw_data: record, unmapped: { message: expect.any(String) as string } });
    else expect(event?.unmapped).toMatchObject(record as object);
    expect(event?.type_uid).toBe((event?.class_uid ?? 0) * 100 + (event?.activity_id ?? 0));
  });

  it.each(cases.maps)('does not throw on parts of %#', ({ record }) => {
    for (const part of partsOf(record)) {
      const event = mapping.accepts(part) ? mapping.map({ source: '-', sequence: 1, value: part }) : undefined;
      expect(event === undefined || Number.isSafeInteger(event.time)).toBe(true);
    }
  });

  it.each(cases.rejects.map((value) => [value]))('rejects %j', (value) => {
    expect(mapping.accepts(value) && mapping.map({ source: '-', sequence: 1, value }) !== undefined).toBe(false);
  });
});

/** The record with each member gone, or of a type that nobody expects; a line of text cut and repeated. */
function partsOf(record: unknown): unknown[] {
  if (typeof record === 'string') {
    return [7, 16, 40, record.length - 3].flatMap((length) => [record.slice(0, length), record.slice(length), `${record.slice(0, length)}${record}`]);
  }
  const strange: unknown[] = [undefined, null, 7, '', 'x', [], [null], {}, { a: { b: [{}] } }, true, Number.NaN, '\ud800'];
  const members = Object.entries(record as object);
  return members.flatMap(([key, member]) => [
    ...strange.map((value) => ({ ...(record as object), [key]: value })),
    ...(typeof member === 'object' && member !== null && !Array.isArray(member) ? partsOf(member).map((part) => ({ ...(record as object), [key]: part })) : []),
  ]);
}
