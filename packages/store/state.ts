/**
 * What the watch must still know after it was killed: how far each source was read, the detectors' state, the incidents, what is
 * still to be handed to sinks, and what people said about incidents. One SQLite file; one transaction for each epoch.
 *
 * The order that loses and doubles nothing: `await lake.flush(epoch)`, then `state.commit(epoch, ...)`. After a start
 * (`openState(folder, { startAfter: () => lake.latestEpoch() })`): `lake.recover(state.epoch)`, then read the sources from `state.checkpoint.positions`.
 */
import { hash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Incident } from '#model/incident.ts';
import type { Position } from '#model/intake.ts';
import { lockFolder } from './state/lock.ts';
import { asStoreError, databaseFile, openDatabase, setAside } from './state/open-database.ts';
import { Outbox, type OutboxEntry } from './state/outbox.ts';
import { neverCommitted } from './state/schema.ts';
import { Verdicts } from './state/verdicts.ts';
import { StoreError } from './store-error.ts';

export interface Checkpoint {
  readonly epoch: number;
  /** By the id of the source. */
  readonly positions: ReadonlyMap<string, Position>;
  /** The detectors' state, by the name under which it was committed. */
  readonly parts: ReadonlyMap<string, Uint8Array>;
  /** Milliseconds since the epoch, as `Commit.at` said. */
  readonly created: number;
}

export interface KeptIncident {
  /** Counts the changes of the incident, from 1. */
  readonly revision: number;
  readonly incident: Incident;
}

export interface Commit {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Of every source: they take the place of those before. */
  readonly positions: ReadonlyMap<string, Position>;
  /** Parts of the detectors' state that changed; `undefined` takes a part away, what is not named stays as it is. */
  readonly parts: Iterable<readonly [name: string, bytes: Uint8Array | undefined]>;
  /** Incidents that changed. */
  readonly incidents: readonly KeptIncident[];
  /** Ids of incidents that became part of others. */
  readonly absorbed?: readonly string[];
  /** What is to be handed to sinks from now on. */
  readonly outbox: readonly OutboxEntry[];
}

export interface StateOptions {
  /**
   * `owner` (the watch) keeps the folder for itself. `guest` reads incidents and adds verdicts beside an owner; it can't commit.
   */
  readonly role?: 'owner' | 'guest';
  /**
   * Asked when a state is made anew: the epoch after which its own begin. What a lake already holds then is kept, and is not taken
   * for something that was never committed.
   */
  readonly startAfter?: () => number;
}

/** Opens the state in `folder`. Throws StoreError; its message can be shown as it is. */
export function openState(folder: string, { role = 'owner', startAfter }: StateOptions = {}): State {
  if (role === 'guest') {
    if (!existsSync(databaseFile(folder))) throw new StoreError('state-missing', `${folder} holds no state; nothing was watched with it yet`);
    return new State(folder, openDatabase(folder));
  }
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw asStoreError(folder, error);
  }
  const lock = lockFolder(folder);
  try {
    return openOwned(folder, lock, startAfter);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function openOwned(folder: string, lock: { release(): void }, startAfter: StateOptions['startAfter']): State {
  try {
    return openWhole(folder, lock, startAfter);
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'state-damaged') throw error;
    const aside = setAside(folder);
    const damage = `${error.message}; it was set aside as ${aside}, and the watch begins with empty state: sources are read from their beginning (what the lake has of them is there twice), incidents begin anew`;
    return new State(folder, openDatabase(folder, startAfter), { lock, damage });
  }
}

/** Opens, and reads the checkpoint once to see that it is whole. */
function openWhole(folder: string, lock: { release(): void }, startAfter: StateOptions['startAfter']): State {
  const database = openDatabase(folder, startAfter);
  try {
    const state = new State(folder, database, { lock });
    void state.checkpoint;
    return state;
  } catch (error) {
    database.close();
    throw error;
  }
}

export class State {
  /** Set when a damaged file was set aside: what happened and what follows from it. */
  readonly damage: string | undefined;
  readonly outbox: Outbox;
  readonly verdicts: Verdicts;
  readonly #file: string;
  readonly #database: DatabaseSync;
  readonly #lock: { release(): void } | undefined;
  #epoch: number;

  constructor(folder: string, database: DatabaseSync, owned: { lock?: { release(): void }; damage?: string } = {}) {
    this.#file = databaseFile(folder);
    this.#database = database;
    this.#lock = owned.lock;
    this.damage = owned.damage;
    const guarded = <T>(work: () => T): T => this.#guarded(work);
    this.outbox = new Outbox(database, guarded);
    this.verdicts = new Verdicts(database, guarded);
    this.#epoch = guarded(() => Number(database.prepare('SELECT epoch FROM checkpoint').get()?.['epoch'] ?? 0));
  }

