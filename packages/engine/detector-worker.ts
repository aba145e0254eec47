/** The thread in which detectors watch, beside the one that reads, normalises and keeps: `DetectorThread` speaks to it. */
import { parentPort, workerData } from 'node:worker_threads';
import { streamDetectors } from '#generated/stream-detectors.ts';
import type { Event } from '#model/event.ts';
import type { Logsource, Observation } from '#model/stream.ts';
import { DetectorDesk, keptStates } from './detector-desk.ts';
import type { DetectorStep } from './detector-desk.ts';
import { beforeRecord } from './detector-protocol.ts';
import type { DetectorQuestion, DetectorSetup, FoundAt, ObservationBatch, PackedParts } from './detector-protocol.ts';
import { entriesByTable } from './entry-parts.ts';
import type { Part } from './entry-parts.ts';

/** An event that came as text: read when somebody asks, and the record in it when somebody asks for that. */
class ReadObservation implements Observation {
  readonly logsource: Logsource;
  readonly time: number;
  readonly #text: string;
  /** Where the record begins in the text; 0 where the event is read whole. */
  #recordAt: number;
  #event: Event | undefined;
  #record: unknown;

  constructor(logsource: Logsource, time: number, text: string, recordAt: number) {
    this.logsource = logsource;
    this.time = time;
    this.#text = text;
    this.#recordAt = recordAt;
  }

  /** Without its record, until that is asked for by `complete`. */
  get event(): Event {
    return (this.#event ??= this.#recordAt === 0 ? (JSON.parse(this.#text) as Event) : this.#withoutRecord());
  }

  get record(): unknown {
    if (this.#recordAt === 0) return this.event.unmapped;
    return (this.#record ??= JSON.parse(this.#text.slice(this.#recordAt, -1)));
  }

  /** The event as it was sent, for whoever is told of it. */
  complete(): void {
    if (this.#recordAt > 0 && this.#event !== undefined) Object.assign(this.#event, { unmapped: this.record });
  }

  #withoutRecord(): Event {
    try {
      return JSON.parse(`${this.#text.slice(0, this.#recordAt - beforeRecord.length)}}`) as Event;
    } catch {
      // The mark stood in an object within the event.
      this.#recordAt = 0;
      return JSON.parse(this.#text) as Event;
    }
  }
}

function observe(desk: DetectorDesk, { logsources, sources, times, nows, events, records }: ObservationBatch): FoundAt {
  const found = new Map<number, readonly DetectorStep[]>();
  for (let at = 0; at < events.length; at++) {
    const observation = new ReadObservation(logsources[sources[at] ?? 0] ?? {}, times[at] ?? 0, events[at] ?? '', records[at] ?? 0);
    const steps = desk.step(observation, nows[at] ?? 0).filter(({ signals, diagnostics }) => signals.length > 0 || diagnostics.length > 0);
    if (steps.length === 0) continue;
    observation.complete();
    found.set(at, steps.map(({ signals, diagnostics }) => ({ signals, diagnostics })));
  }
  return found;
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

function serve({ ids, parts }: DetectorSetup): void {
  const units = ids.flatMap((id) => streamDetectors.filter((unit) => unit.id === id));
  const desk = new DetectorDesk(units, { states: keptStates(parts), entries: entriesByTable(parts) });
  parentPort?.on('message', (question: DetectorQuestion) => {
    if (question.kind === 'observe') return parentPort?.postMessage(observe(desk, question));
    const answer = packed(desk.changedParts());
    parentPort?.postMessage(answer, [answer.bytes.buffer]);
  });
}

if (parentPort !== null) serve(workerData as DetectorSetup);
