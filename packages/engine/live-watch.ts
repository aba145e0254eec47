import { join } from 'node:path';
import type { IncidentUpdate } from '#score/incidents/correlate.ts';
import type { RawRecord } from '#model/artifact.ts';
import type { Notice } from '#model/sink.ts';
import type { ListeningSource, Position, ReplayableSource, SourceBatch } from '#model/intake.ts';
import { atLeast, severities } from '#model/severity.ts';
import type { Severity } from '#model/severity.ts';
import { openState } from '#store/state.ts';
import type { KeptIncident, State } from '#store/state.ts';
import { StoreError } from '#store/store-error.ts';
import { resting } from '#sources/read-record.ts';
import { Spool } from '#store/spool/spool.ts';
import type { DetectorStep } from './detector-desk.ts';
import type { Part } from './entry-parts.ts';
import type { Handled } from './event-pipeline.ts';
import { EventThread, runsElsewhere } from './event-thread.ts';
import { IncidentExamples } from './incident-examples.ts';
import { latestEpochIn } from './lake.ts';
import type { EventLake, LiveWatchOptions } from './live-watch-options.ts';
import { OutboxDelivery } from './outbox-delivery.ts';
import type { Waiting } from './stream.ts';
import { readVerdicts, verdictNotices } from './verdicts.ts';
import { WatchRun } from './watch-run.ts';
import type { WatchSummary } from './watch-run.ts';

export type { EventLake, LiveFigures, LiveWatchOptions } from './live-watch-options.ts';

/** Records that may wait for the thread of the events before the next are read. */
const mostWaiting = 12_000;

/** A checkpoint is due after so long, when nobody waits to be told of anything after a while more, or after so many records; one that took long is not made again at once. */
const interval = { milliseconds: 1_000, quiet: 1_000, records: 20_000, timesItsCost: 10 };

/**
 * Watches and remembers: what was read, what the detectors know and what is to be told are committed together, so that a
 * process that dies at any moment goes on from the last commit and comes to the same incidents. What is printed or handed on can come twice,
 * under the same key.
 */
export async function liveWatch(options: LiveWatchOptions): Promise<WatchSummary> {
  const state = openState(join(options.folder, 'state'), { startAfter: () => latestEpochOf(options) });
  try {
    return await new LiveWatch(options, state).run();
  } finally {
    state.close();
  }
}

/** A checkpoint that is to be made when all before it is finished: what reading and rules had come to. */
interface Due {
  readonly epoch: number;
  readonly positions: ReadonlyMap<string, Position>;
  readonly begun: readonly Part[];
  readonly elsewhere: Promise<readonly Part[]> | undefined;
}

/**
 * Two halves that work one behind the other. Reading: records are normalised and tried on the rules; in a thread beside, their events go to the detectors
 * and into the lake. Telling: what was found becomes signals and incidents, in the order of the records. A checkpoint cuts both at the same record, so that it
 * does not matter how far the first half was ahead.
 */
class LiveWatch {
  private readonly options: LiveWatchOptions;
  private readonly state: State;
  private readonly line: WatchRun;
  private readonly positions: Map<string, Position>;
  private readonly changed = new Map<string, IncidentUpdate>();
  private readonly absorbed = new Set<string>();
  private readonly notices: Notice[] = [];
  private readonly delivery: OutboxDelivery;
  private readonly examples: IncidentExamples;
  private spool: Spool | undefined;
  private verdicts = 0;
  /** Number of the last verdict that receivers were told of. */
  private toldVerdicts: number;
  private records = 0;
  private readonly beside: EventThread | undefined;
  private readonly lake: EventLake | undefined;
  /** That what is read belongs to; what waits to be told may belong to the one before. */
  private epoch: number;
  /** The second half, with the records that wait for it. */
  private telling: Promise<void> = Promise.resolve();
  /** Its pieces that are not done, the oldest first, and how many records are in them. */
  private readonly pieces: Promise<void>[] = [];
  private waiting = 0;
  private committing = false;
  /** Of a checkpoint that was made between batches, or of the second half. */
  private failure: unknown;
  private nextCommit: number;
  /** One batch or commit at a time, whichever source it comes from. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(options: LiveWatchOptions, state: State) {
    this.options = options;
    this.state = state;
    this.examples = new IncidentExamples(options.folder);
    const checkpoint = state.checkpoint;
    this.toldVerdicts = Number(Buffer.from(checkpoint?.parts.get('verdicts') ?? []).toString());
    this.epoch = state.epoch + 1;
    const parts = checkpoint?.parts ?? new Map<string, Uint8Array>();
    const [elsewhere, here] = options.beside === undefined ? [[], options.detectors ?? []] : split(options.detectors ?? [], runsElsewhere);
    this.line = new WatchRun({ ...options, detectors: here }, parts);
    this.beside = options.beside === undefined ? undefined : new EventThread(elsewhere, parts, { ...options.beside, clock: options.clock, onNote: (message) => this.line.note({ code: 'lake-note', message }) });
    this.lake = this.beside ?? options.lake;
    this.positions = new Map(checkpoint?.positions);
    this.nextCommit = options.clock() + interval.milliseconds;
    this.delivery = new OutboxDelivery(state.outbox, options.sinks, { clock: options.clock, note: (diagnostic) => this.line.note(diagnostic), onRefused: options.onRefused });
    options.onBegin?.((diagnostic) => this.line.note(diagnostic));
    if (state.damage !== undefined) this.line.note({ code: 'state-damaged', message: state.damage });
  }

  async run(): Promise<WatchSummary> {
    try {
      return await this.watch();
    } finally {
      await this.beside?.end();
    }
  }

  private async watch(): Promise<WatchSummary> {
    const { lake, options: { listening } } = this;
    await lake?.recover(this.state.epoch);
    this.readVerdicts();
    const closing = await this.listen(listening);
    const rules = this.options.follow ? this.line.followRules((work) => void this.inTurn(async () => work()).catch(() => undefined)) : undefined;
    const timer = setInterval(() => void this.inTurn(() => this.commitIfDue()).catch((error: unknown) => (this.failure ??= error)), interval.milliseconds);
    try {
      await this.readAll();
    } finally {
      clearInterval(timer);
      rules?.close();
      await Promise.all(closing.map((close) => close()));
    }
    await this.telling;
    await this.inTurn(() => this.commit());
    await this.telling;
    if (this.failure !== undefined) throw this.failure;
    await this.delivery.drain(this.options.follow);
    await lake?.close();
    await this.spool?.close();
    return this.line.summary();
  }

  /** Without an end to wait for, sources are read side by side; otherwise one after the other, so that the order is always the same. */
  private async readAll(): Promise<void> {
    const sources = [...this.options.replayable, ...(this.spool === undefined ? [] : [this.spool.source({ signal: this.stop, follow: this.options.follow })])];
    if (!this.options.follow) for (const source of sources) await this.pump(source);
    else await this.pumpAll(sources);
  }

