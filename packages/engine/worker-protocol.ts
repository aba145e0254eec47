import process from 'node:process';
import type { TextRule } from '#model/rule.ts';
import type { PatternUnit } from './code/pattern-units.ts';

/** What the pool must know of any worker's setup. */
export interface PooledSetup {
  readonly limits: { readonly fileMs: number };
}

/** What a worker for files is started with. */
export interface WorkerSetup extends PooledSetup {
  /** Ids of bundled rules and detectors in use. */
  readonly units: readonly string[];
  readonly foreign: readonly TextRule[];
  /** Rules in Semgrep's syntax that the user brought. */
  readonly patterns: readonly PatternUnit[];
  /** What our own rules about code say in forms. */
  readonly forms: readonly PatternUnit[];
  /** Languages that patterns may have to read. */
  readonly patternLanguages: readonly string[];
  readonly digestKey: Uint8Array;
  readonly today: string;
  readonly limits: { readonly fileMs: number; readonly fileSteps: number; readonly findingsPerFile: number; readonly fileBytes: number };
  readonly cache: { readonly folder: string; readonly namespace: string } | undefined;
  /** The git directory from which versions are read. */
  readonly gitDir?: string;
  readonly gauge: SharedArrayBuffer;
}

export interface Batch<T> {
  readonly id: number;
  readonly tasks: readonly T[];
  /** Rules left out, by path: those that hung on that file before. */
  readonly skip: ReadonlyMap<string, ReadonlySet<string>>;
  /** Rules left out everywhere: those that hung on several files. */
  readonly dropped: ReadonlySet<string>;
}

export interface BatchResult<R> {
  readonly id: number;
  readonly results: readonly R[];
}

/** Milliseconds on a clock that all threads share, and that nobody sets. */
export function steadyTime(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000;
}

/**
 * What a worker is doing, written by it and read by the watchdog while the worker cannot answer:
 * the file within its batch, the foreign rule (-1: none), and since when it gave no sign.
 */
export class Gauge {
  private readonly numbers: Int32Array;
  private readonly times: Float64Array;
  readonly buffer: SharedArrayBuffer;

  constructor(buffer = new SharedArrayBuffer(24)) {
    this.buffer = buffer;
    this.times = new Float64Array(buffer, 0, 1);
    this.numbers = new Int32Array(buffer, 8, 3);
  }

  beginFile(at: number): void {
    this.numbers[0] = at;
    this.numbers[1] = -1;
    this.times[0] = steadyTime();
  }

  beginRule(at: number): void {
    this.numbers[1] = at;
    this.times[0] = steadyTime();
  }

  /** It goes on with what it does, and keeps count of its time itself. */
  alive(): void {
    this.times[0] = steadyTime();
  }

  idle(): void {
    this.numbers[0] = -1;
    this.times[0] = 0;
  }

  /** Undefined while the worker waits or has not begun. */
  read(): { readonly file: number; readonly rule: number; readonly since: number } | undefined {
    const since = this.times[0] as number;
    const file = this.numbers[0] as number;
    return since === 0 || file < 0 ? undefined : { file, rule: this.numbers[1] as number, since };
  }
}
