/** How often each action occurs in a sequence, its order aside. */
export type Bag = ReadonlyMap<string, number>;

export interface KnownBag {
  readonly bag: Bag;
  /** Sequences that had exactly these counts. */
  sessions: number;
}

/**
 * How strange it is, in bits, that an action is there or not, and that its count is another one: much where nearly all sequences agree, little where
 * they differ anyway.
 */
export interface Steadiness {
  readonly byAction: ReadonlyMap<string, Steady>;
  /** Of an action that was never seen. */
  readonly unseen: Steady;
}

export interface Steady {
  readonly presence: number;
  readonly count: number;
}

export interface NearestBag {
  /** 0 where the same counts are known, 1 where nothing is shared. */
  readonly distance: number;
  /** The action whose count differs most. */
  readonly action: string | undefined;
  readonly count: number;
  readonly usual: number;
}

export function bagOf(actions: readonly string[]): Map<string, number> {
  const bag = new Map<string, number>();
  for (const action of actions) bag.set(action, (bag.get(action) ?? 0) + 1);
  return bag;
}

/** The same key for the same counts, whatever the order. */
export function bagKey(bag: Bag): string {
  return [...bag].sort(([a], [b]) => (a < b ? -1 : 1)).map(([action, count]) => `${action}\u0001${count}`).join('\u0002');
}

export function steadinessOf(bags: readonly KnownBag[], sessions: number): Steadiness {
  const counted = new Map<string, Map<number, number>>();
  for (const { bag, sessions: had } of bags) {
    for (const [action, count] of bag) {
      const counts = counted.get(action) ?? new Map<number, number>();
      counts.set(count, (counts.get(count) ?? 0) + had);
      counted.set(action, counts);
    }
  }
  const bits = (others: number, of: number): number => -Math.log2((1 + others) / (2 + of));
  const byAction = new Map([...counted].map(([action, counts]) => {
    const present = [...counts.values()].reduce((sum, had) => sum + had, 0);
    return [action, { presence: bits(Math.min(present, sessions - present), sessions), count: bits(present - Math.max(...counts.values()), present) }];
  }));
  return { byAction, unseen: { presence: bits(0, sessions), count: 1 } };
}

/** The known bag that is nearest; with `own`, one sequence with exactly these counts is left out. */
export function nearestBag(bag: Bag, known: readonly KnownBag[], steadiness: Steadiness, own?: KnownBag): NearestBag {
  let nearest = 1;
  let at: Bag = new Map();
  for (const candidate of known) {
    if (candidate === own && candidate.sessions < 2) continue;
    const distance = distanceOf(bag, candidate.bag, steadiness);
    if (distance < nearest) [nearest, at] = [distance, candidate.bag];
    if (nearest === 0) break;
  }
  return { distance: nearest, ...largestDifference(bag, at, steadiness) };
}

/** The part of what both tell that differs. */
function distanceOf(a: Bag, b: Bag, steadiness: Steadiness): number {
  let apart = 0;
  let all = 0;
  for (const [action, count] of a) {
    const steady = steadiness.byAction.get(action) ?? steadiness.unseen;
    const other = b.get(action) ?? 0;
    apart += costOf(steady, count, other);
    all += costOf(steady, Math.max(count, other), 0);
  }
  for (const [action, count] of b) {
    if (a.has(action)) continue;
    const cost = costOf(steadiness.byAction.get(action) ?? steadiness.unseen, 0, count);
    apart += cost;
    all += cost;
  }
  return all === 0 ? 0 : apart / all;
}

/** Presence, then the difference of the logarithms of counts. */
function costOf({ presence, count }: Steady, a: number, b: number): number {
  if (a === b) return 0;
  return (a === 0 || b === 0 ? presence : 0) + count * Math.abs(logOf(Math.max(1, a)) - logOf(Math.max(1, b)));
}

function largestDifference(a: Bag, b: Bag, { byAction, unseen }: Steadiness): Omit<NearestBag, 'distance'> {
  let most = 0;
  let found: Omit<NearestBag, 'distance'> = { action: undefined, count: 0, usual: 0 };
  for (const action of new Set([...a.keys(), ...b.keys()])) {
    const count = a.get(action) ?? 0;
    const usual = b.get(action) ?? 0;
    const cost = costOf(byAction.get(action) ?? unseen, count, usual);
    if (cost > most) [most, found] = [cost, { action, count, usual }];
  }
  return found;
}

const logs = Float64Array.from({ length: 256 }, (_, count) => Math.log1p(count));

function logOf(count: number): number {
  return logs[count] ?? Math.log1p(count);
}
