import type { Readable } from 'node:stream';
import type { RawRecord } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { readRecords } from '#sources/records.ts';

export { readRecords };
import { WatchRun } from './watch-run.ts';
import type { WatchSummary, WatchUnits } from './watch-run.ts';

export type ReadRecords = (from: string | Readable, onDiagnostic: (diagnostic: Diagnostic) => void) => AsyncIterable<RawRecord>;

export interface WatchOptions extends WatchUnits {
  /** Absolute paths, or streams; read one after the other. */
  readonly from: readonly (string | Readable)[];
  /** How records are read; tests hand in their own. */
  readonly read?: ReadRecords;
}

/** Reads records once, finds signals and incidents, and hands each on as soon as it is found. Nothing is kept. */
export async function watch(options: WatchOptions): Promise<WatchSummary> {
  const run = new WatchRun(options);
  for await (const record of recordsOf(options, (diagnostic) => run.note(diagnostic))) {
    const handled = run.take(record);
    if (handled.signals.length > 0) await run.tell(handled);
  }
  if (options.signal?.aborted === true) run.note({ code: 'run-interrupted', message: 'stopped before the end of the records' });
  return run.summary();
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
