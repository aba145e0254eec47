import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Event } from '#model/event.ts';
import type { Glance, Mapping } from '#model/unit.ts';

interface MappingCases {
  readonly maps: readonly { readonly record: unknown; readonly expect: object }[];
  readonly rejects: readonly unknown[];
}

/** What makes a careless pattern try again and again. */
const fillers = [' ', 'a', '0', '"', '\\', '- ', 'a=', '[', '|', ', ', 'a.', '1:', '{} ', 'x: '];

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
    else expect(event?.unmapped).toMatchObject(onceEach(record as object));
    expect(event?.type_uid).toBe((event?.class_uid ?? 0) * 100 + (event?.activity_id ?? 0));
  });

  it.each(cases.maps)('does not throw on parts of %#, and shows rules what the event holds', ({ record }) => {
    for (const value of [record, ...partsOf(record)]) {
      if (!mapping.accepts(value)) continue;
      const raw = { source: '-', sequence: 1, value };
      const event = mapping.map(raw);
      expect(event === undefined || Number.isSafeInteger(event.time)).toBe(true);
      if (mapping.glance !== undefined) expectSame(mapping.glance(raw), event);
      if (mapping.inner !== undefined) expect(() => mapping.inner?.(raw)).not.toThrow();
    }
  });

  it('survives anything, inside its time budget', () => {
    const show = (value: unknown): void => {
      const raw = { source: '-', sequence: 1, value };
      if (mapping.accepts(value)) void [mapping.map(raw), mapping.glance?.(raw), mapping.inner?.(raw)];
    };
    fc.assert(fc.property(fc.anything(), show), { numRuns: 50 });
    const own = cases.maps.map(({ record }) => record).filter((record): record is string => typeof record === 'string');
    const started = process.threadCpuUsage();
    for (const text of own) {
      const middle = Math.floor(text.length / 2);
      for (const filler of fillers) for (const at of [0, 30, middle, text.length]) show(text.slice(0, at) + filler.repeat(16_000 / filler.length) + text.slice(at));
      show(text.repeat(Math.ceil(16_000 / text.length)));
    }
    expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(200 + 1_000 * own.length);
  });

  it.each(cases.rejects.map((value) => [value]))('rejects %j', (value) => {
    expect(mapping.accepts(value) && mapping.map({ source: '-', sequence: 1, value }) !== undefined).toBe(false);
  });
});

/** The data of a Windows event lie at the top, and not where they were as well. */
function onceEach(record: { readonly Event?: { readonly EventData?: object } }): object {
  if (record.Event?.EventData === undefined) return record;
  const { EventData: data, ...rest } = record.Event;
  return { ...record, ...data, Event: rest };
}

function expectSame(glance: Glance | undefined, event: Event | undefined): void {
  expect(glance === undefined ? undefined : { time: glance.time, record: glance.record }).toEqual(event === undefined ? undefined : { time: event.time, record: event.unmapped });
}

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
