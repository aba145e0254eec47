import type { RawRecord } from '#model/artifact.ts';
import { readRecords } from '#sources/records.ts';
import type { WatchOptions } from './watch.ts';
import { WatchRun } from './watch-run.ts';
import type { WatchSummary } from './watch-run.ts';

/**
 * Runs recordings as one stream: the record whose event is the earliest goes next, whichever file it is in. Time is that of the events, so that the
 * answer is the one that watching would have given. Each file is taken as ordered; what comes late in it is taken when it comes.
 */
export async function replay(options: WatchOptions): Promise<WatchSummary> {
  const run = new WatchRun(options);
  const read = options.read ?? readRecords;
  const recordings = await Promise.all(options.from.map((from) => Recording.open(read(from, (diagnostic) => run.note(diagnostic)), run)));
  for (let open = recordings.filter((one) => !one.ended); open.length > 0 && options.signal?.aborted !== true; open = open.filter((one) => !one.ended)) {
    const next = earliest(open);
    const handled = run.take(next.record);
    await next.advance();
    if (handled.signals.length > 0) await run.tell(handled);
  }
  if (options.signal?.aborted === true) run.note({ code: 'run-interrupted', message: 'stopped before the end of the recordings' });
  return run.summary();
}

function earliest([first, ...others]: readonly Recording[]): Recording {
  if (first === undefined) throw new RangeError('no recording is open');
  return others.reduce((best, one) => (one.time < best.time ? one : best), first);
}

/** One recording with its next record at hand. */
class Recording {
  time = 0;
  ended = false;
  private readonly records: AsyncIterator<RawRecord>;
  private readonly run: WatchRun;
  private head: RawRecord | undefined;

  private constructor(records: AsyncIterator<RawRecord>, run: WatchRun) {
    this.records = records;
    this.run = run;
  }

  static async open(records: AsyncIterable<RawRecord>, run: WatchRun): Promise<Recording> {
    const recording = new Recording(records[Symbol.asyncIterator](), run);
    await recording.advance();
    return recording;
  }

  get record(): RawRecord {
    if (this.head === undefined) throw new RangeError('the recording is at its end');
    return this.head;
  }

  /** A record that says no time goes right after the one before it. */
  async advance(): Promise<void> {
    const { value, done } = await this.records.next();
    this.ended = done === true;
    this.head = done === true ? undefined : value;
    if (this.head !== undefined) this.time = this.run.pipeline.peekTime(this.head) || this.time;
  }
}
