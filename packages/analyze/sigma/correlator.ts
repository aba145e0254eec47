import type { Diagnostic } from '#model/diagnostic.ts';
import type { Observation, StreamDetector, StreamStep, UnscoredSignal } from '#model/stream.ts';
import { holds, judgedAtOnce, mostGroups, mostOccurrences } from './correlation.ts';
import type { CompiledCorrelation, Occurrence } from './correlation.ts';
import type { SigmaState } from './detector.ts';
import { FieldTable, RecordView } from './record-view.ts';
import type { Field } from './record-view.ts';

/** Occurrences by correlation and group; groups stand in the order in which their time began. Plain data. */
export type CorrelationState = Map<string, Map<string, Occurrence[]>>;

interface Unit extends CompiledCorrelation {
  readonly atOnce: boolean;
  readonly window: number;
  /** For each rule, the fields that group and the fields that are measured. */
  readonly groupFields: readonly (readonly Field[])[];
  readonly valueFields: readonly Field[];
}

/** Adds correlations to the detector of single events. The rules behind them give no signals of their own unless asked to. */
export function correlatedDetector(inner: StreamDetector<SigmaState>, correlations: readonly CompiledCorrelation[]): StreamDetector<CorrelationState> {
  const table = new FieldTable();
  const units = correlations.map((compiled) => unitOf(compiled, table));
  const byRule = new Map<string, Unit[]>();
  for (const unit of units) for (const rule of new Set(unit.rules)) byRule.set(rule, [...(byRule.get(rule) ?? []), unit]);
  const silent = new Set(units.filter(({ correlation }) => !correlation.generate).flatMap(({ rules }) => rules));
  const view = new RecordView();
  return {
    initial: new Map(),
    step(state, observation, now): StreamStep<CorrelationState> {
      const single = inner.step(null, observation, now);
      if (units.length === 0) return { ...single, state };
      const found = new Correlator(state, view, observation);
      const closed = units.flatMap((unit) => (unit.atOnce ? [] : found.close(unit, now)));
      const signals: UnscoredSignal[] = [];
      // A correlation may stand behind another; the loader refuses circles.
      const open = [...single.signals, ...closed];
      for (let signal = open.shift(); signal !== undefined; signal = open.shift()) {
        if (!silent.has(signal.rule)) signals.push(signal);
        for (const unit of byRule.get(signal.rule) ?? []) open.push(...found.add(unit, signal.rule));
      }
      return { state, signals, diagnostics: [...single.diagnostics, ...found.diagnostics] };
    },
  };
}

function unitOf(compiled: CompiledCorrelation, table: FieldTable): Unit {
  const { correlation, rules } = compiled;
  const fieldFor = (name: string, rule: number): Field => table.intern(correlation.aliases.get(name)?.get(correlation.rules[rule] ?? '') ?? name);
  return {
    ...compiled, atOnce: judgedAtOnce(correlation), window: correlation.timespan,
    groupFields: rules.map((_, rule) => correlation.groupBy.map((name) => fieldFor(name, rule))),
    valueFields: correlation.fields.map((name) => table.intern(name)),
  };
}

/** What one event does to the groups. */
class Correlator {
  readonly diagnostics: Diagnostic[] = [];
  private readonly state: CorrelationState;
  private readonly view: RecordView;
  private readonly observation: Observation;

  constructor(state: CorrelationState, view: RecordView, observation: Observation) {
    this.state = state;
    this.view = view;
    this.observation = observation;
    view.reset(observation.record);
  }

  /** Adds the event under each place that the rule has in the correlation. */
  add(unit: Unit, rule: string): UnscoredSignal[] {
    return unit.rules.flatMap((id, position) => (id === rule ? this.addAt(unit, position) : []));
  }

  /** Judges the groups whose time span is over. */
  close(unit: Unit, now: number): UnscoredSignal[] {
    const groups = this.groupsOf(unit);
    const signals: UnscoredSignal[] = [];
    for (const [key, occurrences] of groups) {
      if ((occurrences[0]?.time ?? now) + unit.window > now) break;
      groups.delete(key);
      if (holds(unit.correlation, occurrences)) signals.push(this.signal(unit, key, occurrences));
    }
    return signals;
  }

  private addAt(unit: Unit, position: number): UnscoredSignal[] {
    const key = this.keyOf(unit.groupFields[position] ?? []);
    if (key === undefined) return [];
    const { time } = this.observation;
    const groups = this.groupsOf(unit);
    const before = groups.get(key) ?? [];
    // Events may come a little out of order; the newest decides what is too old.
    const kept = unit.atOnce ? before.filter((occurrence) => occurrence.time > time - unit.window) : before;
    const occurrences = [...kept, { time, rule: position, value: this.valueOf(unit) }].sort((a, b) => a.time - b.time);
    if (occurrences.length > mostOccurrences) this.limit(unit, `one group holds more than ${mostOccurrences} events`, () => occurrences.shift());
    groups.set(key, occurrences);
    if (groups.size > mostGroups) this.limit(unit, `it has more than ${mostGroups} groups`, () => groups.delete(groups.keys().next().value ?? ''));
    if (!unit.atOnce || !holds(unit.correlation, occurrences)) return [];
    groups.delete(key);
    return [this.signal(unit, key, occurrences)];
  }

  /** An event without a field that groups belongs to no group. */
  private keyOf(fields: readonly Field[]): string | undefined {
    const values = fields.map((field) => this.view.values(field)[0]?.text);
    return values.includes(undefined) ? undefined : JSON.stringify(values);
  }

  private valueOf({ valueFields }: Unit): string | null {
    const values = valueFields.map((field) => this.view.values(field)[0]?.text);
    if (valueFields.length === 0 || values.includes(undefined)) return null;
    return values.length === 1 ? (values[0] ?? null) : JSON.stringify(values);
  }

  private groupsOf({ id }: Unit): Map<string, Occurrence[]> {
    const groups = this.state.get(id) ?? new Map<string, Occurrence[]>();
    this.state.set(id, groups);
    return groups;
  }

  private limit({ id }: Unit, what: string, cut: () => void): void {
    cut();
    this.diagnostics.push({ code: 'rule-over-budget', rule: id, message: `correlation ${id}: ${what}; the oldest was left out` });
  }

  private signal(unit: Unit, key: string, occurrences: readonly Occurrence[]): UnscoredSignal {
    const tags = unit.tags.map((tag) => tag.toLowerCase()).filter((tag) => tag.startsWith('attack.')).map((tag) => tag.slice(7));
    const isTechnique = (tag: string): boolean => /^t\d{4}(?:\.\d{3})?$/.test(tag);
    const named = unit.correlation.groupBy.length === 0 ? '' : ` for ${unit.correlation.groupBy.join(', ')} ${key.slice(0, 200)}`;
    return {
      rule: unit.id, title: unit.title, severity: unit.level, confidence: 'medium',
      message: `${unit.title}: ${occurrences.length} events within ${unit.window / 1000} s${named}`,
      time: this.observation.time, techniques: tags.filter(isTechnique).map((tag) => tag.toUpperCase()),
      tactics: tags.filter((tag) => !isTechnique(tag) && !/^[a-z]{1,2}\d+$/.test(tag)), evidence: [], events: [this.observation.event],
      references: unit.references, falsePositives: unit.falsePositives,
    };
  }
}
