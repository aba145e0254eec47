import { Worker } from 'node:worker_threads';
import { streamDetectors } from '#generated/stream-detectors.ts';
import type { RawRecord } from '#model/artifact.ts';
import type { Event } from '#model/event.ts';
import type { StreamUnit } from '#model/stream.ts';
import { ReadRecord } from '#sources/read-record.ts';
import { StoreError } from '#store/store-error.ts';
import type { EnrichmentOptions } from './enrichment.ts';
import type { Part } from './entry-parts.ts';
import { EngineError } from './errors.ts';
import type { EventAnswer, EventQuestion, EventThreadSetup, FoundAt, PackedParts, RecordBatch } from './event-protocol.ts';
import type { EventLake } from './live-watch-options.ts';
import { eventWorkerUrl } from './place.ts';

/** What the thread of the events needs of the watch; its mappings and detectors are those of the program. */
export interface EventThreadOptions {
  readonly enrichment: EnrichmentOptions;
  /** Folder of the lake; without one, events are kept nowhere. */
  readonly lake?: string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** What the lake has to say. */
  readonly onNote: (note: string) => void;
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Which detectors the thread runs: those that the program has itself, not those that are made of the user's files; the heavy ones would be more than its share. */
export function runsElsewhere(unit: StreamUnit): boolean {
  return unit.heavy !== true && streamDetectors.includes(unit);
}

/**
 * Makes events of records in a thread of its own, has detectors watch them, and gives them to the lake, while the thread of the watch tries the rules on the
 * same records. Both make the same event of a record: it is cheaper made twice than handed over.
 */
export class EventThread implements EventLake {
  readonly #thread: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #lost: EngineError | undefined;
  /** What went wrong with a question that nobody waits for: the next one is told. */
  #failure: Error | undefined;

  constructor(units: readonly StreamUnit[], parts: ReadonlyMap<string, Uint8Array>, { enrichment, lake, clock, onNote }: EventThreadOptions) {
    const setup: EventThreadSetup = { detectors: units.map(({ id }) => id), parts, enrichment, ahead: clock() - Date.now(), ...(lake === undefined ? {} : { lake }) };
    this.#thread = new Worker(eventWorkerUrl(), { workerData: setup });
    this.#thread.on('message', (answer: EventAnswer) => ('note' in answer ? onNote(answer.note) : this.#settle(answer)));
    this.#thread.on('error', (error: Error) => this.#lose(error.message));
    this.#thread.on('exit', () => this.#lose('it ended'));
  }

  /** What was found in each, by its place. */
  observe(records: readonly RawRecord[], epoch: number): Promise<FoundAt> {
    return this.#ask(batchOf(records, epoch)) as Promise<FoundAt>;
  }

  /** Parts of a checkpoint, as they are after what was sent before. */
  async changedParts(): Promise<readonly Part[]> {
    const { names, lengths, bytes } = (await this.#ask({ kind: 'keep' })) as PackedParts;
    let at = 0;
    return names.map((name, index): Part => {
      const length = lengths[index] ?? -1;
      return [name, length < 0 ? undefined : bytes.subarray(at, (at += length))];
    });
  }

  async recover(epoch: number): Promise<void> {
    await this.#ask({ kind: 'recover', epoch });
  }

  append(event: Event, epoch: number, { source, sequence }: { readonly source: string; readonly sequence: number }): void {
    this.#tell({ kind: 'append', event, epoch, source, sequence });
  }

  async flush(epoch: number): Promise<void> {
    await this.#ask({ kind: 'flush', epoch });
  }

  committed(epoch: number): void {
    this.#tell({ kind: 'committed', epoch });
  }

  /** The lake is closed; the thread can be asked nothing more. */
  async close(): Promise<void> {
    await this.#ask({ kind: 'close' });
    await this.end();
  }

  /** At once, whatever it is doing. */
  async end(): Promise<void> {
    this.#lost ??= new EngineError('thread-lost', 'the thread of the events was closed');
    await this.#thread.terminate();
  }

  #ask(question: EventQuestion): Promise<unknown> {
    const failure = this.#failure ?? this.#lost;
    if (failure !== undefined) return Promise.reject(failure);
    return new Promise((resolve, reject) => {
      this.#waiting.set(++this.#asked, { resolve, reject });
      this.#thread.postMessage({ number: this.#asked, question });
    });
  }

  #tell(question: EventQuestion): void {
    void this.#ask(question).catch((error: unknown) => (this.#failure ??= error instanceof Error ? error : new Error(String(error))));
  }

  #settle(answer: Exclude<EventAnswer, { readonly note: string }>): void {
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if ('answer' in answer) waiting?.resolve(answer.answer);
    else waiting?.reject(answer.store === undefined ? new Error(answer.failure) : new StoreError(answer.store, answer.failure));
  }

  #lose(reason: string): void {
    this.#lost ??= new EngineError('thread-lost', `the thread of the events was lost (${reason}); start the watch again: it goes on from its last checkpoint`);
    for (const { reject } of this.#waiting.values()) reject(this.#lost);
    this.#waiting.clear();
  }
}

function batchOf(records: readonly RawRecord[], epoch: number): RecordBatch {
  const sources: string[] = [];
  const from = records.map(({ source }) => {
    const known = sources.lastIndexOf(source);
    return known < 0 ? sources.push(source) - 1 : known;
  });
  const json = records.map(ReadRecord.jsonOf);
  return {
    kind: 'observe', epoch, sources, from, sequences: records.map(({ sequence }) => sequence), written: records.map(({ written }) => written),
    bodies: records.map(({ value }, at) => json[at] ?? value), isJson: json.map((text) => text !== undefined),
  };
}
