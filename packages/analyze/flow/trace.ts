import type { Node } from './graph.ts';
import type { Tabulation } from './tabulation.ts';

/** Facts that are looked at for the flows of one class before the rest is told without its way. */
const longestSearch = 1_000_000;
/** Calls within calls whose inside is told. */
const deepestCall = 6;
/** A way that is longer than this is told without the inside of its calls. */
const longestWay = 200;

/**
 * The shortest ways from sources to sinks for one class, as nodes, source first. They go along the facts that the tabulation found, so that what goes into
 * a call comes out of the same one; a way that forgets its caller (through a shared node) may return to any.
 */
export class Tracer {
  private readonly taint: Tabulation;
  /** By fact: the one before, and 2; 0: not reached, 1: a source. */
  private readonly before: Int32Array;

  constructor(taint: Tabulation) {
    this.taint = taint;
    this.before = new Int32Array(taint.count);
  }

  trace(seeds: readonly Node[], bit: number, sinks: ReadonlySet<Node>): Map<Node, Node[]> {
    const { taint, before } = this;
    const queue: number[] = [];
    const reach = (to: number, from: number): void => {
      if (before[to] !== 0) return;
      before[to] = from + 2;
      queue.push(to);
    };
    for (const seed of seeds) {
      const fact = taint.factOf(seed);
      if (fact !== 0) reach(fact, -1);
    }
    const found = new Map<Node, number>();
    for (let at = 0; at < queue.length && found.size < sinks.size && at < longestSearch; at++) {
      const fact = queue[at] as number;
      const node = taint.nodeAt(fact);
      if (sinks.has(node) && !found.has(node)) found.set(node, fact);
      taint.eachStep(fact, bit, (to) => reach(to, fact));
    }
    const ways = new Map([...found].map(([node, fact]) => [node, this.told(wayTo((at) => before[at] as number, fact), bit, [])]));
    for (const fact of queue) before[fact] = 0;
    return ways;
  }

  /** Facts to nodes, with what happens inside of the calls that the way goes through. */
  private told(way: readonly number[], bit: number, open: readonly number[]): Node[] {
    const told: Node[] = [];
    way.forEach((fact, at) => {
      const context = at === 0 ? 0 : this.taint.passed(way[at - 1] as number, fact, bit);
      if (context > 0 && !open.includes(context) && open.length < deepestCall && way.length + told.length < longestWay) told.push(...this.inside(context, bit, open));
      told.push(this.taint.nodeAt(fact));
    });
    return told;
  }

  /** The shortest way through one function, from the context's parameter to its result. */
  private inside(context: number, bit: number, open: readonly number[]): Node[] {
    const { taint } = this;
    const start = taint.entryOf(context);
    const before = new Map([[start, 1]]);
    const queue = [start];
    for (let at = 0; at < queue.length && at < longestSearch; at++) {
      const fact = queue[at] as number;
      if (taint.isResult(fact)) return this.told(wayTo((one) => before.get(one) ?? 0, fact), bit, [...open, context]);
      taint.eachStep(fact, bit, (to) => {
        if (taint.contextAt(to) !== context || before.has(to)) return;
        before.set(to, fact + 2);
        queue.push(to);
      });
    }
    return [];
  }
}

function wayTo(before: (fact: number) => number, fact: number): number[] {
  const way: number[] = [];
  for (let at = fact; at > 0; at = before(at) - 2) way.push(at);
  return way.reverse();
}
