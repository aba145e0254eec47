import { join } from 'node:path';
import type { IncidentUpdate } from '#score/incidents/correlate.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { RawRecord } from '#model/artifact.ts';
import type { Notice } from '#model/sink.ts';
import type { ListeningSource, Position, ReplayableSource, SourceBatch } from '#model/intake.ts';
import type { Event } from '#model/event.ts';
import { atLeast, severities } from '#model/severity.ts';
import type { Severity } from '#model/severity.ts';
import { openState } from '#store/state.ts';
import type { KeptIncident, State } from '#store/state.ts';
import { StoreError } from '#store/store-error.ts';
import { Spool } from '#store/spool/spool.ts';
import type { Handled } from './event-pipeline.ts';
import { IncidentExamples } from './incident-examples.ts';
import { OutboxDelivery } from './outbox-delivery.ts';
import type { NamedSink } from './outbox-delivery.ts';
import { readVerdicts, verdictNotices } from './verdicts.ts';
import { WatchRun } from './watch-run.ts';
import type { WatchSummary, WatchUnits } from './watch-run.ts';

/** The part of the lake that watching needs; `packages/store/lake.ts` says what each promises. */
export interface EventLake {
  /** The latest epoch that it holds anything of: a state made anew goes on after it. */
  latestEpoch(): number;
  recover(committedEpoch: number): Promise<unknown>;
  append(event: Event, epoch: number, origin: { readonly source: string; readonly sequence: number }): void;
  flush(epoch: number): Promise<void>;
  committed(epoch: number): void;
  close(): Promise<void>;
}

export interface LiveWatchOptions extends WatchUnits {
  /** Where everything is kept that must outlive the process. */
  readonly folder: string;
  readonly replayable: readonly ReplayableSource[];
  readonly listening: readonly ListeningSource[];
  readonly lake: EventLake | undefined;
  readonly sinks: readonly NamedSink[];
  /** Signals and incidents below are not handed on. */
  readonly handOnFrom?: Severity;
  /** A receiver will never take this notice; it is told to nobody else. */
  readonly onRefused?: (sink: string, payload: string, reason: string) => void;
  /** Go on until `signal` aborts; otherwise end when the sources have. */
  readonly follow: boolean;
  /** A signal as an OCSF event, for the lake. */
  readonly signalEvent: (signal: Handled['signals'][number]['signal']) => Event;
  /** Before anything is read: sources tell their troubles through `note`, so that they count. */
  readonly onBegin?: (note: (diagnostic: Diagnostic) => void) => void;
  readonly onListening?: (source: string, addresses: readonly string[]) => void;
  /** After each batch: how many records of which source, and when the newest event of all was. */
  readonly onRead?: (source: string, records: number, newest: number) => void;
  readonly onCheckpoint?: (run: WatchRun, figures: LiveFigures) => void;
}

export interface LiveFigures {
  readonly epoch: number;
  /** Bytes that listeners received and that wait to be read. */
  readonly waiting: number;
  readonly outbox: number;
}

/** A checkpoint is due after so long, or so many records; one that took long is not made again at once. */
const interval = { milliseconds: 1_000, records: 20_000, timesItsCost: 10 };

/**
 * Watches and remembers: what was read, what the detectors know and what is to be told are committed together, so that a
 * process that dies at any moment goes on from the last commit and comes to the same incidents. What is printed or handed on can come twice,
 * under the same key.
 */
export async function liveWatch(options: LiveWatchOptions): Promise<WatchSummary> {
  const state = openState(join(options.folder, 'state'), { startAfter: () => options.lake?.latestEpoch() ?? 0 });
  try {
    return await new LiveWatch(options, state).run();
  } finally {
    state.close();
  }
}

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
  /** Of a checkpoint that was made between batches. */
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
    this.line = new WatchRun(options, checkpoint?.parts ?? new Map());
    this.positions = new Map(checkpoint?.positions);
    this.nextCommit = options.clock() + interval.milliseconds;
    this.delivery = new OutboxDelivery(state.outbox, options.sinks, { clock: options.clock, note: (diagnostic) => this.line.note(diagnostic), onRefused: options.onRefused });
    options.onBegin?.((diagnostic) => this.line.note(diagnostic));
    if (state.damage !== undefined) this.line.note({ code: 'state-damaged', message: state.damage });
  }

  async run(): Promise<WatchSummary> {
    const { lake, listening } = this.options;
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
    await this.inTurn(() => this.commit());
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
    for (const record of records) {
      const handled = this.line.take(record);
      this.keep(handled, record);
      if (handled.signals.length > 0) await this.line.tell(handled);
    }
    this.positions.set(source, position);
    this.records += records.length;
    this.options.onRead?.(source, records.length, this.line.pipeline.now);
    await this.commitIfDue();
  }

  private keep({ observation, signals }: Handled, record: RawRecord): void {
    const { source, sequence } = record;
    const epoch = this.state.epoch + 1;
    if (observation !== undefined) this.options.lake?.append(observation.event, epoch, { source, sequence });
    for (const { signal, update, dismissed } of signals) {
      const event = this.options.signalEvent(signal);
      this.options.lake?.append(event, epoch, { source, sequence });
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
    if (this.records >= interval.records || (this.records > 0 && this.options.clock() >= this.nextCommit)) await this.commit();
    else if (this.options.clock() >= this.nextCommit) this.readVerdicts();
  }

  /** The lake first: what it holds beyond the last commit is taken back after a crash, what it lacks could not be made up for. */
  private async commit(): Promise<void> {
    const began = this.options.clock();
    const epoch = this.state.epoch + 1;
    await this.options.lake?.flush(epoch);
    const incidents = [...this.changed.values()].map(({ incident, revision }): KeptIncident => ({ incident, revision }));
    const { refused } = this.state.commit(epoch, {
      at: began, positions: this.positions, parts: [...this.line.pipeline.parts(), ['verdicts', Buffer.from(String(this.toldVerdicts))]], incidents, absorbed: [...this.absorbed], outbox: this.delivery.entriesFor(this.notices),
    });
    this.options.lake?.committed(epoch);
    if (refused > 0) this.line.note({ code: 'outbox-limit', count: refused, message: `${refused} notices found no room to wait for their receivers and are not handed on; they are in the lake` });
    const spooled = this.positions.get(spoolId);
    if (spooled !== undefined) this.spool?.release(spooled);
    this.changed.clear();
    this.absorbed.clear();
    this.notices.length = 0;
    this.records = 0;
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

