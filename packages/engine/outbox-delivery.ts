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
}

const batch = 100;
const patience = { first: 5_000, most: 15 * 60_000 };

/** Hands what waits in the outbox to its sinks, each at its own pace, again and again until they have it. */
export class OutboxDelivery {
  private readonly outbox: Outbox;
  private readonly sinks: readonly NamedSink[];
  private readonly surroundings: Surroundings;
  private readonly running = new Map<string, Promise<void>>();

  constructor(outbox: Outbox, sinks: readonly NamedSink[], surroundings: Surroundings) {
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
      const due = this.outbox.due(name, this.surroundings.clock(), batch);
      if (due.length === 0) return;
      try {
        await sink.deliver(due.map(({ payload }) => JSON.parse(payload) as Notice));
        this.outbox.delivered(due.map(({ number }) => number));
      } catch (error) {
        this.postpone(name, due, error);
        return;
      }
    }
  }

  private postpone(name: string, due: readonly DueEntry[], error: unknown): void {
    const attempts = Math.max(...due.map((entry) => entry.attempts));
    const wait = Math.min(patience.most, patience.first * 2 ** Math.min(20, attempts));
    this.outbox.postpone(due.map(({ number }) => number), this.surroundings.clock() + wait);
    this.surroundings.note({ code: 'sink-failed', path: name, message: `${due.length} notices could not be handed on (${error instanceof Error ? error.message : String(error)}); the next try is in ${Math.round(wait / 1000)} s` });
  }
}
