import { Worker } from 'node:worker_threads';
import type { Diagnostic } from '#model/diagnostic.ts';
import { type Batch, type BatchResult, Gauge, type PooledSetup, steadyTime } from './worker-protocol.ts';

/** What one worker does at a time; `path` names it in messages. */
export interface PooledTask {
  readonly path: string;
  /** Bytes to be worked through. */
  readonly size: number;
}

export interface PoolOptions<R> {
  /** Handed to each worker, with its gauge; the time for one task is in it. */
  readonly setup: PooledSetup;
  readonly jobs: number;
  /** Ids of all rules in the order in which workers count them. */
  readonly ruleIds: readonly string[];
  readonly onResult: (result: R) => void;
  readonly onDiagnostic: (diagnostic: Diagnostic) => void;
  readonly signal: AbortSignal;
  /** The program of a worker. */
  readonly program: URL;
  /** Megabytes for what is young in a worker; more costs memory and saves time where much is made. */
  readonly youngMb?: number;
  /** Bytes of a batch after which a new worker takes the place of the one that did it: the memory that it took for that is not given back otherwise. */
  readonly freshAfter?: number;
  /** How a task that is given up is spoken of; files when left out. */
  readonly words?: PoolWords;
}

/** Codes and messages for what ended without a result. */
export interface PoolWords {
  readonly stuck: Pick<Diagnostic, 'code' | 'message'>;
  readonly died: Pick<Diagnostic, 'code' | 'message'>;
}

const fileWords: PoolWords = {
  stuck: { code: 'file-over-budget', message: 'analysis did not end within the time limit for one file; exclude the file or raise limits.file-ms' },
  died: { code: 'worker-died', message: 'a worker died twice on this file (out of memory or killed); exclude the file' },
};

const batchBytes = 1024 * 1024;
const batchFiles = 128;
const watchEvery = 100;
/** A rule that hung on so many files hangs on more: it is left out of the rest. */
const mostHangs = 3;
/** Workers that may end one after the other before they begin with a file: out of memory, or no program to run. */
const mostStillborn = 5;
/** A file's own budget is kept inside the worker; the watchdog steps in when the worker no longer can. */
const grace = 1.5;

interface Seat<T> {
  worker: Worker;
  gauge: Gauge;
  batch: Batch<T> | undefined;
  stuck: boolean;
}

/** Works through tasks on worker threads. Resolves when every one has a result or a diagnostic, or `signal` fires. */
export function runPool<T extends PooledTask, R>(tasks: readonly T[], options: PoolOptions<R>): Promise<void> {
  return new Promise((resolve, reject) => {
    const pool = new Pool(tasks, options, resolve, reject);
    pool.start();
  });
}

class Pool<T extends PooledTask, R> {
  private readonly options: PoolOptions<R>;
  private readonly queue: Batch<T>[];
  private readonly seats = new Set<Seat<T>>();
  private readonly tried = new Set<T>();
  private readonly skip = new Map<string, Set<string>>();
  private readonly hangs = new Map<string, number>();
  private readonly dropped = new Set<string>();
  private stillborn = 0;
  private readonly resolve: () => void;
  private readonly reject: (error: unknown) => void;
  private watchdog: NodeJS.Timeout | undefined;
  private next: number;
  private readonly words: PoolWords;
  private readonly stop = (): void => this.finish();

  constructor(tasks: readonly T[], options: PoolOptions<R>, resolve: () => void, reject: (error: unknown) => void) {
    this.options = options;
    this.words = options.words ?? fileWords;
    this.resolve = resolve;
    this.reject = reject;
    this.queue = batchesOf(tasks, this.dropped);
    this.next = this.queue.length;
  }

  start(): void {
    this.options.signal.addEventListener('abort', this.stop, { once: true });
    if (this.queue.length === 0 || this.options.signal.aborted) return this.finish();
    for (let i = 0; i < Math.min(this.options.jobs, this.queue.length); i++) this.hire();
    this.watchdog = setInterval(() => this.watch(), watchEvery);
  }

  private hire(): void {
    const gauge = new Gauge();
    const { youngMb } = this.options;
    const worker = new Worker(this.options.program, { workerData: { ...this.options.setup, gauge: gauge.buffer }, ...(youngMb === undefined ? {} : { resourceLimits: { maxYoungGenerationSizeMb: youngMb } }) });
    const seat: Seat<T> = { worker, gauge, batch: undefined, stuck: false };
    this.seats.add(seat);
    worker.on('message', (result: BatchResult<R>) => this.take(seat, result));
    worker.on('error', () => undefined); // the exit that follows is what counts
    worker.on('exit', () => this.bury(seat));
    this.give(seat);
  }

  private give(seat: Seat<T>): void {
    seat.batch = this.queue.shift();
    if (seat.batch === undefined) return this.finishWhenIdle();
    seat.worker.postMessage(seat.batch);
  }

