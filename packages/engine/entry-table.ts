import type { KeyedMemory } from '#model/stream.ts';

/** An entry with the place in the order of settings that it has: over a restart the same one makes room. */
export interface KeptEntry<Entry> {
  readonly order: number;
  readonly entry: Entry;
}

/** The memory of one detector by key, with what changed since somebody last asked. */
export class EntryTable<Entry> implements KeyedMemory<Entry> {
  /** Entries that had to make room. */
  forgotten = 0;
  private readonly limit: number;
  private readonly kept = new Map<string, KeptEntry<Entry>>();
  /** Undefined where nobody keeps what changes. */
  private readonly changed: Set<string> | undefined;
  private nextOrder = 1;

  /** `entries`, as `takeChanges` gave them, say that changes are to be known. */
  constructor(limit: number, entries?: Iterable<readonly [key: string, kept: KeptEntry<Entry>]>) {
    this.limit = limit;
    this.changed = entries === undefined ? undefined : new Set();
    for (const [key, entry] of [...(entries ?? [])].sort(([, one], [, other]) => one.order - other.order)) this.kept.set(key, entry);
    this.nextOrder = 1 + [...this.kept.values()].reduce((most, { order }) => Math.max(most, order), 0);
  }

  get size(): number {
    return this.kept.size;
  }

  get(key: string): Entry | undefined {
    return this.kept.get(key)?.entry;
  }

  set(key: string, entry: Entry): void {
    if (this.limit < 1) return;
    if (!this.kept.delete(key) && this.kept.size >= this.limit) this.makeRoom();
    this.kept.set(key, { order: this.nextOrder++, entry });
    this.changed?.add(key);
  }

  delete(key: string): void {
    if (this.kept.delete(key)) this.changed?.add(key);
  }

  *entries(): Iterable<readonly [key: string, entry: Entry]> {
    for (const [key, { entry }] of this.kept) yield [key, entry];
  }

  /** Entries that were set since this was last asked; undefined for those that are gone. */
  takeChanges(): (readonly [key: string, kept: KeptEntry<Entry> | undefined])[] {
    const changes = [...(this.changed ?? [])].map((key) => [key, this.kept.get(key)] as const);
    this.changed?.clear();
    return changes;
  }

  private makeRoom(): void {
    const oldest = this.kept.keys().next();
    if (oldest.done === true) return;
    this.delete(oldest.value);
    this.forgotten++;
  }
}
