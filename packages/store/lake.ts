/**
 * The lake: every event, for years, as OCSF in Parquet by class and day; and each exactly once.
 *
 * Events come in epochs whose numbers only grow. `append` gathers, `flush` puts an epoch on disk (into the hot file), `committed` says
 * that the checkpoint of that epoch is on disk too: only then may it become Parquet. After a start, `recover` takes away whatever
 * came after the committed epoch, because the sources of that are read again.
 *
 *     const lake = openLake(folder, { clock });
 *     await lake.recover(state.epoch);          // a state made anew starts after lake.latestEpoch(): then nothing is dropped
 *     lake.append(event, epoch, { source, sequence });
 *     await lake.flush(epoch); state.commit(epoch, ...); lake.committed(epoch);
 *     await lake.close();
 */
import type { Event } from '#model/event.ts';
import { BlockBuilder, BlockRooms, encodeBlock } from './lake/block.ts';
import { columns, fit, storedColumns, valuesOf } from './lake/columns.ts';
import { eventText } from './lake/event-text.ts';
import { makeFolder } from './lake/files.ts';
import { HotFile } from './lake/hot-file.ts';
import { clearStale, hotFolder, partsIn, readMark } from './lake/layout.ts';
import { partitionOf } from './lake/partition.ts';
import { latestEpoch, recoverSegments, type Recovery, type Segment } from './lake/recover.ts';
import type { Retention } from './lake/retain.ts';
import { Upkeep } from './lake/upkeep.ts';
import { lockFolder } from './state/lock.ts';
import { reasonOf, StoreError } from './store-error.ts';

export interface LakeOptions {
  /** Milliseconds since the epoch: decides when days are over, and nothing else. */
  readonly clock: () => number;
  /** The hot file becomes Parquet when it holds this many bytes of events, before they are packed, */
  readonly rollBytes?: number;
  /** or when it is this many milliseconds old. */
  readonly rollAge?: number;
  readonly retention?: Retention;
  /** What people should know: damage, retention, work that failed. */
  readonly onNote?: (note: string) => void;
  /** Where the program of the lake's thread is; the published package has it elsewhere. */
  readonly thread?: URL;
}

/** Where an event was read. */
export interface Origin {
  readonly source: string;
  readonly sequence: number;
}

const defaults = {
  rollBytes: 32 * 1024 * 1024,
  rollAge: 3_600_000,
  retention: { days: undefined, bytes: 50 * 1024 ** 3 },
} as const;

/** With so many segments that are not Parquet yet, events wait for the oldest. */
const segmentsBehind = 8;
/** Segments that may wait for their turn to become Parquet; with more, the disk is too slow or too full, and `flush` says so. */
const segmentLimit = 64;

/** Opens the lake in `folder` and keeps it for this process. Throws StoreError; its message can be shown as it is. */
export function openLake(folder: string, options: LakeOptions): Lake {
  try {
    makeFolder(folder, hotFolder);
  } catch (error) {
    throw unusable(folder, error);
  }
  const lock = lockFolder(folder, 'stop that one: while it runs it compacts and retains by itself');
  return new Lake(folder, options, lock);
}

/** The latest epoch that the lake in a folder holds anything of, committed or not: a state made anew goes on after it. */
export function latestEpochIn(folder: string): number {
  return Math.max(readMark(folder).epoch, latestEpoch(folder));
}

export class Lake {
  readonly folder: string;
  readonly #clock: () => number;
  readonly #roll: { readonly bytes: number; readonly age: number };
  readonly #lock: { release(): void };
  readonly #upkeep: Upkeep;
  readonly #note: (note: string) => void;
  /** By epoch, then partition. */
  readonly #gathering = new Map<number, Map<string, BlockBuilder[]>>();
  readonly #rooms = new BlockRooms();
  /** Of the event that is being appended. */
  readonly #row: (string | number | null)[] = storedColumns.map(() => null);
  readonly #counts = { events: 0, cut: 0 };
  #hot: HotFile | undefined;
  #nextSegment = 1;
  #flushed = 0;
  #writing: Promise<void> = Promise.resolve();
  #recovered = false;
  #broken: StoreError | undefined;