  private take(seat: Seat<T>, { results }: BatchResult<R>): void {
    this.stillborn = 0;
    for (const result of results) this.options.onResult(result);
    const done = seat.batch?.tasks.reduce((sum, { size }) => sum + size, 0) ?? 0;
    if (done <= (this.options.freshAfter ?? Infinity) || this.queue.length === 0) return this.give(seat);
    seat.batch = undefined;
    void seat.worker.terminate();
  }

  private watch(): void {
    const now = steadyTime();
    for (const seat of this.seats) {
      const doing = seat.gauge.read();
      if (seat.stuck || seat.batch === undefined || doing === undefined || now - doing.since < this.options.setup.limits.fileMs * grace) continue;
      seat.stuck = true;
      void seat.worker.terminate();
    }
  }

  /** A worker is gone. What it had done of its batch is done again, without the file or rule that ended it. */
  private bury(seat: Seat<T>): void {
    if (!this.seats.delete(seat)) return;
    const { batch } = seat;
    if (batch !== undefined) this.salvage(seat, batch);
    if (this.queue.length > 0) this.hire();
    else this.finishWhenIdle();
  }

  private salvage(seat: Seat<T>, batch: Batch<T>): void {
    const doing = seat.gauge.read();
    const culprit = doing === undefined ? undefined : batch.tasks[doing.file];
    const others = batch.tasks.filter((task) => task !== culprit);
    if (others.length > 0) this.requeue(others);
    if (culprit === undefined) return this.endWhenNothingStarts();
    const ruleId = doing === undefined || doing.rule < 0 ? undefined : this.options.ruleIds[doing.rule];
    if (seat.stuck && ruleId !== undefined) this.retryWithout(culprit, ruleId);
    else if (seat.stuck) this.giveUp(culprit, this.words.stuck);
    else if (this.tried.has(culprit)) this.giveUp(culprit, this.words.died);
    else {
      this.tried.add(culprit);
      this.requeue([culprit]);
    }
  }

  private endWhenNothingStarts(): void {
    this.stillborn++;
    if (this.stillborn < mostStillborn) return;
    const message = `workers end before they begin; try fewer with --jobs, or give the process more memory`;
    for (const batch of this.queue.splice(0)) for (const task of batch.tasks) this.giveUp(task, { code: this.words.died.code, message });
  }

  private retryWithout(task: T, ruleId: string): void {
    const skipped = this.skip.get(task.path) ?? new Set<string>();
    this.skip.set(task.path, skipped.add(ruleId));
    const message = `${ruleId} did not end within the time limit on this file and was left out of it; simplify its expression`;
    this.options.onDiagnostic({ code: 'rule-over-budget', path: task.path, rule: ruleId, message });
    this.dropAfterHangs(ruleId);
    this.requeue([task]);
  }

  private dropAfterHangs(ruleId: string): void {
    const hangs = (this.hangs.get(ruleId) ?? 0) + 1;
    this.hangs.set(ruleId, hangs);
    if (hangs !== mostHangs) return;
    this.dropped.add(ruleId);
    this.options.onDiagnostic({ code: 'rule-over-budget', rule: ruleId, message: `${ruleId} hung on ${mostHangs} files and was left out of all that followed; simplify its expression` });
  }

  private giveUp(task: T, why: Pick<Diagnostic, 'code' | 'message'>): void {
    this.options.onDiagnostic({ ...why, path: task.path });
  }

  private requeue(tasks: readonly T[]): void {
    this.queue.unshift({ id: this.next++, tasks, skip: this.skip, dropped: this.dropped });
  }

  private finishWhenIdle(): void {
    if (this.queue.length === 0 && [...this.seats].every((seat) => seat.batch === undefined)) this.finish();
  }

  private finish(): void {
    clearInterval(this.watchdog);
    this.options.signal.removeEventListener('abort', this.stop);
    const workers = [...this.seats].map((seat) => seat.worker);
    this.seats.clear();
    Promise.all(workers.map((worker) => worker.terminate())).then(this.resolve, this.reject);
  }
}

/** Batches of about equal bytes, in order, so that neighbouring results arrive together. */
function batchesOf<T extends PooledTask>(tasks: readonly T[], dropped: ReadonlySet<string>): Batch<T>[] {
  const batches: Batch<T>[] = [];
  let current: T[] = [];
  let bytes = 0;
  for (const task of tasks) {
    if (current.length > 0 && (bytes + task.size > batchBytes || current.length >= batchFiles)) {
      batches.push({ id: batches.length, tasks: current, skip: new Map(), dropped });
      current = [];
      bytes = 0;
    }
    current.push(task);
    bytes += task.size;
  }
  if (current.length > 0) batches.push({ id: batches.length, tasks: current, skip: new Map(), dropped });
  return batches;
}
