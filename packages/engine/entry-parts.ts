import { EntryTable } from './entry-table.ts';
import type { KeptEntry } from './entry-table.ts';
import { packEntry, unpackEntry } from './packed-entry.ts';

/** A part of a checkpoint; without bytes it is gone. */
export type Part = readonly [name: string, bytes: Uint8Array | undefined];

/** Entries that were set since this was last asked, as parts of a checkpoint; `table` is the first line of their names. */
export function changedParts(table: string, entries: EntryTable<unknown>): Part[] {
  return entries.takeChanges().map(([key, kept]) => [`${prefix}${table}\n${key}`, kept === undefined ? undefined : packEntry(kept)] as const);
}

const prefix = 'entry/';

/** By table, what earlier checkpoints kept of it. */
export type Entries = ReadonlyMap<string, readonly (readonly [key: string, kept: KeptEntry<unknown>])[]>;

/** A table as earlier checkpoints left it; without `entries` nothing is kept, and nothing is noted of what changes. */
export function tableOf<T>(entries: Entries | undefined, table: string, limit: number): EntryTable<T> {
  return new EntryTable<T>(limit, entries === undefined ? undefined : ((entries.get(table) ?? []) as readonly (readonly [string, KeptEntry<T>])[]));
}

/** Entries by table. Only what this program wrote is read here: the store holds its checksum. */
export function entriesByTable(parts: ReadonlyMap<string, Uint8Array>): Entries {
  const found = new Map<string, [string, KeptEntry<unknown>][]>();
  for (const [name, bytes] of parts) {
    if (!name.startsWith(prefix)) continue;
    const end = name.indexOf('\n');
    const table = name.slice(prefix.length, end);
    const list = found.get(table) ?? [];
    list.push([name.slice(end + 1), unpackEntry(bytes)]);
    found.set(table, list);
  }
  return found;
}
