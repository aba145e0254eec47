import { isoTime } from '#formats/iso-time.ts';
import { entitiesOf, entityKey } from '#score/incidents/entities.ts';
import type { RoledEntity } from '#score/incidents/entities.ts';
import { correlate, initialIncidents } from '#score/incidents/correlate.ts';
import type { IncidentState, IncidentUpdate } from '#score/incidents/correlate.ts';
import { learnedFrom } from '#score/incidents/feedback.ts';
import type { Feedback } from '#score/incidents/feedback.ts';
import type { SignalRarity } from '#score/incidents/signal-rarity.ts';
import { noteSignal } from '#score/entity-risk/entity-risk.ts';
import type { KnownRisk } from '#score/entity-risk/entity-risk.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Signal } from '#model/event.ts';
import type { Entity, Incident } from '#model/incident.ts';
import type { KeyedMemory } from '#model/stream.ts';

/** What a dismissal holds for: signals of these rules about all of these entities. */
export interface DismissedExample {
  readonly rules: readonly string[];
  readonly entities: readonly Entity[];
}

/** What a person said, as the desk needs it. */
export interface Ruling {
  readonly incident: string;
  readonly verdict: 'accepted' | 'dismissed' | 'closed' | 'reopened' | 'confirmed' | 'false-alarm';
  /** ISO date: without effect from the day after. */
  readonly until?: string;
  readonly example?: DismissedExample;
}

/** Findings of a scan that a place in events can be held against: by repository, the fingerprints of its open findings. */
export type FindingIndex = ReadonlyMap<string, readonly string[]>;

export interface DeskResult {
  readonly update: IncidentUpdate | undefined;
  /** True when a dismissal covers the signal: it is kept and told to nobody. */
  readonly dismissed: boolean;
  /** How rare it is for where it happened; undefined for what is dismissed. */
  readonly rarity?: SignalRarity;
  readonly diagnostics: readonly Diagnostic[];
}

export interface DeskOptions {
  readonly findings?: FindingIndex;
  /** Incidents a day that people want to hear of; without it, all. */
  readonly budget?: number;
  /** What is known against each entity. */
  readonly risks?: KeyedMemory<KnownRisk>;
}

/** Signals in, incidents out, under what people have said about earlier ones. */
export class IncidentDesk {
  readonly state: IncidentState;
  private readonly findings: FindingIndex;
  private readonly budget: number | undefined;
  private readonly risks: KeyedMemory<KnownRisk>;
  private readonly rulings = new Map<string, Ruling>();
  private feedback: Feedback = new Map();
  /** Examples of the dismissals that hold on a day, by rule; made anew when verdicts or the day change. */
  private dismissals: { readonly day: string; readonly byRule: ReadonlyMap<string, readonly DismissedExample[]> } | undefined;

  constructor(state: IncidentState = initialIncidents(), { findings = new Map(), budget, risks = new Map() }: DeskOptions = {}) {
    this.state = state;
    this.findings = findings;
    this.budget = budget;
    this.risks = risks;
  }

  /** A later ruling on the same incident takes the place of an earlier one. */
  rule(ruling: Ruling): void {
    this.rulings.set(ruling.incident, ruling);
    this.dismissals = undefined;
  }

  /** What was said of an incident was taken back, and nothing was said before it. */
  unrule(incident: string): void {
    this.rulings.delete(incident);
    this.dismissals = undefined;
  }

  /** What verdicts that are in force say of kinds of incidents. */
  learn(feedback: Feedback): void {
    this.feedback = feedback;
  }

  push(signal: Signal): DeskResult {
    const today = isoTime(signal.time).slice(0, 10);
    if (this.isDismissed(signal, today)) return { update: undefined, dismissed: true, diagnostics: [] };
    const { update, retired, entities, rarity } = correlate(this.state, signal, {
      isClosed: (id) => this.isClosed(id, today),
      findingsOn: (met) => this.findingsOn(met),
      learnedOf: ({ steps }) => learnedFrom(this.feedback, steps).moved,
      ...(this.budget === undefined ? {} : { budget: this.budget }),
    });
    // What is common where it happened says nothing of anybody.
    if (!rarity.routine) noteSignal(this.risks, signal, entities, update?.id);
    // What came back after it was closed is open again, until somebody closes it once more.
    if (update?.change === 'regressed') this.unrule(update.id);
    return { update, dismissed: false, rarity, diagnostics: retired === 0 ? [] : [retiredEarly(retired)] };
  }

  private isClosed(id: string, today: string): boolean {
    const ruling = this.rulings.get(id);
    return ruling !== undefined && closing.has(ruling.verdict) && !(ruling.until !== undefined && ruling.until < today);
  }

  private isDismissed(signal: Signal, today: string): boolean {
    const covering = this.dismissalsOn(today).get(signal.rule);
    if (covering === undefined) return false;
    const present = new Set(signal.events.flatMap(entitiesOf).map(entityKey));
    return covering.some(({ entities }) => entities.every((entity) => present.has(entityKey(entity))));
  }

  private dismissalsOn(day: string): ReadonlyMap<string, readonly DismissedExample[]> {
    if (this.dismissals?.day === day) return this.dismissals.byRule;
    const byRule = new Map<string, DismissedExample[]>();
    for (const { verdict, until, example } of this.rulings.values()) {
      // An example about nobody in particular would silence its rules for everyone.
      if (verdict !== 'dismissed' || example === undefined || example.entities.length === 0 || (until !== undefined && until < day)) continue;
      for (const rule of new Set(example.rules)) byRule.set(rule, [...(byRule.get(rule) ?? []), example]);
    }
    this.dismissals = { day, byRule };
    return byRule;
  }

  private findingsOn(entities: readonly RoledEntity[]): readonly string[] {
    return this.findings.size === 0 ? [] : entities.filter(({ kind }) => kind === 'repository').flatMap(({ name }) => this.findings.get(name) ?? []);
  }
}

const closing: ReadonlySet<string> = new Set(['closed', 'dismissed', 'false-alarm']);

/** The example that a dismissal of an incident stands for: its rules, and who acted where; not addresses or sessions, which change. */
export function exampleOf(incident: Pick<Incident, 'steps' | 'entities'>): DismissedExample {
  const lasting = new Set(['user', 'role', 'service', 'repository', 'workflow']);
  const inEveryStep = incident.entities.filter(({ kind, name }) => lasting.has(kind) && incident.steps.every((step) => step.entities.some((entity) => entity.kind === kind && entity.name === name)));
  return { rules: [...new Set(incident.steps.map(({ rule }) => rule))], entities: inEveryStep.map(({ kind, name }) => ({ kind, name })) };
}

function retiredEarly(count: number): Diagnostic {
  return { code: 'incident-limit', count, message: `${count} live incidents had to make room for newer ones; they are kept as they were last told, and get no more signals` };
}
