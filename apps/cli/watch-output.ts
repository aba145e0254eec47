import type { IncidentUpdate } from '#engine/incident-printer.ts';
import type { Signal } from '#model/event.ts';
import type { Incident } from '#model/incident.ts';
import { atLeast, severities } from '#model/severity.ts';
import type { Severity } from '#model/severity.ts';
import { CliError } from './command.ts';
import type { Io } from './command.ts';

export interface Printers {
  signal(signal: Signal): string;
  incident(incident: Incident, revision: number, whole?: boolean): string;
}

export interface OutputChoice {
  readonly signals: boolean;
  readonly incidents: boolean;
  readonly threshold: Severity;
  /** Incidents as they change; otherwise once, at the end, the worst first. */
  readonly asTheyCome: boolean;
  /** Most incidents that are told at the end. */
  readonly most: number;
  /** Only the incident whose id begins so, whatever its severity. */
  readonly only?: string;
}

/** What a watch prints: signals as they are found, and incidents. What is below the threshold is counted only. */
export class WatchOutput {
  readonly counts = { at: 0, below: 0 };
  private readonly io: Io;
  private readonly printers: Printers;
  private readonly choice: OutputChoice;
  private readonly last = new Map<string, IncidentUpdate>();

  constructor(io: Io, printers: Printers, choice: OutputChoice) {
    this.io = io;
    this.printers = printers;
    this.choice = choice;
  }

  async signal(signal: Signal): Promise<void> {
    const counts = this.counts;
    const shown = this.isShown(signal.severity);
    counts[shown ? 'at' : 'below']++;
    if (shown && this.choice.signals) this.io.stdout(`${this.printers.signal(signal)}\n`);
    await this.io.drained();
  }

  async update(update: IncidentUpdate): Promise<void> {
    if (!this.choice.incidents) return;
    if (!this.choice.asTheyCome) {
      this.last.set(update.id, update);
      for (const id of update.absorbed) this.last.delete(id);
    } else if (update.change !== 'quiet' && this.isShown(update.incident.severity)) {
      this.io.stdout(`${this.printers.incident(update.incident, update.revision)}\n`);
      await this.io.drained();
    }
  }

  /** Gives how many incidents there were at or above the threshold. */
  async finish(): Promise<number> {
    const { only } = this.choice;
    const isMeant = ({ incident }: IncidentUpdate): boolean => (only === undefined ? incident.held !== true && this.isShown(incident.severity) : incident.id.startsWith(only));
    const shown = [...this.last.values()].filter(isMeant).sort((a, b) => worstFirst(a.incident, b.incident));
    if (only !== undefined && shown.length !== 1) throw new CliError('usage', `${shown.length === 0 ? 'no incident has an id' : `${shown.length} incidents have ids`} that begins with ${only}`, 'Run the command without --incident to see their ids.');
    for (const { incident, revision } of shown.slice(0, this.choice.most)) {
      // One alone finds room to be told whole.
      this.io.stdout(`${this.printers.incident(incident, revision, shown.length === 1)}\n`);
      await this.io.drained();
    }
    if (shown.length > this.choice.most) this.io.stderr(`watchward: ${shown.length - this.choice.most} more incidents of lower risk; --most ${shown.length} shows all\n`);
    return shown.length;
  }

  private isShown(severity: Severity): boolean {
    return atLeast(severities, severity, this.choice.threshold);
  }
}

function worstFirst(a: Incident, b: Incident): number {
  return b.risk.score - a.risk.score || a.first - b.first || (a.id < b.id ? -1 : 1);
}
