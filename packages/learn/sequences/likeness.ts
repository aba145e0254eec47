import { bagOf, nearestBag, type KnownBag, type NearestBag, type Steadiness } from './bags.ts';
import { orders, type Grams } from './grams.ts';

/** What is known of sequences. Plain data. */
export interface KnownSequences {
  readonly sessions: number;
  readonly events: number;
  /** Bits that each action tells: -log2 of its share of all events. */
  readonly bits: ReadonlyMap<string, number>;
  /** In how many sequences a stretch occurs. */
  readonly stretches: ReadonlyMap<number, number>;
  /** How many sequences there were of each kind that is the same throughout. */
  readonly wholes: ReadonlyMap<number, number>;
  readonly bags: readonly KnownBag[];
  readonly steadiness: Steadiness;
}

/** How a sequence looks beside those that are known. */
export interface Likeness {
  readonly nearest: NearestBag;
  /** Part of its pairs and triples of actions that were never seen. */
  readonly newOrder: number;
  /** The first pair never seen; undefined stands for the start or the end. */
  readonly newPair: readonly [string | undefined, string | undefined] | undefined;
  /** Actions in the longest stretch that is known, in the sense of the bits that it tells. */
  readonly longest: number;
  /** By how many bits the stretch exceeds what coincidence gives to sequences of that many events. */
  readonly beyondChance: number;
  /** The part of all that the sequence tells. */
  readonly share: number;
}

/** What the sequence itself gave, to be left out. */
export interface Own {
  readonly bag: KnownBag | undefined;
}

export function likenessOf(known: KnownSequences, actions: readonly string[], grams: Grams, own?: Own): Likeness {
  const self = own === undefined ? 0 : 1;
  const nearest = nearestBag(bagOf(actions), known.bags, known.steadiness, own?.bag);
  if ((known.wholes.get(grams.whole) ?? 0) > self) return { nearest, newOrder: 0, newPair: undefined, longest: actions.length, beyondChance: bitsBefore(known, actions).at(-1) ?? 0, share: 1 };
  return { nearest, ...orderOf(known, actions, grams, self), ...longestOf(known, actions, grams, self) };
}

/**
 * Nothing in it is known but by coincidence: the longest known stretch would turn up more than once in a billion by chance in sequences of that many
 * events, and it tells less than a third of the whole. Such a sequence is unlike all others, however unlike each other those are.
 */
export function isUnlikeAll({ beyondChance, share }: Likeness): boolean {
  return beyondChance < coincidence && share < littleOfIt;
}

const coincidence = Math.log2(1e9);
const littleOfIt = 1 / 3;

function orderOf({ stretches }: KnownSequences, actions: readonly string[], grams: Grams, self: number): Pick<Likeness, 'newOrder' | 'newPair'> {
  let sum = 0;
  let pair: number | undefined;
  for (const order of [2, 3]) {
    const keys = grams.byOrder.get(order) ?? new Float64Array();
    let unseen = 0;
    for (const [index, key] of keys.entries()) {
      if ((stretches.get(key) ?? 0) > self) continue;
      unseen += 1;
      if (order === 2) pair ??= index;
    }
    sum += keys.length === 0 ? 0 : unseen / keys.length;
  }
  return { newOrder: sum / 2, newPair: pair === undefined ? undefined : [actions[pair - 1], actions[pair]] };
}

/** As for chance alignments of letters: a stretch of b bits is met about `length * events / 2^b` times by coincidence. */
function longestOf(known: KnownSequences, actions: readonly string[], grams: Grams, self: number): Pick<Likeness, 'longest' | 'beyondChance' | 'share'> {
  const before = bitsBefore(known, actions);
  let most = 0;
  let longest = 0;
  for (const order of orders) {
    for (const [index, key] of (grams.byOrder.get(order) ?? new Float64Array()).entries()) {
      const first = Math.max(0, index - 1);
      const last = Math.min(actions.length, index + order - 1);
      const told = (before[last] ?? 0) - (before[first] ?? 0);
      if (told > most && (known.stretches.get(key) ?? 0) > self) [most, longest] = [told, last - first];
    }
  }
  return { longest, beyondChance: most - Math.log2(Math.max(1, actions.length) * Math.max(1, known.events)), share: most / Math.max(1e-9, before.at(-1) ?? 0) };
}

/** The bits told by the actions before each position. */
function bitsBefore({ bits, events }: KnownSequences, actions: readonly string[]): Float64Array {
  const before = new Float64Array(actions.length + 1);
  const unseen = Math.log2(events + 2);
  for (const [index, action] of actions.entries()) before[index + 1] = (before[index] ?? 0) + (bits.get(action) ?? unseen);
  return before;
}
