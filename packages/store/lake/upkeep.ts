import { dayOf } from './partition.ts';
import type { Retention } from './retain.ts';
import { LakeWorker } from './worker.ts';

export interface UpkeepOptions {
  readonly clock: () => number;
  readonly retention: Retention;
  readonly onNote: (note: string) => void;
  readonly thread: URL;
}

export interface SealedSegment {
  readonly number: number;
  /** The latest epoch that it holds. */
  readonly epoch: number;
}

const retentionEvery = 600_000;
/** After a failure, nothing is tried for so long. */
const pause = 60_000;
/** A day is closed when it has been over for so long: what is late has come by then. */
const closedAfter = 3_600_000;

/** What happens beside the watch: segments become Parquet, closed days are merged, old days go. */
export class Upkeep {
  readonly #lake: string;
  readonly #options: UpkeepOptions;
  readonly #worker: LakeWorker;
  #sealed: SealedSegment[] = [];
  readonly #rolls = new Map<number, Promise<void>>();
  #retained = 0;
  #pausedUntil = 0;
  #closing = false;

  constructor(lake: string, options: UpkeepOptions) {
    this.#lake = lake;
    this.#options = options;
    this.#worker = new LakeWorker(options.thread);
  }

  /** Segments that are not Parquet yet. */
  get waiting(): number {
    return this.#sealed.length;
  }

  /** Resolves when the segment that is becoming Parquet has, or at once when none is. Never rejects. */
  async relief(): Promise<void> {
    await this.#rolls.values().next().value;
  }

  seal(segment: SealedSegment): void {
    this.#sealed.push(segment);
  }

  /** Begins what may be done now that `epoch` is committed. */
  look(epoch: number): void {
    const now = this.#options.clock();
    if (this.#closing || now < this.#pausedUntil) return;
    for (const segment of this.#sealed) {
      if (segment.epoch > epoch || this.#rolls.has(segment.number)) continue;
      this.#rolls.set(segment.number, this.#noted(() => this.#roll(segment.number)));
    }
    if (now - this.#retained < retentionEvery) return;
    this.#retained = now;
    void this.#noted(() => this.#tidy(now));
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#worker.close();
  }

  async #roll(number: number): Promise<void> {
    try {
      await this.#worker.do({ kind: 'roll', lake: this.#lake, segment: number });
      this.#sealed = this.#sealed.filter((sealed) => sealed.number !== number);
    } finally {
      this.#rolls.delete(number);
    }
  }

  async #tidy(now: number): Promise<void> {
    const { note } = await this.#worker.do({ kind: 'retain', lake: this.#lake, retention: this.#options.retention, now });
    if (note !== undefined) this.#options.onNote(note);
    const before = dayOf(now - closedAfter, now);
    while (!this.#closing && (await this.#worker.do({ kind: 'compact', lake: this.#lake, before })).more);
  }

  async #noted(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#pausedUntil = this.#options.clock() + pause;
      this.#options.onNote(error instanceof Error ? error.message : String(error));
    }
  }
}
