import { carryOver } from '#analyze/sigma/carry-over.ts';
import type { IncidentUpdate } from '#score/incidents/correlate.ts';
import type { RawRecord } from '#model/artifact.ts';
import type { EventBundle } from '#model/content.ts';
import { isDegrading } from '#model/diagnostic.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Event, Signal } from '#model/event.ts';
import type { StreamUnit } from '#model/stream.ts';
import type { Mapping } from '#model/unit.ts';
import type { DetectorStep } from './detector-desk.ts';
import { EventPipeline } from './event-pipeline.ts';
import type { Handled } from './event-pipeline.ts';
import { noSettings, readEventRuleSettings } from './event-rule-settings.ts';
import { loadEventRules } from './event-rules.ts';
import type { EventRules } from './event-rules.ts';
import type { FindingIndex } from './incident-desk.ts';
import { limitBacktracking } from './linear-regexp.ts';
import type { Begun, Waiting } from './stream.ts';
import { watchRules } from './watch-rules.ts';
import type { RuleChange, RuleWatch } from './watch-rules.ts';

/** What is handed to every way of watching: what we know, and who listens to the results. */
export interface WatchUnits {
  /** Files and folders of Sigma rules that the user brings. */
  readonly ruleDirs: readonly string[];
  readonly mappings: readonly Mapping[];
  readonly contentRules: EventBundle['sigma'];
  readonly detectors?: readonly StreamUnit[];
  readonly findings?: FindingIndex;
  /** Incidents a day that people want to hear of; without it, all. */
  readonly budget?: number;
  /** File of values and names of fields for rules. */
  readonly ruleSettings?: string;
  /** Adds what the user's files say of the parties of an event. */
  readonly enrich?: (event: Event) => Event;
  /** Milliseconds since the epoch; nothing depends on it but the year of times that name none. */
  readonly clock: () => number;
  /** The next record waits until it has returned. */
  onSignal(signal: Signal): Promise<void> | void;
  /** Each change of an incident, also those that nobody needs to be told (`quiet`). */
  onUpdate?(update: IncidentUpdate): Promise<void> | void;
  onDiagnostic(diagnostic: Diagnostic): void;
  readonly signal?: AbortSignal;
}

export interface WatchCounts {
  readonly mapped: number;
  readonly unmapped: number;
  readonly unreadable: number;
  readonly signals: number;
  /** Signals that a dismissal covers. */
  readonly dismissed: number;
  /** Incidents that were told, less those that turned out to be parts of others. */
  readonly incidents: number;
  /** Incidents that did not fit into the budget: they are kept, and nobody was told. */
  readonly held: number;
}

export interface WatchSummary extends WatchCounts {
  /** Records that were decoded, plus those that could not be. */
  readonly records: number;
  readonly rulesLoaded: number;
  readonly rulesSkipped: number;
  /** As it was given. */
  readonly budget?: number;
  /** Something that should have been looked at was not. */
  readonly degraded: boolean;
  readonly interrupted: boolean;
  readonly seconds: number;
}

/** Counts and tells what one run of the line gives; where records come from and what is kept is up to its caller. */
export class WatchRun {
  readonly pipeline: EventPipeline;
  private readonly units: WatchUnits;
  private readonly started: number;
  private rules: EventRules;
  private readonly counts: { -readonly [name in keyof WatchCounts]: number } = { mapped: 0, unmapped: 0, unreadable: 0, signals: 0, dismissed: 0, incidents: 0, held: 0 };
  private degraded = false;

  constructor(units: WatchUnits, parts?: ReadonlyMap<string, Uint8Array>) {
    limitBacktracking();
    this.units = units;
    this.started = units.clock();
    const { mappings, contentRules, detectors = [], enrich, findings, budget, ruleDirs, ruleSettings } = units;
    this.rules = loadEventRules(contentRules, ruleDirs, ruleSettings === undefined ? noSettings : readEventRuleSettings(ruleSettings));
    const { rules, correlations, diagnostics } = this.rules;
    diagnostics.forEach((diagnostic) => this.note(diagnostic));
    this.pipeline = new EventPipeline({ mappings, rules, correlations, detectors, clock: () => units.clock(), ...(enrich === undefined ? {} : { enrich }) }, { ...(parts === undefined ? {} : { parts }), ...(findings === undefined ? {} : { findings }), ...(budget === undefined ? {} : { budget }) });
  }

  /** Looks for changes of the user's rules from now on. A broken version is named and not taken. */
  followRules(inTurn: (work: () => void) => void): RuleWatch {
    const { contentRules: bundled, ruleDirs: paths, ruleSettings } = this.units;
    return watchRules({ bundled, paths, ...(ruleSettings === undefined ? {} : { settings: ruleSettings }) }, this.rules, (change) => inTurn(() => this.takeRules(change)));
  }

  private takeRules(change: RuleChange): void {
    if (change.kind === 'kept') return change.diagnostics.forEach((diagnostic) => this.note(diagnostic));
    const before = this.rules;
    this.rules = change.rules;
    this.pipeline.reload(change.rules.rules, change.rules.correlations, (state) => carryOver(state, before, change.rules));
    this.note({ code: 'rules-reloaded', message: `the rules have changed: ${change.rules.rules.length + change.rules.correlations.length} are in force` });
  }

  get progress(): WatchCounts {
    return this.counts;
  }

  note(diagnostic: Diagnostic): void {
    // A source that was cut off on purpose complains about it; that is told once, at the end.
    if (diagnostic.code === 'event-unreadable' && this.units.signal?.aborted === true) return;
    if (isDegrading(diagnostic)) this.degraded = true;
    if (diagnostic.code === 'event-unreadable') this.counts.unreadable += diagnostic.count ?? 1;
    this.units.onDiagnostic(diagnostic);
  }

  /** Everything but telling: the caller may keep what follows before anyone hears of it. */
  take(record: RawRecord): Handled {
    return this.finish(this.begin(record), none);
  }

  /** See the pipeline: begun in order, finished in the same order. */
  begin(record: RawRecord): Begun {
    return this.pipeline.begin(record);
  }

  finish(begun: Waiting, elsewhere: readonly DetectorStep[]): Handled {
    const handled = this.pipeline.finish(begun, elsewhere);
    if (handled.outcome !== 'unreadable') this.counts[handled.outcome]++;
    for (const diagnostic of handled.diagnostics) this.note(diagnostic);
    for (const { update, dismissed } of handled.signals) {
      this.counts.signals++;
      if (dismissed) this.counts.dismissed++;
      this.counts.incidents += update?.tally.told ?? 0;
      this.counts.held += update?.tally.held ?? 0;
    }
    return handled;
  }

  async tell({ signals }: Handled): Promise<void> {
    for (const { signal, update } of signals) {
      await this.units.onSignal(signal);
      if (update !== undefined) await this.units.onUpdate?.(update);
    }
  }

  summary(): WatchSummary {
    const interrupted = this.units.signal?.aborted ?? false;
    const { mapped, unmapped, unreadable } = this.counts;
    return {
      ...this.counts, ...(this.units.budget === undefined ? {} : { budget: this.units.budget }), records: mapped + unmapped + unreadable, rulesLoaded: this.rules.rules.length + this.rules.correlations.length, rulesSkipped: this.rules.skipped,
      degraded: this.degraded, interrupted, seconds: (this.units.clock() - this.started) / 1000,
    };
  }
}

const none: readonly never[] = [];
