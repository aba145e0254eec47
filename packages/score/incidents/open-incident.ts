import type { Entity, Incident, IncidentContext, IncidentState, IncidentStep, Stage } from '#model/incident.ts';
import { atLeast, confidences, severities } from '#model/severity.ts';
import type { Confidence, Severity } from '#model/severity.ts';
import type { Signal } from '#model/event.ts';
import { assessRisk } from '../risk.ts';
import type { EntityRole, RoledEntity } from './entities.ts';
import { entityKey } from './entities.ts';
import { incidentEvidence } from './incident-evidence.ts';
import { inOrder, stagesOf } from './stages.ts';
import { storyOf, titleOf } from './story.ts';

/** An incident while signals may still join it: plain data, so that it can be kept over a restart. */
export interface OpenIncident {
  readonly id: string;
  first: number;
  last: number;
  readonly entities: Map<string, KnownEntity>;
  readonly steps: IncidentStep[];
  signals: number;
  omitted: number;
  revision: number;
  state: IncidentState;
  confidence: Confidence;
  /** Some step used what an earlier one had made. */
  causal: boolean;
  /** Every signal so far was a failed attempt. */
  failed: boolean;
  privileged: boolean;
  findings: readonly string[];
  /** What the risk comes to and how many stages were reached, since the last thing happened that either depends on. */
  weight: Weight | undefined;
  /** Where it broke out and when something rare was last added there; undefined where nothing was rare. */
  outbreak: { readonly place: string; last: number } | undefined;
  /** The oddest that it came to. */
  oddest: Oddity | undefined;
  /** What its places had reported before, that alone would be nothing. */
  context: readonly IncidentContext[];
  /** How interesting it was when the budget was last asked; undefined before that. */
  interest: number | undefined;
  /** What people were last told. */
  told: { readonly score: number; readonly stages: number; readonly signals: number };
}

/** How odd it is for a place. */
export interface Oddity {
  /** Outbreaks of at least this size that such a place has a day. */
  readonly perDay: number;
  readonly detail: string;
}

interface Weight {
  readonly score: number;
  readonly stages: number;
}

export interface KnownEntity extends Entity {
  readonly roles: EntityRole[];
  signals: number;
  last: number;
}

export const limits = { entities: 200, steps: 100, entitiesOfStep: 8, context: 24 } as const;

export function openIncident(id: string, time: number): OpenIncident {
  return {
    id, first: time, last: time, entities: new Map(), steps: [], signals: 0, omitted: 0, revision: 0, state: 'new', confidence: 'low',
    causal: false, failed: true, privileged: false, findings: [], weight: undefined, outbreak: undefined, oddest: undefined, context: [], interest: undefined, told: { score: 0, stages: 0, signals: 0 },
  };
}

export interface Addition {
  readonly signal: Signal;
  readonly entities: readonly RoledEntity[];
  /** What ties it to what came before, for a person. */
  readonly joinedBy: string;
  /** What is no sign of an attack by itself keeps no memory of it awake. */
  readonly wakes: boolean;
}

export function addSignal(incident: OpenIncident, { signal, entities, joinedBy, wakes }: Addition): void {
  incident.signals++;
  incident.first = Math.min(incident.first, signal.time);
  incident.last = Math.max(incident.last, signal.time);
  // A weak rule says little about a chain that a sure one has shown.
  const { confidence, failed, privileged } = incident;
  if (atLeast(severities, signal.severity, 'low') && atLeast(confidences, signal.confidence, confidence)) incident.confidence = signal.confidence;
  incident.failed &&= signal.evidence.some(({ factor }) => factor === 'event.outcome.failure');
  incident.privileged ||= signal.evidence.some(({ factor }) => factor === 'event.privileged');
  if (incident.confidence !== confidence || incident.failed !== failed || incident.privileged !== privileged) incident.weight = undefined;
  for (const entity of entities) addEntity(incident, entity, signal.time, wakes);
  addStep(incident, signal, entities, joinedBy);
}

function addEntity(incident: OpenIncident, { kind, name, role }: RoledEntity, time: number, wakes: boolean): void {
  const key = entityKey({ kind, name });
  const known = incident.entities.get(key);
  if (known !== undefined) {
    known.signals++;
    if (wakes) known.last = Math.max(known.last, time);
    if (!known.roles.includes(role)) known.roles.push(role);
  } else if (incident.entities.size < limits.entities) incident.entities.set(key, { kind, name, roles: [role], signals: 1, last: time });
  else incident.omitted++;
}

