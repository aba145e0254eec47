import { type Expression, parseExpression } from './parse.ts';
import { common, last, type Ranges } from './ranges.ts';

/** A loop that can go through one text in several ways, and a text that makes a backtracking engine try them all. */
export interface Ambiguity {
  readonly prefix: string;
  /** Each further repetition doubles the time. */
  readonly pump: string;
  readonly suffix: string;
}

/** Most positions of an expression that is looked at; the work grows with their square. */
const mostPositions = 120;
/** Copies that stand for a counted repetition. */
const mostCopies = 2;

/**
 * Finds exponential ambiguity: a position that is reached from itself in two ways with the same text. The expression becomes an automaton of its
 * positions (Glushkov), which is run twice side by side; two runs that part and meet again inside of a loop are two ways.
 * Source: Weideman et al., "Analyzing matching time behavior of backtracking regular expression matchers by using ambiguity of NFA" (2016).
 */
export function findAmbiguity(source: string, flags: string): Ambiguity | undefined {
  const expression = parseExpression(source, flags);
  if (expression === undefined) return undefined;
  const positions = new Positions();
  const ends = positions.add(expression);
  if (ends === undefined) return undefined;
  return new Search(positions, ends.first, new Set(ends.last)).find();
}

interface Part {
  readonly empty: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/** Positions of an expression, and which may follow which. An edge that can be taken in two ways is `double`. */
class Positions {
  readonly sets: Ranges[] = [];
  readonly follow: Set<number>[] = [];
  readonly double = new Set<string>();

  /** Undefined when there are too many. */
  add(expression: Expression): Part | undefined {
    if (this.sets.length > mostPositions) return undefined;
    switch (expression.kind) {
      case 'character': {
        const at = this.sets.push(expression.set) - 1;
        this.follow.push(new Set());
        return { empty: false, first: [at], last: [at] };
      }
      case 'choice': return this.choice(expression.parts);
      case 'sequence': return this.sequence(expression.parts);
      case 'repeat': return this.repeat(expression.part, expression.least, expression.most);
    }
  }

  private choice(parts: readonly Expression[]): Part | undefined {
    const all: Part[] = [];
    for (const part of parts) {
      const one = this.add(part);
      if (one === undefined) return undefined;
      all.push(one);
    }
    return { empty: all.some(({ empty }) => empty), first: all.flatMap(({ first }) => first), last: all.flatMap((one) => one.last) };
  }

  private sequence(parts: readonly Expression[]): Part | undefined {
    let whole: Part = { empty: true, first: [], last: [] };
    for (const part of parts) {
      const one = this.add(part);
      if (one === undefined) return undefined;
      this.join(whole.last, one.first);
      whole = { empty: whole.empty && one.empty, first: whole.empty ? [...whole.first, ...one.first] : whole.first, last: one.empty ? [...whole.last, ...one.last] : one.last };
    }
    return whole;
  }

  private repeat(part: Expression, least: number, most: number): Part | undefined {
    const copies = Math.min(mostCopies, most === Infinity ? Math.max(0, least - 1) : most);
    const parts: Expression[] = Array.from({ length: copies }, (_, at) => (at < least ? part : { kind: 'choice', parts: [part, { kind: 'sequence', parts: [] }] }));
    if (most !== Infinity) return this.sequence(parts);
    const before = this.sequence(parts);
    const loop = this.add(part);
    if (before === undefined || loop === undefined) return undefined;
    this.join(before.last, loop.first);
    this.join(loop.last, loop.first);
    const empty = loop.empty || least === 0;
    return { empty: before.empty && empty, first: before.empty ? [...before.first, ...loop.first] : before.first, last: empty ? [...before.last, ...loop.last] : loop.last };
  }

  private join(from: readonly number[], to: readonly number[]): void {
    for (const one of from) {
      const follow = this.follow[one] as Set<number>;
      for (const other of to) {
        if (follow.has(other)) this.double.add(`${one}:${other}`);
        follow.add(other);
      }
    }
  }
}

class Search {
  private readonly positions: Positions;
  private readonly first: readonly number[];
  private readonly last: ReadonlySet<number>;
  /** By position: those that it may follow. */
  private readonly before: readonly number[][];

