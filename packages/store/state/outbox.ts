import type { DatabaseSync } from 'node:sqlite';

export interface OutboxEntry {
  /** Name of the sink, as the engine calls it. */
  readonly sink: string;
  /** The same whenever the same thing is handed on again: an entry that is there already is left as it is. */
  readonly key: string;
  readonly payload: string;
}

export interface DueEntry extends OutboxEntry {
  readonly number: number;
  readonly attempts: number;
}

/** Most entries that may wait; what comes on top is refused and counted. */
export const outboxLimit = 100_000;

/** What was decided to be handed on and was not acknowledged yet. In: with the epoch's commit. Out: when the sink has it. */
export class Outbox {
  readonly #database: DatabaseSync;
  readonly #guarded: <T>(work: () => T) => T;

  constructor(database: DatabaseSync, guarded: <T>(work: () => T) => T) {
    this.#database = database;
    this.#guarded = guarded;
  }

  get size(): number {
    return this.#guarded(() => Number(this.#database.prepare('SELECT count(*) AS n FROM outbox').get()?.['n']));
  }

  /** Called inside the commit's transaction; gives how many found no room. */
  add(entries: readonly OutboxEntry[]): number {
    if (entries.length === 0) return 0;
    const insert = this.#database.prepare('INSERT INTO outbox (sink, key, payload) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
    const room = Math.max(0, outboxLimit - this.size);
    for (const { sink, key, payload } of entries.slice(0, room)) insert.run(sink, key, payload);
    return Math.max(0, entries.length - room);
  }

  /** The entries of a sink that are due at `now`, in the order in which they were committed. */
  due(sink: string, now: number, most: number): DueEntry[] {
    return this.#guarded(() =>
      this.#database
        .prepare('SELECT number, key, payload, attempts FROM outbox WHERE sink = ? AND due <= ? ORDER BY number LIMIT ?')
        .all(sink, now, most)
        .map((row) => ({
          sink,
          number: Number(row['number']),
          key: String(row['key']),
          payload: String(row['payload']),
          attempts: Number(row['attempts']),
        })),
    );
  }

  /** The sink has them. */
  delivered(numbers: readonly number[]): void {
    this.#each('DELETE FROM outbox WHERE number = ?', numbers.map((number) => [number]));
  }

  /** The sink could not be had: they are due again at `due`. */
  postpone(numbers: readonly number[], due: number): void {
    this.#each('UPDATE outbox SET attempts = attempts + 1, due = ? WHERE number = ?', numbers.map((number) => [due, number]));
  }

  #each(sql: string, rows: readonly (readonly number[])[]): void {
    if (rows.length === 0) return;
    this.#guarded(() => {
      this.#database.exec('BEGIN IMMEDIATE');
      const statement = this.#database.prepare(sql);
      for (const row of rows) statement.run(...row);
      this.#database.exec('COMMIT');
    });
  }
}
