import type { Risk } from './risk.ts';
import type { Confidence, Severity } from './severity.ts';

export const entityKinds = ['user', 'service', 'role', 'session', 'credential', 'address', 'host', 'process', 'repository', 'workflow', 'account', 'resource'] as const;
export type EntityKind = (typeof entityKinds)[number];

/** Somebody or something that events speak of. `name` is as the source writes it, bounded in length. */
export interface Entity {
  readonly kind: EntityKind;
  readonly name: string;
}

/** ATT&CK tactics in the order in which attacks tend to use them (enterprise matrix, version 19: stealth and defense impairment were one before). */
export const stages = [
  'reconnaissance', 'resource-development', 'initial-access', 'execution', 'persistence', 'privilege-escalation', 'stealth', 'defense-impairment',
  'credential-access', 'discovery', 'lateral-movement', 'collection', 'command-and-control', 'exfiltration', 'impact',
] as const;
export type Stage = (typeof stages)[number];

/** `regressed`: seen again after a person had closed it. */
export const incidentStates = ['new', 'escalating', 'ongoing', 'regressed'] as const;
export type IncidentState = (typeof incidentStates)[number];

/** Signals of one rule that follow each other in one incident. */
export interface IncidentStep {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  /** What happened, in one sentence. */
  readonly message: string;
  /** Milliseconds since the epoch, of the first and last signal. */
  readonly first: number;
  readonly last: number;
  readonly count: number;
  /** Its signals are about different things; the message is that of the first. */
  readonly varied?: boolean;
  readonly stages: readonly Stage[];
  readonly techniques: readonly string[];
  readonly entities: readonly Entity[];
  /** Why it belongs to this incident: what it shares with what came before. */
  readonly joinedBy: string;
}

/** Alerts that alone would be nothing, from where the incident broke out. */
export interface IncidentContext {
  readonly title: string;
  readonly place: string;
  /** Milliseconds since the epoch. */
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** One attack, or what may be one: signals that belong together by entities, time and causality. */
export interface Incident {
  /** Stable over restarts and replays. */
  readonly id: string;
  readonly title: string;
  /** What happened, from the first step to the last, for a person. */
  readonly story: string;
  readonly state: IncidentState;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly risk: Risk;
  /** Milliseconds since the epoch. */
  readonly first: number;
  readonly last: number;
  readonly stages: readonly Stage[];
  readonly techniques: readonly string[];
  readonly entities: readonly (Entity & { readonly signals: number })[];
  readonly steps: readonly IncidentStep[];
  readonly signals: number;
  /** Steps and entities that the limits left out. */
  readonly omitted: number;
  /** Fingerprints of findings on the same code or workload. */
  readonly findings: readonly string[];
  /** What went before it at the same place, and would have been nothing alone. */
  readonly context?: readonly IncidentContext[];
  /** It did not fit into the analyst's budget, and nobody was told. */
  readonly held?: true;
}