  constructor(positions: Positions, first: readonly number[], ends: ReadonlySet<number>) {
    this.positions = positions;
    const before: number[][] = positions.sets.map(() => []);
    positions.follow.forEach((follow, at) => follow.forEach((to) => before[to]?.push(at)));
    this.before = before;
    this.first = first;
    this.last = ends;
  }

  find(): Ambiguity | undefined {
    const { sets } = this.positions;
    const fromStart = this.walk();
    for (let at = 0; at < sets.length; at++) {
      // Where the match may end inside of the loop, it ends there before anything is tried twice.
      if (this.last.has(at)) continue;
      const loop = this.loopOf(at);
      const pump = loop.has(at) ? this.pumpOf(at, loop) : undefined;
      const prefix = fromStart.get(at);
      if (pump !== undefined && prefix !== undefined) return { prefix, pump, suffix: this.breaker(at) };
    }
    return undefined;
  }

  /** All positions on ways from a position back to it: most positions are in no loop, and most loops are small. */
  private loopOf(start: number): ReadonlySet<number> {
    const { follow } = this.positions;
    const ahead = reachedFrom(start, (at) => follow[at] as Set<number>);
    if (!ahead.has(start)) return new Set();
    return new Set([...reachedFrom(start, (at) => this.before[at] as number[])].filter((at) => ahead.has(at)));
  }

  /** Text that leads from a position back to it in two ways, within its loop. */
  private pumpOf(start: number, loop: ReadonlySet<number>): string | undefined {
    const size = this.positions.sets.length;
    const seen = new Map<number, string>();
    const queue: { readonly a: number; readonly b: number; readonly parted: number; readonly text: string }[] = [{ a: start, b: start, parted: 0, text: '' }];
    for (const { a, b, parted, text } of queue) {
      for (const { to, other, character, twice } of this.steps(a, b, loop)) {
        const apart = parted === 1 || to !== other || twice ? 1 : 0;
        const next = text + String.fromCharCode(character);
        if (apart === 1 && to === start && other === start) return next;
        const key = (to * size + other) * 2 + apart;
        if (seen.has(key) || this.last.has(to) || this.last.has(other)) continue;
        seen.set(key, next);
        queue.push({ a: to, b: other, parted: apart, text: next });
      }
    }
    return undefined;
  }

  private *steps(a: number, b: number, loop: ReadonlySet<number>): Generator<{ readonly to: number; readonly other: number; readonly character: number; readonly twice: boolean }> {
    const { sets, follow, double } = this.positions;
    for (const to of follow[a] as Set<number>) {
      if (!loop.has(to)) continue;
      for (const other of follow[b] as Set<number>) {
        if (!loop.has(other)) continue;
        const character = common(sets[to] as Ranges, sets[other] as Ranges);
        if (character >= 0 && character <= last) yield { to, other, character, twice: a === b && to === other && double.has(`${a}:${to}`) };
      }
    }
  }

  /** The shortest text that leads to each position. */
  private walk(): ReadonlyMap<number, string> {
    const { sets, follow } = this.positions;
    const texts = new Map<number, string>();
    const queue: number[] = [];
    const reach = (at: number, before: string): void => {
      const character = common(sets[at] as Ranges, [[0, last]]);
      if (character < 0 || texts.has(at)) return;
      texts.set(at, before + String.fromCharCode(character));
      queue.push(at);
    };
    for (const at of this.first) reach(at, '');
    for (const at of queue) for (const to of follow[at] as Set<number>) reach(to, texts.get(at) ?? '');
    return texts;
  }

  /** A character after which nothing goes on. */
  private breaker(at: number): string {
    const { sets, follow } = this.positions;
    const next = [...(follow[at] as Set<number>)];
    const fits = [0, 10, 33, 33 + 1, 126, 48, 97, 65].find((character) => next.every((to) => common(sets[to] as Ranges, [[character, character]]) < 0));
    return String.fromCharCode(fits ?? 0);
  }
}

/** What is reached in one step or more. */
function reachedFrom(start: number, next: (at: number) => Iterable<number>): ReadonlySet<number> {
  const reached = new Set<number>();
  const queue = [start];
  for (const at of queue) {
    for (const to of next(at)) {
      if (reached.has(to)) continue;
      reached.add(to);
      queue.push(to);
    }
  }
  return reached;
}
