import type { Diagnostic } from '#model/diagnostic.ts';
import type { Event } from '#model/event.ts';
import type { ListeningSource, ReplayableSource } from '#model/intake.ts';
import type { Severity } from '#model/severity.ts';
import type { EnrichmentOptions } from './enrichment.ts';
import type { Handled } from './event-pipeline.ts';
import type { NamedSink } from './outbox-delivery.ts';
import type { WatchRun, WatchUnits } from './watch-run.ts';

/** The part of the lake that watching needs; `packages/store/lake.ts` says what each promises. */
export interface EventLake {
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
  /** Where there is no thread beside. A state made anew goes on after the latest epoch that the lake holds anything of. */
  readonly lake: (EventLake & { latestEpoch(): number }) | undefined;
  readonly sinks: readonly NamedSink[];
  /** Signals and incidents below are not handed on. */
  readonly handOnFrom?: Severity;
  /** A receiver will never take this notice; it is told to nobody else. */
  readonly onRefused?: (sink: string, payload: string, reason: string) => void;
  /** Go on until `signal` aborts; otherwise end when the sources have. */
  readonly follow: boolean;
  /** Events are made and kept in a thread of their own, with its own lake, and detectors that can watch there; what is found is the same. */
  readonly beside?: { readonly enrichment: EnrichmentOptions; readonly lake?: string };
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