  constructor(folder: string, options: LakeOptions, lock: { release(): void }) {
    this.folder = folder;
    this.#clock = options.clock;
    this.#roll = { bytes: options.rollBytes ?? defaults.rollBytes, age: options.rollAge ?? defaults.rollAge };
    this.#lock = lock;
    this.#note = options.onNote ?? (() => undefined);
    this.#upkeep = new Upkeep(folder, {
      clock: options.clock,
      retention: options.retention ?? defaults.retention,
      onNote: this.#note,
      thread: options.thread ?? new URL('lake/thread.ts', import.meta.url),
    });
  }

  /** Events appended since the start, and how many of them were too large to be kept whole. */
  get counts(): { readonly events: number; readonly cut: number } {
    return this.#counts;
  }

  /** Before `recover`. */
  latestEpoch(): number {
    return latestEpochIn(this.folder);
  }

  /** Takes away what came after the committed epoch, and what an interrupted step left. Before anything else. */
  async recover(committed: number): Promise<Recovery> {
    const mark = readMark(this.folder);
    if (mark.epoch > committed) {
      throw new StoreError(
        'lake-behind',
        `the lake ${this.folder} already holds epoch ${mark.epoch} and the state knows only ${committed}: the state is another one, or an ` +
          'older copy; bring the two together again, or name another lake',
      );
    }
    try {
      const { segments, dropped, damage } = await recoverSegments(this.folder, committed);
      clearStale(this.folder);
      const numbers = [mark.segment, ...segments.map(({ number }) => number), ...partsIn(this.folder).map(({ last }) => last)];
      this.#nextSegment = numbers.reduce((greatest, number) => Math.max(greatest, number), 0) + 1;
      await this.#takeUp(segments);
      [this.#flushed, this.#recovered] = [committed, true];
      this.#upkeep.look(committed);
      if (damage !== undefined) this.#note(damage);
      return { dropped, damage };
    } catch (error) {
      throw unusable(this.folder, error);
    }
  }

  /** The last segment is gone on with while it is small; the others are complete. */
  async #takeUp(segments: readonly Segment[]): Promise<void> {
    const last = segments.at(-1);
    const goOn = last !== undefined && last.size < this.#roll.bytes;
    for (const segment of goOn ? segments.slice(0, -1) : segments) this.#upkeep.seal(segment);
    if (goOn) this.#hot = await HotFile.open(this.folder, last.number, { epoch: last.epoch, size: last.size, since: this.#clock() });
  }

  /** Gathers an event; nothing is on disk before `flush`. Events of a flushed epoch are refused. */
  append(event: Event, epoch: number, origin: Origin): void {
    this.#ready();
    if (!(epoch > this.#flushed)) throw new StoreError('epoch-order', `an event of epoch ${epoch} came after epoch ${this.#flushed} was flushed`);
    const { text, cut } = eventText(event);
    this.#counts.events++;
    if (cut) this.#counts.cut++;
    const row = this.#row;
    valuesOf(event, row);
    row[columns.length] = fit('text', origin.source);
    row[columns.length + 1] = fit('long', origin.sequence);
    this.#builderFor(epoch, partitionOf(event, this.#clock())).add(row, text);
  }

  #builderFor(epoch: number, partition: string): BlockBuilder {
    let partitions = this.#gathering.get(epoch);
    if (partitions === undefined) this.#gathering.set(epoch, (partitions = new Map()));
    let builders = partitions.get(partition);
    if (builders === undefined) partitions.set(partition, (builders = []));
    let builder = builders.at(-1);
    if (builder === undefined || builder.isFull) builders.push((builder = new BlockBuilder(partition, this.#rooms)));
    return builder;
  }

  /** Puts everything up to and with `epoch` on disk: it survives a loss of power when this resolves. */
  flush(epoch: number): Promise<void> {
    this.#ready();
    this.#flushed = Math.max(this.#flushed, epoch);
    const due = [...this.#gathering].filter(([gathered]) => gathered <= epoch).sort(([a], [b]) => a - b);
    for (const [gathered] of due) this.#gathering.delete(gathered);
    this.#writing = this.#writing.then(() => this.#writeAll(due));
    return this.#writing;
  }

  async #writeAll(due: readonly (readonly [number, ReadonlyMap<string, readonly BlockBuilder[]>])[]): Promise<void> {
    try {
      for (const [epoch, partitions] of due) await this.#write([...partitions.values()].flat(), epoch);
      await this.#sealWhenDue();
    } catch (error) {
      // What is on disk now is not known: only `recover` in a new start can tell.
      this.#broken = unusable(this.folder, error);
      throw this.#broken;
    }
  }

  async #write(builders: readonly BlockBuilder[], epoch: number): Promise<void> {
    // Writing Parquet is slower than the events come: they wait for it.
    for (let waited = 0; this.#upkeep.waiting >= segmentsBehind && waited < segmentsBehind; waited++) await this.#upkeep.relief();
    if (this.#upkeep.waiting >= segmentLimit) {
      const why = 'see why it cannot keep up: a full disk, or epochs that are never committed';
      throw new StoreError('lake-full', `${segmentLimit} segments of the lake ${this.folder} wait to become Parquet; ${why}`);
    }
    this.#hot ??= await HotFile.open(this.folder, this.#nextSegment++, { epoch, size: 0, since: this.#clock() });
    const size = builders.reduce((sum, builder) => sum + builder.size, 0);
    await this.#hot.append(builders.flatMap((builder) => encodeBlock(builder.finish(epoch))), { epoch, size });
  }

  async #sealWhenDue(): Promise<void> {
    const hot = this.#hot;
    if (hot === undefined || (hot.size < this.#roll.bytes && this.#clock() - hot.since < this.#roll.age)) return;
    this.#hot = undefined;
    await hot.close();
    this.#upkeep.seal({ number: hot.number, epoch: hot.epoch });
  }

  /** The checkpoint of `epoch` is on disk: its events won't be asked back. */
  committed(epoch: number): void {
    this.#ready();
    this.#upkeep.look(epoch);
  }

  /** Flushes nothing: what was not flushed is read again. Waits for work that has begun. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#writing]);
    await this.#upkeep.close();
    await this.#hot?.close();
    this.#hot = undefined;
    this.#lock.release();
  }

  #ready(): void {
    if (this.#broken !== undefined) throw this.#broken;
    if (!this.#recovered) throw new StoreError('lake-unusable', `the lake ${this.folder}: recover() comes first`);
  }
}

function unusable(folder: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  return new StoreError('lake-unusable', `the lake ${folder} cannot be used (${reasonOf(error)}); see that the disk has room and the folder can be written`, error);
}
