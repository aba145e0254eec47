import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EntryTable } from './entry-table.ts';
import type { KeptEntry } from './entry-table.ts';

type Deed = { readonly kind: 'set' | 'delete'; readonly key: string } | { readonly kind: 'keep' };
const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const deed: fc.Arbitrary<Deed> = fc.oneof(key.map((name) => ({ kind: 'set' as const, key: name })), key.map((name) => ({ kind: 'delete' as const, key: name })), fc.constant({ kind: 'keep' as const }));

test('it is a list of the last keys that were set, and what is kept of it makes the same again', () => {
  fc.assert(fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
    const table = new EntryTable<number>(3, []);
    const kept = new Map<string, KeptEntry<number>>();
    let model: [string, number][] = [];
    for (const [at, one] of deeds.entries()) {
      if (one.kind === 'set') {
        table.set(one.key, at);
        model = [...model.filter(([name]) => name !== one.key), [one.key, at] as [string, number]].slice(-3);
      } else if (one.kind === 'delete') {
        table.delete(one.key);
        model = model.filter(([name]) => name !== one.key);
      } else for (const [name, entry] of table.takeChanges()) void (entry === undefined ? kept.delete(name) : kept.set(name, entry));
      expect([...table.entries()]).toEqual(model);
    }
    for (const [name, entry] of table.takeChanges()) void (entry === undefined ? kept.delete(name) : kept.set(name, entry));
    const again = new EntryTable<number>(3, [...kept].reverse());
    expect([...again.entries()]).toEqual(model);
    for (const one of [table, again]) one.set('f', -1);
    expect([...again.entries()]).toEqual([...table.entries()]);
    const changes = (one: EntryTable<number>): unknown[] => one.takeChanges().map(([name, found]) => [name, found?.entry]);
    expect(changes(again)).toEqual(changes(table));
  }));
});

test('entries may be taken away while they are looked at', () => {
  const table = new EntryTable<number>(9);
  for (const name of ['a', 'b', 'c']) table.set(name, 1);
  for (const [name] of table.entries()) table.delete(name);
  expect([...table.entries()]).toEqual([]);
});
