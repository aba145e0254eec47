import { deedOf } from '#formats/ocsf-deed.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Observation, StreamDetector, StreamStep, UnscoredSignal } from '#model/stream.ts';
import { addOccurrence, holds, judgedAtOnce, mostOccurrences } from './correlation.ts';
import type { CompiledCorrelation, Occurrence } from './correlation.ts';
import { countOf, groupKey, mostGroups, mostInAll, valueKey } from './correlation-state.ts';
import type { CorrelationState } from './correlation-state.ts';
import type { SigmaState } from './detector.ts';
import { FieldTable, RecordView } from './record-view.ts';
import type { Field } from './record-view.ts';
import { attackOf } from './signal.ts';

export type { CorrelationState } from './correlation-state.ts';

interface Unit extends CompiledCorrelation {
  readonly atOnce: boolean;
  readonly window: number;
  /** For each rule, the fields that group and the fields that are measured. */
  readonly groupFields: readonly (readonly Field[])[];
  readonly valueFields: readonly (readonly Field[])[];
}

/** How many occurrences a state holds; counted anew for a state that comes from elsewhere. */
interface Count {
  of: CorrelationState | undefined;
  value: number;
}

/** Adds correlations to the detector of single events. The rules behind them give no signals of their own unless asked to. */
export function correlatedDetector(inner: StreamDetector<SigmaState>, correlations: readonly CompiledCorrelation[]): StreamDetector<CorrelationState> {
  const table = new FieldTable();
  const units = correlations.map((compiled) => unitOf(compiled, table));
  const byRule = new Map<string, Unit[]>();
  for (const unit of units) for (const rule of new Set(unit.rules)) byRule.set(rule, [...(byRule.get(rule) ?? []), unit]);
  const silent = new Set(units.filter(({ correlation }) => !correlation.generate).flatMap(({ rules }) => rules));
  const view = new RecordView();
  const count: Count = { of: undefined, value: 0 };
  return {
    initial: new Map(),
    step(state, observation, now): StreamStep<CorrelationState> {
      const single = inner.step(null, observation, now);
      if (units.length === 0) return { ...single, state };
      const waiting = units.some((unit) => !unit.atOnce && (state.get(unit.id)?.size ?? 0) > 0);
      if (!waiting && !single.signals.some(({ rule }) => byRule.has(rule))) return { ...single, state };
      if (count.of !== state) Object.assign(count, { of: state, value: countOf(state) });
      const found = new Correlator(state, view, observation, count);
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
  const { correlation, rules, names } = compiled;
  const fieldFor = (name: string, rule: number): Field => {
    const own = correlation.aliases.get(name)?.get(correlation.rules[rule] ?? '') ?? name;
    return table.intern(names?.[rule]?.get(own) ?? own);
  };
  return {
    ...compiled, atOnce: judgedAtOnce(correlation), window: correlation.timespan,
    groupFields: rules.map((_, rule) => correlation.groupBy.map((name) => fieldFor(name, rule))),
    valueFields: rules.map((_, rule) => correlation.fields.map((name) => fieldFor(name, rule))),
  };
}

/** What one event does to the groups. */
class Correlator {
  readonly diagnostics: Diagnostic[] = [];
  private readonly state: CorrelationState;
  private readonly view: RecordView;
  private readonly observation: Observation;
  private readonly count: Count;

  constructor(state: CorrelationState, view: RecordView, observation: Observation, count: Count) {
    this.state = state;
    this.count = count;
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
      this.remove(groups, key);
      if (holds(unit.correlation, occurrences)) signals.push(this.signal(unit, occurrences));
    }
    return signals;
  }

  private addAt(unit: Unit, position: number): UnscoredSignal[] {
    const key = this.keyOf(unit.groupFields[position] ?? []);
    if (key === undefined) return [];
    const groups = this.groupsOf(unit);
    const occurrences = groups.get(key) ?? [];
    const before = occurrences.length;
    const cut = addOccurrence(unit, occurrences, { time: this.observation.time, rule: position, value: this.valueOf(unit, position) });
    this.count.value += occurrences.length - before;
    if (cut > 0) this.limit(unit, `one group holds more than ${mostOccurrences} events`);
    // The group that was added to last stands last.
    if (unit.atOnce) groups.delete(key);
    groups.set(key, occurrences);
    if (unit.atOnce) this.forget(unit, groups);
    this.keepLimits(unit, groups);
    if (!unit.atOnce || !holds(unit.correlation, occurrences)) return [];
    this.remove(groups, key);
    return [this.signal(unit, occurrences)];
  }

  /** Groups to which nothing was added for as long as the window is. */
  private forget({ window }: Unit, groups: Map<string, Occurrence[]>): void {
    for (const [key, occurrences] of groups) {
      if ((occurrences.at(-1)?.time ?? 0) > this.observation.time - window) return;
      this.remove(groups, key);
    }
  }

  private keepLimits(unit: Unit, groups: Map<string, Occurrence[]>): void {
    while (groups.size > mostGroups) {
      this.removeOldest(groups);
      this.limit(unit, `it has more than ${mostGroups} groups`);
    }
    while (this.count.value > mostInAll) {
      const largest = [...this.state.values()].reduce((most, other) => (other.size > most.size ? other : most), groups);
      this.removeOldest(largest);
      this.limit(unit, `all correlations together hold more than ${mostInAll} events`);
    }
  }

  private removeOldest(groups: Map<string, Occurrence[]>): void {
    const oldest = groups.keys().next();
    if (oldest.done !== true) this.remove(groups, oldest.value);
  }

  private remove(groups: Map<string, Occurrence[]>, key: string): void {
    this.count.value -= groups.get(key)?.length ?? 0;
    groups.delete(key);
  }

  /** An event without a field that groups belongs to no group. */
  private keyOf(fields: readonly Field[]): string | undefined {
    const values = fields.map((field) => this.view.values(field)[0]?.text);
    return values.every((value) => value !== undefined) ? groupKey(values) : undefined;
  }

  private valueOf({ valueFields }: Unit, position: number): string | null {
    const values = (valueFields[position] ?? []).map((field) => this.view.values(field)[0]?.text);
    if (values.length === 0 || values.includes(undefined)) return null;
    return valueKey(values.length === 1 ? (values[0] ?? '') : JSON.stringify(values));
  }

  private groupsOf({ id }: Unit): Map<string, Occurrence[]> {
    const groups = this.state.get(id) ?? new Map<string, Occurrence[]>();
    this.state.set(id, groups);
    return groups;
  }

  private limit({ id }: Unit, what: string): void {
    this.diagnostics.push({ code: 'rule-over-budget', rule: id, message: `correlation ${id}: ${what}; the oldest was left out` });
  }

  private signal(unit: Unit, occurrences: readonly Occurrence[]): UnscoredSignal {
    const counted = unit.correlation.type === 'value_count' ? `with ${occurrences.length} different values of ${unit.correlation.fields.map(lastName).join(', ')}` : `the last of ${occurrences.length} events`;
    const grouped = unit.correlation.groupBy.length === 0 ? '' : ` for the same ${unit.correlation.groupBy.map(lastName).join(' and ')}`;
    return {
      rule: unit.id, title: unit.title, severity: unit.level, confidence: 'medium',
      message: `${unit.title}: ${deedOf(this.observation.event)}, ${counted} within ${spanOf(unit.window)}${grouped}`,
      time: this.observation.time, ...attackOf(unit.tags), evidence: [], events: [this.observation.event],
      references: unit.references, falsePositives: unit.falsePositives,
    };
  }
}

/** `userIdentity.accessKeyId` is read as `accessKeyId`. */
function lastName(field: string): string {
  return field.slice(field.lastIndexOf('.') + 1);
}

function spanOf(milliseconds: number): string {
  const [size, unit] = ([[86_400_000, 'd'], [3_600_000, 'h'], [60_000, 'min']] as const).find(([one]) => milliseconds % one === 0) ?? [1_000, 's'];
  return `${milliseconds / size} ${unit}`;
}
