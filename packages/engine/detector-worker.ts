/** The thread in which detectors watch, beside the one that reads, normalises and keeps: `DetectorThread` speaks to it. */
import { parentPort, workerData } from 'node:worker_threads';
import { streamDetectors } from '#generated/stream-detectors.ts';
import type { Event } from '#model/event.ts';
import type { Logsource, Observation } from '#model/stream.ts';
import { DetectorDesk, keptStates } from './detector-desk.ts';
import type { DetectorStep } from './detector-desk.ts';
import type { DetectorQuestion, DetectorSetup, FoundAt, ObservationBatch, PackedParts } from './detector-protocol.ts';
import { entriesByTable } from './entry-parts.ts';
import type { Part } from './entry-parts.ts';

/** An event that came as text: read when somebody asks. */
class ReadObservation implements Observation {
  readonly logsource: Logsource;
  readonly time: number;
  readonly #text: string;
  #event: Event | undefined;

  constructor(logsource: Logsource, time: number, text: string) {
    this.logsource = logsource;
    this.time = time;
    this.#text = text;
  }

  get event(): Event {
    return (this.#event ??= JSON.parse(this.#text) as Event);
  }

  get record(): unknown {
    return this.event.unmapped;
  }
}

function observe(desk: DetectorDesk, { logsources, sources, times, nows, events }: ObservationBatch): FoundAt {
  const found = new Map<number, readonly DetectorStep[]>();
  for (const [at, text] of events.entries()) {
    const steps = desk.step(new ReadObservation(logsources[sources[at] ?? 0] ?? {}, times[at] ?? 0, text), nows[at] ?? 0).filter(({ signals, diagnostics }) => signals.length > 0 || diagnostics.length > 0);
    if (steps.length > 0) found.set(at, steps.map(({ signals, diagnostics }) => ({ signals, diagnostics })));
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
