import { Worker } from 'node:worker_threads';
import { streamDetectors } from '#generated/stream-detectors.ts';
import type { Event } from '#model/event.ts';
import type { Logsource, Observation, StreamUnit } from '#model/stream.ts';
import { beforeRecord } from './detector-protocol.ts';
import type { DetectorQuestion, DetectorSetup, FoundAt, ObservationBatch, PackedParts } from './detector-protocol.ts';
import type { Part } from './entry-parts.ts';
import { EngineError } from './errors.ts';
import { detectorWorkerUrl } from './place.ts';

/** An observation as a thread of detectors takes it. */
export interface SentObservation {
  readonly observation: Observation;
  readonly now: number;
  /** The event as JSON. */
  readonly text: string;
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: EngineError) => void;
}

/** Which detectors a thread can run: those that the program has itself, not those that are made of the user's files. */
export function canRunElsewhere(unit: StreamUnit): boolean {
  return streamDetectors.includes(unit);
}

/** Detectors in a thread of their own. Questions are answered in their order, so that the order of the stream is that of the answers. */
export class DetectorThread {
  readonly #thread: Worker;
  readonly #waiting: Waiting[] = [];
  #lost: EngineError | undefined;

  constructor(units: readonly StreamUnit[], parts: ReadonlyMap<string, Uint8Array>) {
    const setup: DetectorSetup = { ids: units.map(({ id }) => id), parts };
    this.#thread = new Worker(detectorWorkerUrl(), { workerData: setup });
    this.#thread.on('message', (answer: unknown) => this.#waiting.shift()?.resolve(answer));
    this.#thread.on('error', (error: Error) => this.#lose(error.message));
    this.#thread.on('exit', () => this.#lose('it ended'));
  }

  /** What was found in each, by its place. */
  observe(batch: readonly SentObservation[]): Promise<FoundAt> {
    return this.#ask(questionOf(batch)) as Promise<FoundAt>;
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

  async close(): Promise<void> {
    this.#lost = new EngineError('thread-lost', 'the thread of the detectors was closed');
    await this.#thread.terminate();
  }

  #ask(question: DetectorQuestion): Promise<unknown> {
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#thread.postMessage(question);
    });
  }

  #lose(reason: string): void {
    this.#lost ??= new EngineError('thread-lost', `the thread of the detectors was lost (${reason}); start the watch again: it goes on from its last checkpoint`);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#lost);
  }
}

function questionOf(batch: readonly SentObservation[]): ObservationBatch {
  const logsources: Logsource[] = [];
  const places = new Map<string, number>();
  const placeOf = ({ product, service, category }: Logsource): number => {
    const key = `${product ?? ''}\0${service ?? ''}\0${category ?? ''}`;
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, logsources.length);
    return logsources.push({ ...(product === undefined ? {} : { product }), ...(service === undefined ? {} : { service }), ...(category === undefined ? {} : { category }) }) - 1;
  };
  return {
    kind: 'observe', sources: batch.map(({ observation }) => placeOf(observation.logsource)), logsources, times: batch.map(({ observation }) => observation.time),
    nows: batch.map(({ now }) => now), events: batch.map(({ text }) => text), records: batch.map(({ observation, text }) => recordAt(observation.event, text)),
  };
}

/** In a text, the mark would have its quotes escaped; in an object within the event it may stand earlier, which the reader sees from its brackets. */
function recordAt(event: Event, text: string): number {
  if (Object.keys(event).at(-1) !== 'unmapped') return 0;
  const at = text.indexOf(beforeRecord);
  return at < 0 ? 0 : at + beforeRecord.length;
}
