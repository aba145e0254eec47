import { equal, ok } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { RawRecord } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { EventSource, ListeningSource, ReplayableSource, SourceBatch, SourceContext } from '#model/intake.ts';

/** Settings of a source in a case, by name. */
export type Settings = Readonly<Record<string, string>>;

/** Where cases play a source against peers of their own, on this machine only. It plays the engine, too. */
export class SourceStage {
  readonly records: RawRecord[] = [];
  readonly batches: SourceBatch[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly deadLetters: { readonly bytes: Uint8Array; readonly reason: string }[] = [];
  /** What `clock()` says. */
  now = Date.parse('2026-03-04T05:06:07Z');
  /** A folder of its own, gone at the end. */
  readonly folder = mkdtempSync(join(tmpdir(), 'watchward-source-'));
  /** The addresses that listeners said they can be reached at. */
  readonly heard: string[] = [];
  readonly #source: EventSource;
  readonly #abort = new AbortController();
  readonly #running: Promise<unknown>[] = [];
  readonly #cleared: (() => void)[] = [];
  #held: (() => void)[] | undefined;
  #refusing = false;

  constructor(source: EventSource) {
    this.#source = source;
  }

  context(settings: Settings = {}, follow = true): SourceContext {
    return {
      signal: this.#abort.signal,
      follow,
      onDiagnostic: (diagnostic) => void this.diagnostics.push(diagnostic),
      onDeadLetter: (bytes, reason) => void this.deadLetters.push({ bytes: Uint8Array.from(bytes), reason }),
      clock: () => this.now,
      setting: (name) => settings[name],
    };
  }

  open(address: string, settings?: Settings, follow?: boolean): ReplayableSource | ListeningSource {
    return this.#source.open(address, this.context(settings, follow));
  }

  /** Starts a listener and gives the first address that it can be reached at, or an empty text for one that only asks others. */
  async listen(address: string, settings?: Settings): Promise<URL> {
    const source = this.open(address, settings);
    if (source.kind !== 'listening') throw new Error(`${address} does not listen`);
    const { addresses, close } = await source.start((records) => this.#accept(records));
    this.#running.push(new Promise<void>((resolve) => this.#abort.signal.addEventListener('abort', () => resolve(close()))));
    this.heard.push(...addresses);
    return new URL(addresses[0] ?? 'none:');
  }

  /** Reads a replayable source: to its end, or until the stage is cleared when it follows. */
  read(address: string, { settings, from, follow = false }: { settings?: Settings; from?: SourceBatch['position']; follow?: boolean } = {}): Promise<void> {
    const source = this.open(address, settings, follow);
    if (source.kind !== 'replayable') throw new Error(`${address} cannot be read again`);
    const reading = this.#readAll(source, from);
    this.#running.push(reading);
    return reading;
  }

  async #readAll(source: ReplayableSource, from: SourceBatch['position'] | undefined): Promise<void> {
    for await (const batch of source.read(from)) {
      this.batches.push(batch);
      for (const record of batch.records) this.records.push(record);
    }
  }

  async #accept(records: readonly RawRecord[]): Promise<void> {
    if (this.#held !== undefined) await new Promise<void>((resolve) => this.#held?.push(resolve));
    if (this.#refusing) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    for (const record of records) this.records.push(record);
  }

  /** How many batches wait for the disk. */
  get waiting(): number {
    return this.#held?.length ?? 0;
  }

  /** From now on nothing gets onto the disk, until `release`. */
  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const resolve of held) resolve();
  }

  /** From now on the disk is full. */
  refuse(refusing = true): void {
    this.#refusing = refusing;
  }

  /** The values of all records, once there are as many; fails after fifteen seconds. */
  async values(count: number): Promise<readonly unknown[]> {
    await this.until(() => this.records.length >= count, () => `${count} records; there are ${this.records.length}, and ${JSON.stringify(this.diagnostics).slice(0, 500)}`);
    equal(this.records.length, count);
    return this.records.map(({ value }) => value);
  }

  async until(holds: () => boolean, what: () => string): Promise<void> {
    for (let tries = 0; tries < 3000 && !holds(); tries += 1) await wait(5);
    ok(holds(), `waited in vain for ${what()}`);
  }

  said(pattern: RegExp): boolean {
    return this.diagnostics.some(({ message }) => pattern.test(message));
  }

  /** For what a case has set up besides the source. */
  whenCleared(act: () => void): void {
    this.#cleared.push(act);
  }

  /** As the engine ends a run. Resolves once everything that was started here has ended. */
  async abort(): Promise<void> {
    this.release();
    this.#abort.abort();
    await Promise.all(this.#running);
  }

  async clear(): Promise<void> {
    try {
      await this.abort();
    } finally {
      for (const act of this.#cleared) act();
      rmSync(this.folder, { recursive: true, force: true });
    }
  }
}
