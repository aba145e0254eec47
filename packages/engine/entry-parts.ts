import { deserialize, serialize } from 'node:v8';
import type { EntryTable, KeptEntry } from './entry-table.ts';

/** A part of a checkpoint; without bytes it is gone. */
export type Part = readonly [name: string, bytes: Uint8Array | undefined];

/** Entries that were set since this was last asked, as parts of a checkpoint; `table` is the first line of their names. */
export function changedParts(table: string, entries: EntryTable<unknown>): Part[] {
  return entries.takeChanges().map(([key, kept]) => [`${prefix}${table}\n${key}`, kept === undefined ? undefined : serialize(kept)] as const);
}

const prefix = 'entry/';

/** Entries by table. Only what this program wrote is read here: the store holds its checksum. */
export function entriesByTable(parts: ReadonlyMap<string, Uint8Array>): Map<string, [string, KeptEntry<unknown>][]> {
  const found = new Map<string, [string, KeptEntry<unknown>][]>();
  for (const [name, bytes] of parts) {
    if (!name.startsWith(prefix)) continue;
    const end = name.indexOf('\n');
    const table = name.slice(prefix.length, end);
    const list = found.get(table) ?? [];
    list.push([name.slice(end + 1), deserialize(bytes) as KeptEntry<unknown>]);
    found.set(table, list);
  }
  return found;
}
