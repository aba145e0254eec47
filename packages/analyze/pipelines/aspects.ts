import { day } from '#learn/behaviour/clock.ts';
import { defineProfile } from '#learn/behaviour/profile.ts';
import type { AspectPlan, AspectShape, Profile } from '#learn/behaviour/profile.ts';

/** What the detector watches, each with a profile of its own. */
export const subjectKinds = ['workflow', 'deployment', 'image', 'release', 'log'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

export interface PipelineAspect {
  readonly family: string;
  /** Said by the definition of the workflow: after a change of it another value is no surprise. */
  readonly defined: boolean;
  /** For a person. */
  readonly noun: string;
}

export const halfLife = 45 * day;
const hour = 3_600_000;

const value = (places: number): AspectShape => ({ kind: 'value', places, slot: hour });
const members = (places: number): AspectShape => ({ kind: 'members', places });

/** Every aspect that some profile has. */
export const aspects: ReadonlyMap<string, PipelineAspect> = new Map<string, PipelineAspect>([
  ['trigger', { family: 'trigger', defined: true, noun: 'trigger' }],
  ['branch', { family: 'actor', defined: false, noun: 'branch' }],
  ['source', { family: 'trigger', defined: false, noun: 'code from' }],
  ['actor', { family: 'actor', defined: false, noun: 'started by' }],
  ['editor', { family: 'editor', defined: false, noun: 'its definition changed by' }],
  ['hour', { family: 'time', defined: false, noun: 'at' }],
  ['runner', { family: 'runner', defined: false, noun: 'runner' }],
  ['pool', { family: 'runner', defined: true, noun: 'runners' }],
  ['environment', { family: 'rights', defined: true, noun: 'environment' }],
  ['secrets', { family: 'rights', defined: true, noun: 'secret' }],
  ['permissions', { family: 'rights', defined: true, noun: 'right of its token' }],
  ['variables', { family: 'rights', defined: false, noun: 'variable' }],
  ['call', { family: 'rights', defined: false, noun: 'call' }],
  ['claim', { family: 'claim', defined: false, noun: 'token for' }],
  ['steps', { family: 'steps', defined: true, noun: 'step' }],
  ['order', { family: 'steps', defined: true, noun: 'order of steps' }],
  ['actions', { family: 'steps', defined: true, noun: 'action' }],
  ['hosts', { family: 'network', defined: true, noun: 'host' }],
  ['artifacts', { family: 'artifacts', defined: true, noun: 'artifact' }],
  ['seconds', { family: 'amount', defined: true, noun: 'took' }],
  ['jobs', { family: 'amount', defined: true, noun: 'job' }],
  ['size', { family: 'amount', defined: true, noun: 'size' }],
  ['client', { family: 'origin', defined: false, noun: 'program' }],
  ['network', { family: 'origin', defined: false, noun: 'network' }],
  ['tag', { family: 'artifacts', defined: false, noun: 'tag' }],
]);

const shapes: Readonly<Record<SubjectKind, Readonly<Record<string, AspectShape>>>> = {
  workflow: {
    trigger: value(6), branch: value(8), source: value(4), actor: value(16), hour: { kind: 'hour' }, runner: value(8), pool: value(6), environment: value(6), secrets: members(16), variables: members(8), steps: members(48), order: members(48), artifacts: members(12),
    seconds: { kind: 'amount', side: 'both', spread: 0.4 }, jobs: { kind: 'part-amounts', places: 10, side: 'both', spread: 0.4 },
  },
  deployment: { trigger: value(6), branch: value(8), actor: value(16), hour: { kind: 'hour' } },
  image: { actor: value(12), client: value(6), network: value(8), tag: value(6), hour: { kind: 'hour' }, size: { kind: 'amount', side: 'both', spread: 0.5 } },
  release: { actor: value(12), client: value(6), network: value(8), call: value(6), claim: value(8), hour: { kind: 'hour' } },
  log: { hosts: members(24), permissions: members(16), actions: members(24), artifacts: members(8), runner: value(6) },
};

export const profiles: ReadonlyMap<SubjectKind, Profile> = new Map(subjectKinds.map((kind) => [kind, defineProfile(halfLife, Object.entries(shapes[kind]).map(planOf))]));

function planOf([id, shape]: readonly [string, AspectShape]): AspectPlan {
  return { id, family: aspects.get(id)?.family ?? id, shape };
}
