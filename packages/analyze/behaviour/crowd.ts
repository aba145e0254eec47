/** What entities are measured by: the tails of what is seen of all of a kind, and groups of those who do alike. */
import type { KeyedMemory } from '#model/stream.ts';
import { directionOf, groupsSize, joinGroup } from '#learn/behaviour/peers.ts';
import { usualValues } from '#learn/behaviour/rarity.ts';
import { addHour, rhythmSize } from '#learn/behaviour/rhythm.ts';
import { learnSharer, sharersOf, sharersSize } from '#learn/behaviour/sharers.ts';
import { chanceOfScore, learnScore, tailSize, tailTime } from '#learn/behaviour/tail.ts';
import { aspects } from './deed.ts';
import { field, oddityNames, orderOf, partOf } from './entity.ts';
import type { Oddity } from './entity.ts';
import { aspectTailLaw, inherited, peersLaw, rhythmLaw, sharersLaw, sittingTailLaw, tiers, waveLaw } from './laws.ts';

const mostGroups = 48;
const valuesOfGroup = 1024;
const valuesInWave = 512;
/** The mark under which a table of values counts those who have any. */
const anyone = 1;
/** Fewer are no group to compare with. */
const leastPeers = 5;

const groupsKey = '\0groups';
const waveKey = '\0wave';
const everyone = '\0all';
const groupKeys = Array.from({ length: mostGroups }, (_, group) => `\0group ${group}`);

function groupKey(group: number): string {
  return groupKeys[group] as string;
}

/** Person or machine, known for a while or for long: they are measured by their like, because who is known for longer can be odder. */
export function tailsOf(memory: KeyedMemory<Float32Array>, kind: string, days: number): Tails {
  return new Tails(memory, kind === 'user' ? 'user' : 'program', tiers.filter((tier) => days >= tier).length);
}

const tailsLength = (oddityNames.length + 1) * tailSize;

function tailsAt(memory: KeyedMemory<Float32Array>, kind: 'user' | 'program', tier: number): Float32Array {
  const known = memory.get(tailsKey(kind, tier));
  if (known !== undefined) return known;
  const tails = tier === 0 ? new Float32Array(tailsLength) : youngerTails(tailsAt(memory, kind, tier - 1));
  memory.set(tailsKey(kind, tier), tails);
  return tails;
}

/** Times in a tail stay what they are. */
function youngerTails(tails: Float32Array): Float32Array {
  return tails.map((one, index) => (index % tailSize === tailTime ? one : one * inherited));
}

function tailsKey(kind: 'user' | 'program', tier: number): string {
  return tailsKeys[kind][tier] as string;
}

const tailsKeys = { user: ['\0tails user 0', '\0tails user 1', '\0tails user 2'], program: ['\0tails program 0', '\0tails program 1', '\0tails program 2'] } as const;

export class Tails {
  private readonly memory: KeyedMemory<Float32Array>;
  private readonly key: string;
  private readonly state: Float32Array;
  private isChanged = false;

  constructor(memory: KeyedMemory<Float32Array>, kind: 'user' | 'program', tier: number) {
    this.memory = memory;
    this.key = tailsKey(kind, tier);
    this.state = tailsAt(memory, kind, tier);
  }

  chance(oddity: Oddity, score: number): number {
    return chanceOfScore(this.of(orderOf[oddity]), score, aspectTailLaw);
  }

  learn(oddity: Oddity, score: number, now: number, weight: number): void {
    learnScore(this.of(orderOf[oddity]), score, now, aspectTailLaw, weight);
    this.isChanged = true;
  }

  sittingChance(score: number): number {
    return chanceOfScore(this.of(oddityNames.length), score, sittingTailLaw);
  }

  learnSitting(score: number, now: number, weight: number): void {
    learnScore(this.of(oddityNames.length), score, now, sittingTailLaw, weight);
    this.isChanged = true;
  }

  /** Once for an event, however much was learned of it. */
  keep(): void {
    if (this.isChanged) this.memory.set(this.key, this.state);
  }

