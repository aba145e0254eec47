import { createHash } from 'node:crypto';
import { oftenOf } from '#formats/incident-deed.ts';
import type { Entity } from '#model/incident.ts';
import type { Severity } from '#model/severity.ts';
import type { Notice } from '#model/sink.ts';
import { leadingEntities, nextSteps, orderedStages, say, span, stageName, whyRanked } from './incident-words.ts';

/** One line of what happened. */
export interface ToldStep {
  readonly time: number;
  readonly message: string;
  readonly count: number;
  readonly varied?: boolean | undefined;
}

/** A notice in words, for every receiver that people read. Control characters are gone; markup is for the receiver to escape. */
export interface Told {
  /** Groups what belongs together: the incident, or the signal itself. At most 64 characters of its own alphabet. */
  readonly group: string;
  readonly revision: number;
  /** Of a signal. */
  readonly rule?: string;
  /** `new`, `escalating`, ...; a signal is a `signal`. */
  readonly state: string;
  readonly title: string;
  readonly severity: Severity;
  readonly risk: number;
  readonly when: string;
  readonly summary: string;
  readonly entities: readonly Entity[];
  readonly stages: readonly string[];
  readonly techniques: readonly string[];
  readonly steps: readonly ToldStep[];
  /** Steps that are not in `steps`. */
  readonly more: number;
  readonly why: string;
  readonly next: readonly string[];
}

const stepsTold = 12;

export function tell(notice: Notice): Told {
  return notice.kind === 'incident' ? tellIncident(notice) : tellSignal(notice);
}

function tellIncident({ incident, revision, verdict }: Notice & { readonly kind: 'incident' }): Told {
  // The first says how it began, the last what is new.
  const told = incident.steps.length <= stepsTold ? incident.steps : [...incident.steps.slice(0, 2), ...incident.steps.slice(2 - stepsTold)];
  return {
    group: groupOf(incident.id),
    revision,
    state: verdict ?? incident.state,
    title: say(incident.title, 200).trim() || 'Incident without a title',
    severity: incident.severity,
    risk: Math.round(incident.risk.score),
    when: span(incident.first, incident.last),
    summary: say(incident.story, 1_500),
    entities: leadingEntities(incident, 8).map(({ kind, name }) => ({ kind, name: say(name, 100).trim() || '(no name)' })),
    stages: orderedStages(incident.stages).map(stageName),
    techniques: incident.techniques.slice(0, 20).map((id) => say(id, 20)),
    steps: told.map(({ count, first, message, varied }) => ({ time: first, message: say(message, 300).trim() || '(no text)', count, varied })),
    more: incident.steps.length - told.length + incident.omitted,
    why: whyRanked(incident.risk),
    next: nextSteps(incident),
  };
}

function tellSignal({ key, signal }: Notice & { readonly kind: 'signal' }): Told {
  return {
    group: groupOf(key),
    revision: 1,
    state: 'signal',
    rule: say(signal.rule, 200),
    title: say(signal.title, 200).trim() || 'Signal without a title',
    severity: signal.severity,
    risk: Math.round(signal.risk.score),
    when: span(signal.time, signal.time),
    summary: say(signal.message, 1_500),
    entities: [],
    stages: signal.tactics.slice(0, 14).map((tactic) => say(tactic.replaceAll(/[-_]/g, ' '), 40)),
    techniques: signal.techniques.slice(0, 20).map((id) => say(id, 20)),
    steps: [],
    more: 0,
    why: whyRanked(signal.risk),
    next: signal.falsePositives.slice(0, 2).map((text) => say(`Known to be harmless when: ${text}`, 200)),
  };
}

/** Keys from outside may be long or hold anything; receivers take few characters. */
export function groupOf(key: string): string {
  return /^[A-Za-z0-9._:-]{1,64}$/.test(key) ? key : createHash('sha256').update(key).digest('hex').slice(0, 40);
}

export function timesWord(step: Parameters<typeof oftenOf>[0]): string {
  const often = oftenOf(step);
  return often === '' ? '' : ` (${often})`;
}
