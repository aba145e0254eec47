/** The thread in which events are made, watched and kept, beside the one that reads and tries the rules: `EventThread` speaks to it. */
import { parentPort, workerData } from 'node:worker_threads';
import { mappings } from '#generated/mappings.ts';
import { streamDetectors } from '#generated/stream-detectors.ts';
import type { RawRecord } from '#model/artifact.ts';
import { DetectorDesk, keptStates } from './detector-desk.ts';
import type { DetectorStep } from './detector-desk.ts';
import { loadEnrichment } from './enrichment.ts';
import { entriesByTable } from './entry-parts.ts';
import type { Part } from './entry-parts.ts';
import type { EventAnswer, EventQuestion, EventThreadSetup, FoundAt, PackedParts, RecordBatch } from './event-protocol.ts';
import { revive } from './kept-value.ts';
import { openLake, StoreError } from './lake.ts';
import type { Lake } from './lake.ts';
import { Normaliser } from './normaliser.ts';
import type { StreamMemory } from './stream.ts';

class EventDesk {
  readonly #normaliser: Normaliser;
  readonly #desk: DetectorDesk;
  readonly #clock: () => number;
  readonly #onNote: (note: string) => void;
  readonly #folder: string | undefined;
  #lake: Lake | undefined;

  constructor({ detectors, parts, enrichment, lake, ahead }: EventThreadSetup, onNote: (note: string) => void) {
    this.#clock = () => Date.now() + ahead;
    const { enrich } = loadEnrichment({ ...enrichment, indicators: [] });
    this.#normaliser = new Normaliser({ mappings, enrich, clock: this.#clock }, revive<StreamMemory>(parts.get('stream'))?.now);
    const units = detectors.flatMap((id) => streamDetectors.filter((unit) => unit.id === id));
    this.#desk = new DetectorDesk(units, { states: keptStates(parts), entries: entriesByTable(parts) });
    this.#folder = lake;
    this.#onNote = onNote;
  }

  /** Undefined where all there is to say is that it is done. */
  answer(question: EventQuestion): FoundAt | PackedParts | Promise<void> | undefined {
    switch (question.kind) {
      case 'observe':
        return this.#observe(question);
      case 'keep':
        return packed(this.#desk.changedParts());
      case 'append':
        return this.#lake?.append(question.event, question.epoch, question) ?? undefined;
      case 'recover':
        return this.#recover(question.epoch);
      case 'flush':
        return this.#lake?.flush(question.epoch);
      case 'committed':
        return this.#lake?.committed(question.epoch) ?? undefined;
      case 'close':
        return this.#lake?.close();
    }
  }

  async #recover(epoch: number): Promise<void> {
    if (this.#folder === undefined) return;
    this.#lake = openLake(this.#folder, { clock: this.#clock, onNote: this.#onNote });
    await this.#lake.recover(epoch);
  }

  #observe(batch: RecordBatch): FoundAt {
    const found = new Map<number, readonly DetectorStep[]>();
    for (let at = 0; at < batch.bodies.length; at++) {
      const record = recordAt(batch, at);
      const observation = this.#normaliser.observe(record);
      if (observation === undefined) continue;
      const steps = this.#desk.step(observation, this.#normaliser.now).filter(({ signals, diagnostics }) => signals.length > 0 || diagnostics.length > 0);
      if (steps.length > 0) found.set(at, steps.map(({ signals, diagnostics }) => ({ signals, diagnostics })));
      this.#lake?.append(observation.event, batch.epoch, record);
    }
    return found;
  }
}

function recordAt({ sources, from, sequences, written, bodies, isJson }: RecordBatch, at: number): RawRecord {
  const body = bodies[at];
  const when = written[at];
  return {
    source: sources[from[at] ?? 0] ?? '', sequence: sequences[at] ?? 0, value: isJson[at] === true ? (JSON.parse(String(body)) as unknown) : body,
    ...(when === undefined ? {} : { written: when }),
  };
}

function packed(parts: readonly Part[]): PackedParts {
  const bytes = new Uint8Array(parts.reduce((sum, [, part]) => sum + (part?.length ?? 0), 0));
  let at = 0;
  for (const [, part] of parts) {
    if (part === undefined) continue;
    bytes.set(part, at);
    at += part.length;
  }
  return { names: parts.map(([name]) => name), lengths: parts.map(([, part]) => part?.length ?? -1), bytes };
}

/** Questions are begun in their order; one that waits for the disk does not hold up the next. */
function serve(setup: EventThreadSetup): void {
  const post = (answer: EventAnswer, moved: ArrayBuffer[] = []): void => parentPort?.postMessage(answer, moved);
  const desk = new EventDesk(setup, (note) => post({ note }));
  const fail = (number: number, error: unknown): void => post({ number, failure: error instanceof Error ? error.message : String(error), ...(error instanceof StoreError ? { store: error.code } : {}) });
  parentPort?.on('message', ({ number, question }: { readonly number: number; readonly question: EventQuestion }) => {
    try {
      const answer = desk.answer(question);
      if (answer instanceof Promise) answer.then(() => post({ number, answer: undefined }), (error: unknown) => fail(number, error));
      else post({ number, answer }, answer !== undefined && 'bytes' in answer ? [answer.bytes.buffer] : []);
    } catch (error) {
      fail(number, error);
    }
  });
}

if (parentPort !== null) serve(workerData as EventThreadSetup);
