import { countSurprise, driftOf, leastJudged, newHistory } from '#learn/evaluation/surprise-drift.ts';
import type { Drift, SurpriseHistory } from '#learn/evaluation/surprise-drift.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { StreamStep } from '#model/stream.ts';
import { changedParts, tableOf } from './entry-parts.ts';
import type { Entries, Part } from './entry-parts.ts';
import type { EntryTable } from './entry-table.ts';

/** Models in one stream, and detectors that ask them: a bound, far above what there are. */
const most = 500;
const day = 24 * 3_600_000;
/** Judgements of a day between two looks at the bands; the first of a day looks, too. Counted where they are kept: a restart changes no look. */
const between = 1_000;
const table = { histories: 'model-drift', askers: 'model-askers' };

/** Counts what learned models are surprised by, and says so when one leaves its band. */
export class DriftWatch {
  /** By model. */
  private readonly histories: EntryTable<SurpriseHistory>;
  /** Of detectors that tell only of what they signal: the models that they ask. */
  private readonly askers: EntryTable<readonly string[]>;

  constructor(entries?: Entries) {
    this.histories = tableOf(entries, table.histories, most);
    this.askers = tableOf(entries, table.askers, most);
  }

  /** Told of every event that a detector took. */
  note(detector: string, { signals, judged }: Pick<StreamStep<unknown>, 'signals' | 'judged'>, now: number): readonly Diagnostic[] {
    const asked = judged ?? this.signalled(detector, signals);
    if (asked.length === 0) return none;
    const told: Diagnostic[] = [];
    for (const { model, surprise } of asked) {
      const history = this.histories.get(model) ?? newHistory();
      countSurprise(history, Math.floor(now / day), surprise);
      this.histories.set(model, history);
      const today = history.days.at(-1)?.judged ?? 0;
      if (today === 1 || today % between === 0) told.push(...look(model, history));
    }
    return told;
  }

  /** A detector that tells only of signals: each event counts, and those without a signal had no surprise that is known. */
  private signalled(detector: string, signals: StreamStep<unknown>['signals']): readonly { readonly model: string; readonly surprise: number | undefined }[] {
    const known = this.askers.get(detector) ?? none;
    const learned = signals.length === 0 ? none : signals.flatMap((signal) => signal.learned ?? []);
    if (learned.length === 0) return known.map((model) => ({ model, surprise: undefined }));
    const models = [...new Set([...known, ...learned.map(({ model }) => model)])];
    if (models.length > known.length) this.askers.set(detector, models);
    return models.map((model) => ({ model, surprise: learned.reduce((highest, one) => (one.model === model ? Math.max(highest, one.surprise) : highest), 0) }));
  }

  /** What a checkpoint keeps of what changed since this was last asked. */
  changedParts(): Part[] {
    return [...changedParts(table.histories, this.histories), ...changedParts(table.askers, this.askers)];
  }
}

/** What was kept of each model. */
export function historiesIn(entries: Entries): ReadonlyMap<string, SurpriseHistory> {
  return new Map(tableOf<SurpriseHistory>(entries, table.histories, most).entries());
}

const none: readonly never[] = [];

function look(model: string, history: SurpriseHistory): Diagnostic[] {
  const drift = driftOf(history);
  if (drift.band === history.band) return [];
  const before = history.band;
  history.band = drift.band;
  if (drift.band === 'loud' || drift.band === 'quiet') return [{ code: 'model-drift', rule: model, message: `model ${model}: ${driftWords(drift)}; ${cure}` }];
  return before === 'loud' || before === 'quiet' ? [{ code: 'model-drift', rule: model, message: `model ${model} is surprised as often as it promises again` }] : [];
}

const cure = 'either what it watches has changed, or it no longer fits; `watchward models list` shows it, and the setting `models-off` turns it off';

/** One sentence with numbers. */
export function driftWords({ band, days, judged, level, reached, expected }: Drift): string {
  const span = days === 1 ? 'the newest day' : `the newest ${days} days`;
  const events = `${judged.toLocaleString('en')} events of ${span}`;
  if (band === 'unknown') return judged === 0 ? 'nothing was judged yet' : `${events} were judged, ${leastJudged.toLocaleString('en')} are needed`;
  const found = `of ${events}, ${reached.toLocaleString('en')} had a surprise of ${level} or more`;
  const due = expected < 10 ? expected.toFixed(1) : Math.round(expected).toLocaleString('en');
  return band === 'quiet' ? `${found}, where the days before had it ${due} times` : `${found}, ${due} ${band === 'loud' ? 'are promised' : 'were to be expected'}`;
}
