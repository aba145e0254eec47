import type { RawRecord } from '#model/artifact.ts';

export type Accept = (records: readonly RawRecord[]) => Promise<void>;

interface Waiting {
  readonly records: readonly RawRecord[];
  readonly bytes: number;
  resolve(): void;
  reject(reason: unknown): void;
}

const batchRecords = 20_000;

/**
 * What peers have sent and the engine hasn't yet on disk, bounded. One call of `accept` is under way at a time; what comes
 * meanwhile goes with the next one, so that many small requests share one write to the disk.
 */
export class IntakeQueue {
  readonly #accept: Accept;
  readonly #limit: number;
  #waiting: Waiting[] = [];
  #bytes = 0;
  #running = false;
  #forRoom: (() => void)[] = [];

  /** `limit`: bytes that may wait. */
  constructor(accept: Accept, limit: number) {
    this.#accept = accept;
    this.#limit = limit;
  }

  /** Something larger than the whole queue is taken when nothing else waits: it would never find room otherwise. */
  hasRoom(bytes: number): boolean {
    return this.#bytes === 0 || this.#bytes + bytes <= this.#limit;
  }

  /** Undefined when there is no room: nothing was taken. Else it resolves once the records are safe. */
  offer(records: readonly RawRecord[], bytes: number): Promise<void> | undefined {
    if (!this.hasRoom(bytes)) return undefined;
    this.#bytes += bytes;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ records, bytes, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  /** Resolves when it is worth offering again. */
  room(): Promise<void> {
    if (this.#bytes === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#forRoom.push(resolve);
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    // What is offered in the same turn goes in the same batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#next();
      try {
        await this.#accept(batch.length === 1 ? (batch[0]?.records ?? []) : batch.flatMap(({ records }) => records));
        for (const waiting of batch) waiting.resolve();
      } catch (error) {
        for (const waiting of batch) waiting.reject(error);
      }
      for (const waiting of batch) this.#bytes -= waiting.bytes;
      const woken = this.#forRoom;
      this.#forRoom = [];
      for (const wake of woken) wake();
    }
    this.#running = false;
  }

  #next(): Waiting[] {
    let count = 0;
    let at = 0;
    while (at < this.#waiting.length && (at === 0 || count < batchRecords)) {
      count += this.#waiting[at]?.records.length ?? 0;
      at += 1;
    }
    return this.#waiting.splice(0, at);
  }
}
