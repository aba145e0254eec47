import { ActError } from '#act/act-error.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Notice, OpenSink } from '#model/sink.ts';
import type { DueEntry, Outbox, OutboxEntry } from '#store/state/outbox.ts';

export interface NamedSink {
  /** As the user wrote its address, without secrets. */
  readonly name: string;
  readonly takes: readonly Notice['kind'][];
  readonly sink: OpenSink;
}

interface Surroundings {
  readonly clock: () => number;
  note(diagnostic: Diagnostic): void;
  /** What a receiver never takes is laid aside. */
  readonly onRefused?: ((sink: string, payload: string, reason: string) => void) | undefined;
}

const batch = 100;
const patience = { first: 5_000, most: 15 * 60_000 };

/** Hands what waits in the outbox to its sinks, each at its own pace, again and again until they have it. */
export class OutboxDelivery {
  private readonly outbox: Pick<Outbox, 'due' | 'delivered' | 'postpone' | 'size'>;
  private readonly sinks: readonly NamedSink[];
  private readonly surroundings: Surroundings;
  private readonly running = new Map<string, Promise<void>>();
  private readonly notBefore = new Map<string, number>();

  constructor(outbox: Pick<Outbox, 'due' | 'delivered' | 'postpone' | 'size'>, sinks: readonly NamedSink[], surroundings: Surroundings) {
    this.outbox = outbox;
    this.sinks = sinks;
    this.surroundings = surroundings;
  }

  entriesFor(notices: readonly Notice[]): OutboxEntry[] {
    return this.sinks.flatMap(({ name, takes }) => notices.filter(({ kind }) => takes.includes(kind)).map((notice) => ({ sink: name, key: notice.key, payload: JSON.stringify(notice) })));
  }

  /** Starts delivering to each sink that is not at work. Never waits, never throws. */
  wake(): void {
    for (const sink of this.sinks) {
      if (this.running.has(sink.name)) continue;
      this.running.set(sink.name, this.deliver(sink).finally(() => this.running.delete(sink.name)));
    }
  }

  /** At the end: one last try. What is left waits in the store for the next run, and is said. */
  async drain(closing: boolean): Promise<void> {
    await Promise.all(this.running.values());
    this.wake();
    await Promise.all(this.running.values());
    await Promise.all(this.sinks.map(({ sink }) => sink.close()));
    const left = this.sinks.length === 0 ? 0 : this.outbox.size;
    if (left > 0) this.surroundings.note({ code: 'outbox-waiting', count: left, message: `${left} notices wait for their receivers and are handed on by the next run${closing ? '' : ' with the same --state-dir'}` });
  }

  private async deliver({ name, sink }: NamedSink): Promise<void> {
    for (;;) {
      // Those behind one that is to be tried again wait with it: what a receiver gets stays in order.
      if (this.surroundings.clock() < (this.notBefore.get(name) ?? 0)) return;
      const due = this.outbox.due(name, this.surroundings.clock(), batch);
      if (due.length === 0) return;
      try {
        await sink.deliver(due.map(({ payload }) => JSON.parse(payload) as Notice));
        this.outbox.delivered(due.map(({ number }) => number));
      } catch (error) {
        if (!this.goesOn(name, due, error)) return;
      }
    }
  }

  /** After a failure: what the receiver has is done with, what it never takes is set aside, the rest waits. True when there is more to do now. */
  private goesOn(name: string, due: readonly DueEntry[], error: unknown): boolean {
    const had = error instanceof ActError ? error.delivered : 0;
    this.outbox.delivered(due.slice(0, had).map(({ number }) => number));
    const rest = due.slice(had);
    const [next] = rest;
    if (next === undefined || (error instanceof ActError && error.code === 'stopped')) return false;
    if (error instanceof ActError && !error.later) {
      this.outbox.delivered([next.number]);
      this.surroundings.onRefused?.(name, next.payload, error.message);
      this.surroundings.note({ code: 'notice-refused', path: name, message: `${error.message}; the notice ${next.key} is not handed on` });
      return true;
    }
    this.postpone(name, rest, error);
    return false;
  }

  private postpone(name: string, due: readonly DueEntry[], error: unknown): void {
    const attempts = Math.max(...due.map((entry) => entry.attempts));
    const asked = error instanceof ActError ? (error.retryAfter ?? 0) : 0;
    const wait = Math.max(asked, Math.min(patience.most, patience.first * 2 ** Math.min(20, attempts)));
    const again = this.surroundings.clock() + wait;
    this.outbox.postpone(due.map(({ number }) => number), again);
    this.notBefore.set(name, again);
    this.surroundings.note({ code: 'sink-failed', path: name, message: `${due.length} notices could not be handed on (${error instanceof Error ? error.message : String(error)}); the next try is in ${Math.round(wait / 1000)} s` });
  }
}