/** Signals of a rule that are of one mind (same rule, same actor) are one step, whatever comes between. */
function addStep(incident: OpenIncident, signal: Signal, entities: readonly RoledEntity[], joinedBy: string): void {
  const told: Entity[] = entities.slice(0, limits.entitiesOfStep).map(({ kind, name }) => ({ kind, name }));
  const at = incident.steps.findLastIndex((step) => step.rule === signal.rule && step.title === signal.title && isSame(step.entities[0], told[0]));
  const before = incident.steps[at];
  if (before !== undefined) {
    const severity = worse(before.severity, signal.severity);
    if (severity !== before.severity) incident.weight = undefined;
    incident.steps[at] = {
      ...before, count: before.count + 1, ...(before.varied === true || before.message !== signal.message ? { varied: true } : {}), first: Math.min(before.first, signal.time), last: Math.max(before.last, signal.time), severity,
      entities: [...before.entities, ...told.filter((one) => !before.entities.some((known) => isSame(known, one)))].slice(0, limits.entitiesOfStep),
    };
    return;
  }
  if (incident.steps.length >= limits.steps) {
    incident.omitted++;
    return;
  }
  const { rule, title, severity, message, time, techniques, tactics } = signal;
  incident.weight = undefined;
  insertByTime(incident.steps, { rule, title, severity, message, first: time, last: time, count: 1, stages: stagesOf(tactics), techniques, entities: told, joinedBy });
}

function isSame(one: Entity | undefined, other: Entity | undefined): boolean {
  return one?.kind === other?.kind && one?.name === other?.name;
}

function insertByTime(steps: IncidentStep[], step: IncidentStep): void {
  const at = steps.findLastIndex(({ first }) => first <= step.first);
  steps.splice(at + 1, 0, step);
}

/** The younger incident becomes part of the older one. */
export function absorb(into: OpenIncident, from: OpenIncident): void {
  into.weight = undefined;
  into.first = Math.min(into.first, from.first);
  into.last = Math.max(into.last, from.last);
  into.signals += from.signals;
  into.omitted += from.omitted;
  if (atLeast(confidences, from.confidence, into.confidence)) into.confidence = from.confidence;
  into.causal ||= from.causal;
  into.failed &&= from.failed;
  into.privileged ||= from.privileged;
  into.findings = [...new Set([...into.findings, ...from.findings])];
  if (from.oddest !== undefined && (into.oddest === undefined || from.oddest.perDay < into.oddest.perDay)) into.oddest = from.oddest;
  into.context = [...into.context, ...from.context].slice(0, limits.context);
  if (into.told.signals === 0) into.told = from.told;
  for (const [key, entity] of from.entities) {
    const known = into.entities.get(key);
    if (known !== undefined) {
      known.signals += entity.signals;
      known.last = Math.max(known.last, entity.last);
      for (const role of entity.roles) if (!known.roles.includes(role)) known.roles.push(role);
    } else if (into.entities.size < limits.entities) into.entities.set(key, entity);
    else into.omitted++;
  }
  for (const step of from.steps) {
    if (into.steps.length < limits.steps) insertByTime(into.steps, step);
    else into.omitted++;
  }
}

function stagesReached({ steps }: Pick<OpenIncident, 'steps'>): Stage[] {
  return inOrder(steps.flatMap((step) => step.stages));
}

function worstSeverity({ steps }: Pick<OpenIncident, 'steps'>): Severity {
  return steps.reduce<Severity>((worst, step) => worse(worst, step.severity), 'informational');
}

/** The score of its risk and the number of its stages; whatever changes what they depend on takes `weight` away. */
export function weighed(open: OpenIncident): Weight {
  open.weight ??= { score: assessRisk(worstSeverity(open), open.confidence, incidentEvidence(open)).score, stages: stagesReached(open).length };
  return open.weight;
}

/** The incident as it is shown: title, story and risk follow from its steps. */
export function incidentOf(open: OpenIncident): Incident {
  const stages = stagesReached(open);
  const severity = worstSeverity(open);
  const entities = [...open.entities.values()].map((entity) => ({ ...entity, role: foremostRole(entity) })).sort(byWeight).map(({ kind, name, signals }) => ({ kind, name, signals }));
  const told = { steps: open.steps, entities, first: open.first, last: open.last, omitted: open.omitted };
  return {
    id: open.id, title: titleOf(open.steps, stages), story: storyOf(told), state: open.state, severity, confidence: open.confidence,
    risk: assessRisk(severity, open.confidence, incidentEvidence(open)), first: open.first, last: open.last, stages,
    techniques: [...new Set(open.steps.flatMap((step) => step.techniques))].sort(), entities, steps: [...open.steps],
    signals: open.signals, omitted: open.omitted, findings: open.findings,
    ...(open.context.length === 0 ? {} : { context: open.context }), ...(open.told.signals === 0 ? { held: true } : {}),
  };
}

const roleOrder: Readonly<Record<EntityRole, number>> = { actor: 0, origin: 1, target: 2, place: 3 };

function foremostRole({ roles }: KnownEntity): number {
  return roles.reduce((least, role) => Math.min(least, roleOrder[role]), roleOrder.place);
}

function byWeight(a: KnownEntity & { readonly role: number }, b: KnownEntity & { readonly role: number }): number {
  return a.role - b.role || b.signals - a.signals || (a.name < b.name ? -1 : 1);
}

function worse(one: Severity, other: Severity): Severity {
  return atLeast(severities, one, other) ? one : other;
}
