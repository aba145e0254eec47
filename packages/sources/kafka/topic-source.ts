import { isUtf8 } from 'node:buffer';
import type { RawRecord } from '#model/artifact.ts';
import type { Position, ReplayableSource, SourceBatch, SourceContext } from '#model/intake.ts';
import type { Address } from '../address.ts';
import { tryJson } from '../http/json.ts';
import { whenAborted } from '../listening.ts';
import { Tally } from '../tally.ts';
import type { Connecting } from './connection.ts';
import { guarded } from './guard.ts';
import { type Fetched, type Offsets, type TopicMessage, TopicReader } from './topic-reader.ts';

export interface TopicPlan {
  readonly address: Address;
  readonly topic: string;
  readonly connecting: Connecting;
  /** Where to begin when there is no position. */
  readonly from: 'earliest' | 'latest';
  readonly limits: Readonly<Record<'max-fetch' | 'max-message', number>>;
}

const fetchWait = 500;
const longestPause = 30_000;

export function topicSource(plan: TopicPlan, ctx: SourceContext): ReplayableSource {
  return { kind: 'replayable', id: plan.address.shown, read: (from) => new TopicRun(plan, ctx, from).batches() };
}

class TopicRun {
  readonly #plan: TopicPlan;
  readonly #ctx: SourceContext;
  readonly #tally: Tally;
  readonly #offsets: Offsets;
  readonly #aborted: Promise<undefined>;
  #reader: TopicReader | undefined;
  /** Where to end; undefined when the run follows. */
  #ends: Offsets | undefined;
  #failures = 0;

  constructor(plan: TopicPlan, ctx: SourceContext, from: Position | undefined) {
    this.#plan = plan;
    this.#ctx = ctx;
    this.#tally = new Tally(plan.address.shown, (diagnostic) => ctx.onDiagnostic(diagnostic));
    this.#offsets = offsetsOf(from);
    this.#aborted = new Promise((resolve) => whenAborted(ctx.signal, () => resolve(undefined)));
  }