  private of(index: number): Float32Array {
    return this.state.subarray(index * tailSize, (index + 1) * tailSize);
  }
}

/** Those who do alike: their week, and how many have which value. */
export interface Peers {
  readonly key: string;
  /** As it is kept: both of the following. */
  readonly whole: Float32Array;
  readonly table: Float32Array;
  readonly rhythm: Float32Array;
  /** How many there are. */
  readonly count: number;
}

const tableLength = sharersSize(valuesOfGroup);

/** The entity's group, or everyone where it has none or is almost alone in it. */
export function peersOf(memory: KeyedMemory<Float32Array>, entity: Float32Array): Peers {
  const group = (entity[field.group] as number) - 1;
  const own = group < 0 ? undefined : tableAt(memory, groupKey(group));
  return own === undefined || own.count < leastPeers ? tableAt(memory, everyone) : own;
}

/** How many of them have the value. */
export function peersWith(peers: Peers, mark: number): number {
  return Math.min(peers.count, sharersOf(peers.table, mark));
}

/** How many got the value in these days. */
export function recentlyNewTo(memory: KeyedMemory<Float32Array>, mark: number): number {
  const wave = memory.get(waveKey);
  return wave === undefined ? 0 : sharersOf(wave, mark);
}

/** The value is new to the entity. */
export function learnNew(memory: KeyedMemory<Float32Array>, entity: Float32Array, mark: number, now: number): void {
  const wave = memory.get(waveKey) ?? new Float32Array(sharersSize(valuesInWave));
  learnSharer(wave, mark, now, waveLaw);
  memory.set(waveKey, wave);
  const group = (entity[field.group] as number) - 1;
  for (const key of group < 0 ? [everyone] : [everyone, groupKey(group)]) {
    const { table, whole } = tableAt(memory, key);
    learnSharer(table, mark, now, sharersLaw);
    memory.set(key, whole);
  }
}

/** Finds the entity's group anew. */
export function regroup(memory: KeyedMemory<Float32Array>, entity: Float32Array, now: number): void {
  const habits = (['action', 'resource', 'tool'] as const).flatMap((aspect) => usualValues(partOf(entity, aspect)).map(({ mark, weight }) => ({ mark, weight: Math.sqrt(weight) })));
  const direction = directionOf(habits);
  if (direction === undefined) return;
  const groups = memory.get(groupsKey) ?? new Float32Array(groupsSize(mostGroups));
  const before = (entity[field.group] as number) - 1;
  const group = joinGroup(groups, direction, before, now, peersLaw);
  memory.set(groupsKey, groups);
  if (group === before || group < 0) return;
  entity[field.group] = group + 1;
  const keys = before < 0 ? [groupKey(group), everyone] : [groupKey(group)];
  for (const key of keys) introduce(memory, key, entity, now);
}

/** A new member brings its habits; everyone has them already. */
function introduce(memory: KeyedMemory<Float32Array>, key: string, entity: Float32Array, now: number): void {
  const { table, whole } = tableAt(memory, key);
  learnSharer(table, anyone, now, sharersLaw);
  if (key !== everyone) for (const aspect of aspects) for (const { mark } of usualValues(partOf(entity, aspect))) learnSharer(table, mark, now, sharersLaw);
  memory.set(key, whole);
}

/** The hour counts in the week of the peers, as often as there are members active in it. */
export function learnPeersHour(memory: KeyedMemory<Float32Array>, { key, whole, rhythm }: Peers, now: number): void {
  addHour(rhythm, now, rhythmLaw);
  memory.set(key, whole);
}

function tableAt(memory: KeyedMemory<Float32Array>, key: string): Peers {
  const whole = memory.get(key) ?? new Float32Array(tableLength + rhythmSize);
  const table = whole.subarray(0, tableLength);
  return { key, whole, table, rhythm: whole.subarray(tableLength), count: sharersOf(table, anyone) };
}
