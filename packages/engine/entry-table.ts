import type { KeyedMemory } from '#model/stream.ts';

/** An entry with the place in the order of settings that it has: over a restart the same one makes room. */
export interface KeptEntry<Entry> {
  readonly order: number;
  readonly entry: Entry;
}

/** One entry between the one that was set just before it and the one set just after. */
interface Link<Entry> {
  readonly key: string;
  entry: Entry;
  order: number;
  changed: boolean;
  older: Link<Entry> | undefined;
  younger: Link<Entry> | undefined;
}

/** The memory of one detector by key, with what changed since somebody last asked. To set an entry costs one look-up, however many there are. */
export class EntryTable<Entry> implements KeyedMemory<Entry> {
  /** Entries that had to make room. */
  forgotten = 0;
  private readonly limit: number;
  private readonly links = new Map<string, Link<Entry>>();
  private oldest: Link<Entry> | undefined;
  private youngest: Link<Entry> | undefined;
  private nextOrder = 1;
  /** Nobody keeps what changes. */
  private readonly untracked: boolean;
  private changed: Link<Entry>[] = [];
  private gone = new Set<string>();

  /** `entries`, as `takeChanges` gave them, say that changes are to be known. */
  constructor(limit: number, entries?: Iterable<readonly [key: string, kept: KeptEntry<Entry>]>) {
    this.limit = limit;
    this.untracked = entries === undefined;
    for (const [key, { order, entry }] of [...(entries ?? [])].sort(([, one], [, other]) => one.order - other.order)) {
      const link = { key, entry, order, changed: false, older: undefined, younger: undefined };
      this.links.set(key, link);
      this.append(link);
      this.nextOrder = order + 1;
    }
  }

  get size(): number {
    return this.links.size;
  }

  get(key: string): Entry | undefined {
    return this.links.get(key)?.entry;
  }

  set(key: string, entry: Entry): void {
    if (this.limit < 1) return;
    const known = this.links.get(key);
    if (known === undefined) {
      if (this.links.size >= this.limit) this.makeRoom();
      const link = { key, entry, order: this.nextOrder++, changed: false, older: undefined, younger: undefined };
      this.links.set(key, link);
      this.append(link);
      this.note(link);
      return;
    }
    known.entry = entry;
    known.order = this.nextOrder++;
    if (known !== this.youngest) {
      this.unlink(known);
      this.append(known);
    }
    this.note(known);
  }

  delete(key: string): void {
    const link = this.links.get(key);
    if (link === undefined) return;
    this.links.delete(key);
    this.unlink(link);
    if (!this.untracked) this.gone.add(key);
  }

  *entries(): Iterable<readonly [key: string, entry: Entry]> {
    // What is next is asked for before anyone can take this one away; nobody may take away the next.
    for (let link = this.oldest; link !== undefined; ) {
      const { key, entry, younger } = link;
      yield [key, entry];
      link = younger;
    }
  }

  /** Entries that were set since this was last asked; undefined for those that are gone. */
  takeChanges(): (readonly [key: string, kept: KeptEntry<Entry> | undefined])[] {
    const changes: (readonly [key: string, kept: KeptEntry<Entry> | undefined])[] = [];
    for (const key of this.gone) if (!this.links.has(key)) changes.push([key, undefined]);
    for (const link of this.changed) {
      link.changed = false;
      if (this.links.get(link.key) === link) changes.push([link.key, { order: link.order, entry: link.entry }]);
    }
    this.gone.clear();
    this.changed = [];
    return changes;
  }

  private note(link: Link<Entry>): void {
    if (this.untracked || link.changed) return;
    link.changed = true;
    this.changed.push(link);
  }

  private makeRoom(): void {
    if (this.oldest === undefined) return;
    this.delete(this.oldest.key);
    this.forgotten++;
  }

  private append(link: Link<Entry>): void {
    link.older = this.youngest;
    link.younger = undefined;
    if (this.youngest === undefined) this.oldest = link;
    else this.youngest.younger = link;
    this.youngest = link;
  }

  private unlink({ older, younger }: Link<Entry>): void {
    if (older === undefined) this.oldest = younger;
    else older.younger = younger;
    if (younger === undefined) this.youngest = older;
    else younger.older = older;
  }
}
