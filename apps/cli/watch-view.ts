import type { IncidentUpdate } from '#engine/incident-printer.ts';
import type { NoteView, ViewModel } from '#engine/live-view.ts';
import { isDegrading } from '#model/diagnostic.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Signal } from '#model/event.ts';

const most = { incidents: 200, signals: 200, notes: 50, seconds: 120 };

interface SourceCount {
  records: number;
  /** Milliseconds since the epoch. */
  last: number;
  /** Records in the second that runs and in the one before it. */
  now: number;
  before: number;
}

/** Gathers what a running watch says into what the live view shows. */
export class WatchView {
  private readonly clock: () => number;
  private readonly rules: () => number;
  private readonly started: number;
  private readonly rates: number[] = [];
  private readonly sources = new Map<string, SourceCount>();
  private readonly incidents = new Map<string, IncidentUpdate>();
  private signals: Signal[] = [];
  private notes: NoteView[] = [];
  private readonly totals = { records: 0, signals: 0, unreadable: 0 };
  private opened = 0;
  private outbox = 0;
  private newest = 0;
  private second = 0;
  private inSecond = 0;

  constructor(clock: () => number, rules: () => number) {
    this.clock = clock;
    this.rules = rules;
    this.started = clock();
    this.second = Math.floor(this.started / 1000);
  }

  /** A source that was opened, before it has said anything. */
  source(id: string): void {
    this.sources.set(id, { records: 0, last: 0, now: 0, before: 0 });
  }

  read(id: string, records: number, newest: number): void {
    this.turn();
    const count = this.sources.get(id) ?? { records: 0, last: 0, now: 0, before: 0 };
    this.sources.set(id, count);
    count.records += records;
    count.now += records;
    count.last = this.clock();
    this.totals.records += records;
    this.inSecond += records;
    this.newest = Math.max(this.newest, newest);
  }

  signal(signal: Signal): void {
    this.totals.signals++;
    this.signals = [signal, ...this.signals].slice(0, most.signals);
  }

  update(update: IncidentUpdate): void {
    this.opened += update.tally.told;
    for (const id of update.absorbed) this.incidents.delete(id);
    if (update.held) return;
    this.incidents.set(update.id, update);
    if (this.incidents.size <= most.incidents) return;
    const least = [...this.incidents.values()].reduce((low, one) => (one.incident.risk.score < low.incident.risk.score ? one : low));
    this.incidents.delete(least.id);
  }

  note(diagnostic: Diagnostic): void {
    const { message: text, count = 1 } = diagnostic;
    if (diagnostic.code === 'event-unreadable') this.totals.unreadable += count;
    const same = this.notes.find((note) => note.text === text);
    const note: NoteView = { time: this.clock(), level: isDegrading(diagnostic) ? 'warning' : 'note', text, count: count + (same?.count ?? 0) };
    this.notes = [note, ...this.notes.filter((one) => one !== same)].slice(0, most.notes);
  }

  waiting(outbox: number): void {
    this.outbox = outbox;
  }

  model(): ViewModel {
    this.turn();
    const now = this.clock();
    return {
      now, started: this.started, eventsPerSecond: this.rates.at(-1) ?? 0, rates: this.rates, lag: this.newest === 0 ? undefined : Math.max(0, now - this.newest),
      totals: { ...this.totals, incidents: this.opened, rules: this.rules(), outbox: this.outbox },
      sources: [...this.sources].map(([id, { records, last, before }]) => ({ id, state: now - last < 2_000 ? 'reading' : 'waiting', records, unreadable: 0, perSecond: before })),
      incidents: [...this.incidents.values()].map(({ incident }) => incident).sort((a, b) => b.risk.score - a.risk.score || b.last - a.last), signals: this.signals, notes: this.notes,
    };
  }

  /** Closes the seconds that are over. */
  private turn(): void {
    const second = Math.floor(this.clock() / 1000);
    for (let missed = Math.min(most.seconds, second - this.second); missed > 0; missed--) {
      this.rates.push(this.inSecond);
      this.inSecond = 0;
      for (const count of this.sources.values()) [count.before, count.now] = [count.now, 0];
    }
    this.second = second;
    if (this.rates.length > most.seconds) this.rates.splice(0, this.rates.length - most.seconds);
  }
}