  /** The last committed epoch; 0 before the first. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Of every source, as the last commit said, without what else it holds; undefined before the first. Read anew each time. */
  get positions(): ReadonlyMap<string, Position> | undefined {
    return this.#guarded(() => this.#head()?.positions);
  }

  /** The last commit; undefined before the first. Read anew each time. */
  get checkpoint(): Checkpoint | undefined {
    return this.#guarded(() => {
      const head = this.#head();
      if (head === undefined) return undefined;
      const parts = new Map<string, Uint8Array>();
      for (const part of this.#database.prepare('SELECT name, bytes, sum FROM part ORDER BY name').iterate()) {
        const { name, bytes } = part;
        if (typeof name !== 'string' || !(bytes instanceof Uint8Array)) continue;
        this.#check(name, sumOf(bytes), part['sum']);
        parts.set(name, bytes);
      }
      return { ...head, parts };
    });
  }

  #head(): Omit<Checkpoint, 'parts'> | undefined {
    const row = this.#database.prepare('SELECT epoch, positions, created, sum FROM checkpoint').get();
    if (row === undefined || row['created'] === neverCommitted) return undefined;
    const text = String(row['positions']);
    this.#check('checkpoint', sumOf(text), row['sum']);
    return { epoch: Number(row['epoch']), positions: new Map(JSON.parse(text) as [string, Position][]), created: Number(row['created']) };
  }

  /**
   * Makes an epoch durable, all of it or nothing: it is on disk when this returns. Gives how many entries the outbox had no room for.
   */
  commit(epoch: number, { at, positions, parts, incidents, absorbed = [], outbox }: Commit): { readonly refused: number } {
    if (this.#lock === undefined) throw new StoreError('state-unusable', `${this.#file} was opened beside its owner; only the owner may commit`);
    if (!Number.isSafeInteger(epoch) || epoch <= this.#epoch) {
      throw new StoreError('epoch-order', `epoch ${epoch} follows epoch ${this.#epoch}; epochs only grow`);
    }
    const refused = this.#guarded(() => {
      this.#database.exec('BEGIN IMMEDIATE');
      this.#writeParts(epoch, parts);
      for (const kept of incidents) this.#writeIncident(kept);
      for (const id of absorbed) this.#database.prepare('DELETE FROM incident WHERE id = ?').run(id);
      const left = this.outbox.add(outbox);
      const text = JSON.stringify([...positions]);
      this.#database
        .prepare('INSERT OR REPLACE INTO checkpoint (one, epoch, positions, created, sum) VALUES (1, ?, ?, ?, ?)')
        .run(epoch, text, at, sumOf(text));
      this.#database.exec('COMMIT');
      return left;
    });
    this.#epoch = epoch;
    return { refused };
  }

  /** Incidents whose last signal is not before `since`, oldest first. */
  incidents(since = 0): KeptIncident[] {
    return this.#guarded(() =>
      this.#database
        .prepare('SELECT revision, json FROM incident WHERE last >= ? ORDER BY last, id')
        .all(since)
        .map((row) => ({ revision: Number(row['revision']), incident: JSON.parse(String(row['json'])) as Incident })),
    );
  }

  /** Takes away the incidents whose last signal is before `before`; gives how many. */
  forgetIncidents(before: number): number {
    return this.#guarded(() => Number(this.#database.prepare('DELETE FROM incident WHERE last < ?').run(before).changes));
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
    this.#lock?.release();
  }

  #writeParts(epoch: number, parts: Commit['parts']): void {
    const write = this.#database.prepare('INSERT INTO part (name, epoch, bytes, sum) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch, bytes = excluded.bytes, sum = excluded.sum');
    const remove = this.#database.prepare('DELETE FROM part WHERE name = ?');
    for (const [name, bytes] of parts) {
      if (bytes === undefined) remove.run(name);
      else write.run(name, epoch, bytes, sumOf(bytes));
    }
  }

  #writeIncident({ revision, incident }: KeptIncident): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO incident (id, revision, state, last, json) VALUES (?, ?, ?, ?, ?)')
      .run(incident.id, revision, incident.state, incident.last, JSON.stringify(incident));
  }

  #check(what: string, found: string, kept: SQLOutputValue | undefined): void {
    if (found !== kept) throw new StoreError('state-damaged', `${this.#file} is damaged (the checksum of '${what}' is wrong)`);
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw asStoreError(this.#file, error);
    }
  }
}

function sumOf(data: string | Uint8Array): string {
  return hash('sha256', data, 'base64url');
}
