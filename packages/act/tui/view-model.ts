import type { Signal } from '#model/event.ts';
import type { Incident } from '#model/incident.ts';

/** What the live view shows: facts about a running watch, made anew for each frame. */
export interface ViewModel {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly started: number;
  readonly eventsPerSecond: number;
  /** Events of each of the last seconds, the newest last. */
  readonly rates: readonly number[];
  /** Milliseconds between the time of the last event and now; undefined before the first, and for recordings. */
  readonly lag: number | undefined;
  readonly totals: {
    readonly records: number;
    readonly signals: number;
    readonly incidents: number;
    readonly unreadable: number;
    readonly rules: number;
    /** Notices that receivers do not have yet. */
    readonly outbox: number;
  };
  readonly sources: readonly SourceView[];
  /** The worst first. */
  readonly incidents: readonly Incident[];
  /** The newest first. */
  readonly signals: readonly Signal[];
  /** The newest first. */
  readonly notes: readonly NoteView[];
}

export interface SourceView {
  readonly id: string;
  readonly state: 'reading' | 'waiting' | 'ended' | 'failing';
  readonly records: number;
  readonly unreadable: number;
  readonly perSecond: number;
}

export interface NoteView {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly level: 'note' | 'warning';
  readonly text: string;
  readonly count: number;
}
