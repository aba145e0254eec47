import type { RawRecord } from '#model/artifact.ts';
import type { Ear } from '../listening.ts';
import { systemCode } from '../source-error.ts';
import { Refusal } from './exchange.ts';
import type { HttpLimits } from './limits.ts';

/** Where routes hand in what they have read. Resolves once it is safe; only then may the peer be told so. */
export class Reception {
  readonly limits: HttpLimits;
  readonly #ear: Ear;

  constructor(ear: Ear, limits: HttpLimits) {
    this.#ear = ear;
    this.limits = limits;
  }

  /** Refuses the request when it holds too many records. */
  count(records: number): void {
    if (records > this.limits['max-records']) throw new Refusal('too-large', `more than ${this.limits['max-records']} records in one request, which is the limit (max-records); send fewer at once`);
  }

  /** `bytes`: what the values weigh while they wait. */
  async take(values: readonly unknown[], bytes: number): Promise<void> {
    if (values.length === 0) return;
    this.count(values.length);
    const { queue, source } = this.#ear;
    if (!queue.hasRoom(bytes)) throw new Refusal('busy', 'what was received is not on disk yet; try again later');
    const records = values.map((value): RawRecord => ({ source, sequence: this.#ear.next(), value }));
    const taken = queue.offer(records, bytes);
    if (taken === undefined) throw new Refusal('busy', 'what was received is not on disk yet; try again later');
    try {
      await taken;
    } catch (error) {
      this.#ear.tally.add('source-failed', `records could not be kept (${systemCode(error)}); peers were told to try again`);
      throw new Refusal('busy', 'what was received could not be kept; try again later');
    }
  }

  /** A part of a request that is no record costs only itself. */
  drop(bytes: Uint8Array, reason: string): void {
    this.#ear.tally.add('event-unreadable', `a part of a request was left out: ${reason}`);
    this.#ear.ctx.onDeadLetter(bytes, reason);
  }

  /** Something that is let go by design. */
  tell(code: 'source-limit' | 'source-refused' | 'event-unreadable', message: string, count = 1): void {
    this.#ear.tally.add(code, message, count);
  }

  get now(): number {
    return this.#ear.ctx.clock();
  }

  setting(name: string): string | undefined {
    return this.#ear.ctx.setting(name);
  }
}