  /** One source that fails does not end the others; when none is left, the run fails as the first did. */
  private async pumpAll(sources: readonly ReplayableSource[]): Promise<void> {
    const failures: unknown[] = [];
    await Promise.all(sources.map((source) => this.pump(source).catch((error: unknown) => {
      failures.push(error);
      // What can't be kept must not be read on.
      if (error instanceof StoreError || failures.length === sources.length) throw failures[0];
      this.line.note({ code: 'source-failed', path: source.id, message: `${source.id} is not read any more: ${error instanceof Error ? error.message : String(error)}` });
    })));
  }

  private get stop(): AbortSignal {
    return this.options.signal ?? new AbortController().signal;
  }

  private async pump(source: ReplayableSource): Promise<void> {
    for await (const batch of source.read(this.positions.get(source.id))) {
      await this.inTurn(() => this.take(source.id, batch));
      if (this.stop.aborted) return;
    }
  }

  private async take(source: string, { records, position }: SourceBatch): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    const { beside, epoch } = this;
    const found = records.length === 0 ? undefined : beside?.observe(records, epoch);
    // Its failure is that of the second half, which waits for it.
    found?.catch(() => undefined);
    const begun = records.map((record): Waiting => {
      const { observation, outcome, rules, found: here } = this.line.begin(record);
      if (observation !== undefined && beside === undefined) this.lake?.append(observation.event, epoch, record);
      return { record: resting(record), outcome, rules, found: here };
    });
    this.positions.set(source, position);
    this.records += records.length;
    this.next(records.length, async () => {
      const steps = await found;
      for (let at = 0; at < begun.length; at++) {
        const handled = this.finish(begun[at] as Waiting, steps?.get(at) ?? none, epoch);
        if (handled !== undefined) await this.line.tell(handled);
      }
    });
    // What was read goes on while a checkpoint waits for the disk, and only as many records are waited for as are too many.
    if (beside === undefined) await this.telling;
    while (this.waiting > mostWaiting && this.failure === undefined) await this.pieces[0];
    if (this.failure !== undefined) throw this.failure;
    this.options.onRead?.(source, records.length, this.line.pipeline.now);
    await this.commitIfDue();
  }

  /** Work of the second half, behind all that waits already. */
  private next(records: number, work: () => Promise<void>): void {
    this.waiting += records;
    const before = this.telling;
    const behind = async (): Promise<void> => {
      await before;
      try {
        // After a failure nothing may be told, and nothing committed.
        if (this.failure === undefined) await work();
      } catch (error) {
        this.failure ??= error;
      }
      this.waiting -= records;
      void this.pieces.shift();
    };
    this.telling = behind();
    this.pieces.push(this.telling);
  }

  /** What there is to tell of a record; it is kept already. */
  private finish(begun: Waiting, found: readonly DetectorStep[], epoch: number): Handled | undefined {
    const handled = this.line.finish(begun, found);
    if (handled.signals.length === 0) return undefined;
    this.keep(handled, begun.record, epoch);
    return handled;
  }

  private keep({ signals }: Handled, record: RawRecord, epoch: number): void {
    for (const { signal, update, dismissed } of signals) {
      const event = this.options.signalEvent(signal);
      this.lake?.append(event, epoch, record);
      if (!dismissed && this.isHandedOn(signal.severity)) this.notices.push({ kind: 'signal', key: event.metadata.uid ?? `${signal.rule}-${signal.time}`, signal });
      if (update === undefined) continue;
      this.changed.set(update.id, update);
      this.examples.add(update.id, signal.rule, record);
      for (const id of update.absorbed) {
        this.changed.delete(id);
        this.absorbed.add(id);
      }
      if (update.change !== 'quiet' && this.isHandedOn(update.incident.severity)) this.notices.push({ kind: 'incident', key: `${update.id}-${update.revision}`, revision: update.revision, incident: update.incident });
    }
  }

  private isHandedOn(severity: Severity): boolean {
    return atLeast(severities, severity, this.options.handOnFrom ?? 'informational');
  }

  private async commitIfDue(): Promise<void> {
    if (this.committing) return;
    const now = this.options.clock();
    const quiet = this.changed.size === 0 && this.notices.length === 0 ? interval.quiet : 0;
    if (this.records >= interval.records || (this.records > 0 && now >= this.nextCommit + quiet)) await this.commit();
    else if (now >= this.nextCommit) this.readVerdicts();
  }

  /** Cuts the stream: what was begun belongs to this epoch, what comes next to the one after it. */
  private async commit(): Promise<void> {
    const { epoch, beside } = this;
    const due: Due = { epoch, positions: new Map(this.positions), begun: this.line.pipeline.begunParts(), elsewhere: beside?.changedParts() };
    due.elsewhere?.catch(() => undefined);
    this.epoch++;
    this.records = 0;
    this.committing = true;
    this.next(0, () => this.complete(due).finally(() => (this.committing = false)));
    if (beside === undefined) await this.telling;
    if (this.failure !== undefined) throw this.failure;
  }

  /** The lake first: what it holds beyond the last commit is taken back after a crash, what it lacks could not be made up for. */
  private async complete({ epoch, positions, begun, elsewhere }: Due): Promise<void> {
    const [found] = await Promise.all([elsewhere, this.lake?.flush(epoch)]);
    // What this thread is kept from by a checkpoint; for the disk of the lake it need not wait.
    const began = this.options.clock();
    const incidents = [...this.changed.values()].map(({ incident, revision }): KeptIncident => ({ incident, revision }));
    const { refused } = this.state.commit(epoch, {
      at: began, positions, parts: [...begun, ...(found ?? none), ...this.line.pipeline.finishedParts(), ['verdicts', Buffer.from(String(this.toldVerdicts))]], incidents, absorbed: [...this.absorbed], outbox: this.delivery.entriesFor(this.notices),
    });
    this.lake?.committed(epoch);
    if (refused > 0) this.line.note({ code: 'outbox-limit', count: refused, message: `${refused} notices found no room to wait for their receivers and are not handed on; they are in the lake` });
    const spooled = positions.get(spoolId);
    if (spooled !== undefined) this.spool?.release(spooled);
    this.changed.clear();
    this.absorbed.clear();
    this.notices.length = 0;
    this.nextCommit = this.options.clock() + Math.max(interval.milliseconds, (this.options.clock() - began) * interval.timesItsCost);
    this.readVerdicts();
    this.delivery.wake();
    this.options.onCheckpoint?.(this.line, { epoch, waiting: this.spool?.figures.bytes ?? 0, outbox: this.state.outbox.size });
  }

  private readVerdicts(): void {
    const { last, given } = readVerdicts(this.state, this.verdicts, this.line.pipeline.desk);
    this.verdicts = last;
    // Told with the next commit, which remembers it.
    for (const verdict of given) if (verdict.number > this.toldVerdicts) this.notices.push(...verdictNotices(this.state, verdict));
    this.toldVerdicts = Math.max(this.toldVerdicts, last);
  }

  private async listen(sources: readonly ListeningSource[]): Promise<(() => Promise<void>)[]> {
    const { folder } = this.options;
    if (sources.length === 0) return [];
    const spool = new Spool({ folder: join(folder, 'spool'), id: spoolId, onDiagnostic: (diagnostic) => this.line.note(diagnostic) });
    this.spool = spool;
    const started = await Promise.all(sources.map(async (source) => ({ source, ...(await source.start((records) => spool.append(records))) })));
    for (const { source, addresses } of started) this.options.onListening?.(source.id, addresses);
    return started.map(({ close }) => close);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }
}

const spoolId = 'spool';

const none: readonly never[] = [];

function split<T>(all: readonly T[], holds: (one: T) => boolean): [T[], T[]] {
  return [all.filter(holds), all.filter((one) => !holds(one))];
}

function latestEpochOf({ beside, lake }: LiveWatchOptions): number {
  return beside?.lake === undefined ? (lake?.latestEpoch() ?? 0) : latestEpochIn(beside.lake);
}
