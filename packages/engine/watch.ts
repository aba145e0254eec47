import type { Readable } from 'node:stream';
import type { RawRecord } from '#model/artifact.ts';
import type { EventBundle } from '#model/content.ts';
import { isDegrading } from '#model/diagnostic.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Signal } from '#model/event.ts';
import type { Mapping } from '#model/unit.ts';
import { readRecords } from '#sources/records.ts';
import { loadEventRules } from './event-rules.ts';
import { limitBacktracking } from './linear-regexp.ts';
import { EventStream } from './stream.ts';

export type ReadRecords = (from: string | Readable, onDiagnostic: (diagnostic: Diagnostic) => void) => AsyncIterable<RawRecord>;

export interface WatchOptions {
  /** Absolute paths, or streams; read one after the other. */
  readonly from: readonly (string | Readable)[];
  /** Files and folders of Sigma rules that the user brings. */
  readonly ruleDirs: readonly string[];
  readonly mappings: readonly Mapping[];
  readonly contentRules: EventBundle['sigma'];
  /** How records are read; tests hand in their own. */
  readonly read?: ReadRecords;
  /** Milliseconds, for the duration in the summary only: no result depends on it. */
  readonly clock: () => number;
  /** The next record waits until it has returned. */
  onSignal(signal: Signal): Promise<void> | void;
  onDiagnostic(diagnostic: Diagnostic): void;
  readonly signal?: AbortSignal;
}

export interface WatchSummary {
  /** Records that were decoded, plus those that could not be. */
  readonly records: number;
  readonly mapped: number;
  readonly unmapped: number;
  readonly unreadable: number;
  readonly rulesLoaded: number;
  readonly rulesSkipped: number;
  readonly signals: number;
  /** Something that should have been looked at was not. */
  readonly degraded: boolean;
  readonly interrupted: boolean;
  readonly seconds: number;
}

/** Reads records, finds signals, and hands each on as soon as it is found. */
export async function watch(options: WatchOptions): Promise<WatchSummary> {
  limitBacktracking();
  const started = options.clock();
  const counts = { mapped: 0, unmapped: 0, unreadable: 0, signals: 0 };
  let degraded = false;
  const note = (diagnostic: Diagnostic): void => {
    // A source that was cut off on purpose complains about it; that is told once, below.
    if (diagnostic.code === 'event-unreadable' && options.signal?.aborted === true) return;
    if (isDegrading(diagnostic)) degraded = true;
    if (diagnostic.code === 'event-unreadable') counts.unreadable += diagnostic.count ?? 1;
    options.onDiagnostic(diagnostic);
  };
  const { rules, correlations, skipped, diagnostics } = loadEventRules(options.contentRules, options.ruleDirs);
  diagnostics.forEach(note);
  const stream = new EventStream({ mappings: options.mappings, rules, correlations });
  for await (const record of recordsOf(options, note)) {
    const result = stream.push(record);
    if (result.outcome !== 'unreadable') counts[result.outcome]++;
    result.diagnostics.forEach(note);
    for (const signal of result.signals) {
      counts.signals++;
      await options.onSignal(signal);
    }
  }
  const interrupted = options.signal?.aborted ?? false;
  if (interrupted) note({ code: 'run-interrupted', message: 'stopped before the end of the records' });
  return {
    ...counts,
    records: counts.mapped + counts.unmapped + counts.unreadable,
    rulesLoaded: rules.length + correlations.length,
    rulesSkipped: skipped,
    degraded,
    interrupted,
    seconds: (options.clock() - started) / 1000,
  };
}

async function* recordsOf(options: WatchOptions, note: (diagnostic: Diagnostic) => void): AsyncGenerator<RawRecord> {
  const read = options.read ?? readRecords;
  for (const from of options.from) {
    // A stream that has nothing to give would otherwise be waited for without end.
    const cut = (): void => void (typeof from === 'string' || from.destroy());
    options.signal?.addEventListener('abort', cut, { once: true });
    for await (const record of read(from, note)) {
      if (options.signal?.aborted === true) return;
      yield record;
    }
    options.signal?.removeEventListener('abort', cut);
    if (options.signal?.aborted === true) return;
  }
}
