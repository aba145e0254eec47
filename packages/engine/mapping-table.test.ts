import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { mappings } from '#generated/mappings.ts';
import { MappingTable } from './mapping-table.ts';

const folder = new URL('../normalize/mappings/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.cases.ts'));
const records: unknown[] = [];
const mapped: { readonly id: string; readonly record: unknown }[] = [];
for (const file of files) {
  const { default: cases } = (await import(new URL(file, folder).href)) as { default: { maps: readonly { record: unknown }[]; rejects: readonly unknown[] } };
  records.push(...cases.maps.map(({ record }) => record), ...cases.rejects);
  mapped.push(...cases.maps.map(({ record }) => ({ id: file.slice(0, -'.cases.ts'.length), record })));
}

const table = new MappingTable(mappings);
const names = (found: readonly { id: string }[]): string[] => found.map(({ id }) => id);

function expectSame(value: unknown): void {
  const walked = names(table.ordered.filter((mapping) => mapping.accepts(value)));
  expect(names(table.candidates(value).filter((mapping) => mapping.accepts(value)))).toEqual(walked);
}

describe('the table of mappings', () => {
  it('gives the same as asking all mappings, on every case', () => {
    expect(records.length).toBeGreaterThan(200);
    records.forEach(expectSame);
  });

  it('gives the same when parts are missing, moved, or strange', () => {
    const values = [undefined, null, 7, 'x', [], {}, ['x'], { id: 'x' }];
    for (const record of records.filter((one): one is object => typeof one === 'object' && one !== null && !Array.isArray(one))) {
      for (const key of Object.keys(record)) {
        for (const value of values) expectSame({ ...record, [key]: value });
        expectSame(Object.fromEntries(Object.entries(record).filter(([name]) => name !== key)));
      }
    }
  });

  it('gives the same on texts cut anywhere and on anything else', () => {
    const texts = records.filter((one) => typeof one === 'string');
    fc.assert(fc.property(fc.constantFrom(...texts), fc.nat({ max: 200 }), fc.string({ maxLength: 3 }), (text, at, before) => expectSame(before + text.slice(at))));
    fc.assert(fc.property(fc.anything(), expectSame));
  });

  it('asks few mappings about one record', () => {
    const asked = records.map((record) => table.candidates(record).length);
    expect(asked.reduce((sum, count) => sum + count, 0) / asked.length).toBeLessThan(12);
  });
});

describe('the order of mappings', () => {
  it('lets each have what it knows', () => {
    const taken = ({ record }: (typeof mapped)[number]): string | undefined => table.candidates(record).find((mapping) => mapping.accepts(record) && mapping.map({ source: '-', sequence: 1, value: record }) !== undefined)?.id;
    const general = new Set(mappings.filter((mapping) => mapping.general === true).map(({ id }) => id));
    expect(mapped.filter((one) => !general.has(one.id) && taken(one) !== one.id).map((one) => `${one.id} loses ${JSON.stringify(one.record)} to ${taken(one)}`)).toEqual([]);
  });

  it('puts what says where it comes from before what takes anything', () => {
    const generic = names(table.ordered).filter((id) => id === 'generic-json' || id === 'plain-text');
    expect(names(table.ordered).slice(-2)).toEqual(generic);
  });
});