  async *batches(): AsyncGenerator<SourceBatch> {
    try {
      while (!this.#ctx.signal.aborted && !this.#atEnd()) {
        const fetched = await this.#round();
        if (fetched === undefined || fetched.next.size === 0) continue;
        for (const [partition, offset] of fetched.next) this.#offsets.set(partition, offset);
        yield { records: fetched.messages.flatMap((message) => this.#recordsOf(message)), position: positionOf(this.#offsets) };
      }
    } finally {
      await this.#disconnect();
      this.#tally.end();
    }
  }

  /** Undefined: nothing came, or it failed and was told. */
  async #round(): Promise<Fetched | undefined> {
    try {
      const fetched = await Promise.race([guarded(() => this.#fetch()), this.#aborted]);
      this.#failures = 0;
      return fetched;
    } catch (error) {
      if (this.#ctx.signal.aborted) return undefined;
      if (codesOf(error).includes('OFFSET_OUT_OF_RANGE')) await this.#skipLost();
      else await this.#recover(error);
      return undefined;
    }
  }

  async #fetch(): Promise<Fetched> {
    this.#reader ??= await this.#connect();
    await this.#reader.complete(this.#offsets, this.#plan.from);
    if (!this.#ctx.follow) this.#ends ??= await this.#reader.offsetsAt('latest');
    return this.#atEnd() ? { messages: [], next: new Map() } : this.#reader.fetch(this.#offsets, fetchWait);
  }

  /** The library is loaded only when a topic is read: it is large. */
  async #connect(): Promise<TopicReader> {
    const { Consumer } = await import('@platformatic/kafka');
    return new TopicReader(new Consumer<Buffer, Buffer, Buffer, Buffer>(this.#plan.connecting), this.#plan.topic, this.#plan.limits['max-fetch']);
  }

  #atEnd(): boolean {
    if (this.#ends === undefined) return false;
    return [...this.#ends].every(([partition, end]) => (this.#offsets.get(partition) ?? 0n) >= end);
  }

  /** The broker has let go of records that were not read: go on with the oldest that it has. */
  async #skipLost(): Promise<void> {
    try {
      for (const [partition, oldest] of (await this.#reader?.offsetsAt('earliest')) ?? []) {
        const wanted = this.#offsets.get(partition);
        if (wanted !== undefined && wanted < oldest) this.#tally.add('source-limit', `the broker no longer has records of partition ${partition} that were not read: its retention is too short`, Number(oldest - wanted));
        if (wanted === undefined || wanted < oldest) this.#offsets.set(partition, oldest);
      }
      for (const [partition, end] of (await this.#reader?.offsetsAt('latest')) ?? []) {
        if ((this.#offsets.get(partition) ?? 0n) <= end) continue;
        this.#tally.add('source-failed', `partition ${partition} is shorter than what was read of it: the topic was made anew, and is read from its beginning`);
        this.#offsets.set(partition, 0n);
      }
    } catch (error) {
      await this.#recover(error);
    }
  }

  async #recover(error: unknown): Promise<void> {
    this.#tally.add('source-failed', `the topic could not be read (${codesOf(error)[0] ?? 'unknown error'})${this.#ctx.follow ? '; it is tried again' : ''}`);
    await this.#disconnect();
    // Without following there is nothing to wait for.
    if (!this.#ctx.follow) this.#ends = new Map();
    else await this.#pause();
  }

  async #pause(): Promise<void> {
    const milliseconds = Math.min(longestPause, 200 * 2 ** this.#failures);
    this.#failures += 1;
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.#aborted, new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)))]);
    clearTimeout(timer);
  }

  async #disconnect(): Promise<void> {
    const reader = this.#reader;
    this.#reader = undefined;
    await reader?.close().catch(() => undefined);
  }

  #recordsOf({ partition, offset, value }: TopicMessage): RawRecord[] {
    if (value === null || value.length === 0) return [];
    const limit = this.#plan.limits['max-message'];
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    if (bytes.length > limit) {
      this.#tally.add('source-limit', `a message is longer than ${limit} bytes, which is the limit (max-message)`);
      this.#ctx.onDeadLetter(bytes.subarray(0, limit), 'too-long');
      return [];
    }
    if (!isUtf8(bytes)) {
      this.#tally.add('event-unreadable', 'a message is no text');
      this.#ctx.onDeadLetter(bytes, 'no text');
      return [];
    }
    // The same numbers after a restart: of a message that holds a list, all its records have the same.
    const place = { source: `${this.#plan.address.shown}/${partition}`, sequence: Number(offset) + 1 };
    return valuesOf(bytes).map((one) => ({ ...place, value: one }));
  }
}

/** An object, the members of a list, or a text. */
function valuesOf(bytes: Buffer): unknown[] {
  const found = tryJson(bytes);
  if (Array.isArray(found?.value)) return found.value.filter((value) => typeof value === 'string' || (typeof value === 'object' && value !== null));
  return [typeof found?.value === 'object' && found.value !== null ? found.value : bytes.toString('utf8')];
}

/** Names of errors, the innermost first: of the protocol, of the system, of the library. None quotes what was sent. */
function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 5) return [];
  const inner = [...(error instanceof AggregateError ? error.errors as unknown[] : []), error.cause].flatMap((one) => codesOf(one, depth + 1));
  const own = ['apiId', 'code'].map((name) => (error as unknown as Record<string, unknown>)[name]).filter((name): name is string => typeof name === 'string' && /^\w{1,64}$/.test(name));
  return [...inner, ...own];
}

export function positionOf(offsets: Offsets): Position {
  return { offsets: Object.fromEntries([...offsets].sort(([a], [b]) => a - b).map(([partition, offset]) => [String(partition), String(offset)])) };
}

export function offsetsOf(position: Position | undefined): Offsets {
  const kept = position?.['offsets'];
  if (typeof kept !== 'object' || kept === null) return new Map();
  return new Map(Object.entries(kept).filter(([partition, offset]) => /^\d{1,6}$/.test(partition) && /^\d{1,19}$/.test(String(offset))).map(([partition, offset]) => [Number(partition), BigInt(String(offset))]));
}
