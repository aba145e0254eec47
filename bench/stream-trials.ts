import { loneDetector } from '#engine/stream-evaluation.ts';
import type { LoneDetector } from '#engine/stream-evaluation.ts';
import { atLeast, severities } from '#model/severity.ts';
import type { StreamUnit } from '#model/stream.ts';
import type { Recorded } from '../tools/recordings/record.ts';

/** An attack that is tried on a copy of what the detector knows by then, and leaves nothing behind. */
export interface Trial {
  readonly name: string;
  readonly time: number;
  readonly records: readonly Recorded[];
}

export interface TrialResult {
  readonly name: string;
  /** Signals of severity low or more, and of medium or more. */
  readonly told: number;
  readonly medium: number;
  readonly surprise: number;
  readonly message: string;
}

export interface Stretch {
  readonly trials: readonly TrialResult[];
  readonly low: number;
  readonly medium: number;
  readonly informational: number;
  readonly surprises: readonly number[];
  readonly wanted: number;
  readonly messages: readonly string[];
  /** Signals of severity low or more on hostile records. */
  readonly hostileTold: number;
}

/** Ordinary records in the order of time, with trials among them; signals on `hostile` records are no false ones. */
export function tryOut(unit: StreamUnit, ordinary: readonly Recorded[], trials: readonly Trial[], hostile: ReadonlySet<Recorded> = new Set()): Stretch {
  const detector = loneDetector(unit);
  const due = trials.toSorted((a, b) => a.time - b.time);
  const counts = { low: 0, medium: 0, informational: 0, wanted: 0, hostileTold: 0 };
  const [results, surprises, messages]: [TrialResult[], number[], string[]] = [[], [], []];
  for (const one of ordinary.toSorted((a, b) => a.time - b.time)) {
    while (due[0] !== undefined && due[0].time <= one.time) results.push(trialOn(detector.fork(), due.shift() as Trial));
    const { time, signals, surprises: odd } = detector.push(one.record);
    if (hostile.has(one)) counts.hostileTold += signals.filter(({ severity }) => severity !== 'informational').length;
    if (time === undefined || hostile.has(one)) continue;
    counts.wanted += 1;
    surprises.push(...odd);
    for (const { severity, message } of signals) {
      if (severity === 'informational') counts.informational += 1;
      else counts[severity === 'low' ? 'low' : 'medium'] += 1;
      messages.push(`${severity} ${message}`);
    }
  }
  for (const trial of due) results.push(trialOn(detector.fork(), trial));
  return { ...counts, trials: results, surprises, messages };
}

function trialOn(detector: LoneDetector, { name, records }: Trial): TrialResult {
  const pushed = records.toSorted((a, b) => a.time - b.time).map(({ record }) => detector.push(record));
  const signals = pushed.flatMap((one) => one.signals);
  const at = (least: 'low' | 'medium'): number => signals.filter(({ severity }) => atLeast(severities, severity, least)).length;
  return { name, told: at('low'), medium: at('medium'), surprise: Math.max(0, ...pushed.flatMap((one) => one.surprises)), message: signals.toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity))[0]?.message ?? '' };
}

/** Microseconds of the processor that the detector takes for one of the records that it wants, records being mapped before. */
export function costOf(unit: StreamUnit, ordinary: readonly Recorded[]): number {
  const detector = loneDetector(unit);
  const before = loneDetector({ ...unit, step: (state) => ({ state, signals: [], diagnostics: [] }) });
  const records = ordinary.toSorted((a, b) => a.time - b.time);
  const spent = [before, detector].map((one) => {
    const started = process.cpuUsage();
    let wanted = 0;
    for (const { record } of records) if (one.push(record).time !== undefined) wanted += 1;
    const { user, system } = process.cpuUsage(started);
    return (user + system) / Math.max(1, wanted);
  });
  return Math.max(0, (spent[1] ?? 0) - (spent[0] ?? 0));
}
