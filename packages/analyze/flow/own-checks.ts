import { type IrModule, op, outcome } from '#model/ir.ts';
import { everything } from './classes.ts';
import { constantAt } from './constants.ts';
import type { Node } from './graph.ts';
import type { Heap, Site } from './heap.ts';
import { onceFor } from './once-for.ts';

/** What is asked of a call: that it gave something true, something false, or that it came back at all. */
export type Answer = boolean | 'returned';
type Proven = (value: Node, condition: Node, answer: Answer) => number;

/** A way out of a function, in places of its module. */
interface Exit {
  /** What is given back; -1: nothing. */
  readonly value: number;
  readonly truth: number;
  /** What the parameters are by then; undefined: what they were. */
  readonly params: readonly number[] | undefined;
}

/** Functions that ask one another, and joins and checks that are followed back. */
const mostAsked = 6;
const mostSteps = 40;
const mostStepsInAll = 400;

/** Functions of the program that check what they get: what an answer says of a parameter is what all ways out that may give this answer have in common. */
export class OwnChecks {
  private readonly heap: Heap;
  private readonly proven: Proven;
  private readonly known = new Map<string, number>();
  private depth = 0;
  private steps = 0;

  constructor(heap: Heap, proven: Proven) {
    this.heap = heap;
    this.proven = proven;
  }

  /** Classes for which argument `at` of a call is harmless after this answer. */
  says(site: Site, at: number, answer: Answer, awaited: boolean): number {
    return this.ofAll(site, awaited, (fn) => this.ofParam(fn, at, answer));
  }

  /** After this answer, argument `at` is true: `assert(isSafe(x))`. */
  demands(site: Site, at: number, answer: Answer, awaited: boolean): boolean {
    return this.ofAll(site, awaited, (fn) => this.along(fn, at, answer, (param, condition, holds) => (this.isTruth(param, condition, holds) ? everything : 0))) !== 0;
  }

  private ofAll({ targets, externals, spreadFrom }: Site, awaited: boolean, of: (fn: number) => number): number {
    if (targets.length === 0 || externals.length > 0 || spreadFrom >= 0) return 0;
    const { layout } = this.heap;
    const isPending = !awaited && targets.some((fn) => layout.functionInfo(fn).kind === 'async');
    return isPending ? 0 : targets.reduce((mask, fn) => mask & of(fn), everything);
  }

  private ofParam(fn: number, at: number, answer: Answer): number {
    const key = `${fn}:${at}:${answer}`;
    const known = this.known.get(key);
    if (known !== undefined || this.depth >= mostAsked) return known ?? 0;
    this.known.set(key, 0);
    this.depth++;
    const mask = this.along(fn, at, answer, (param, condition, holds) => this.proven(param, condition, holds));
    this.depth--;
    this.known.set(key, mask);
    return mask;
  }

  /** What all ways out that may give the answer say of the parameter, by the checks on each and by what is given back. */
  private along(fn: number, at: number, answer: Answer, says: (param: Node, condition: Node, answer: Answer) => number): number {
    const { layout } = this.heap;
    const param = layout.paramValue(fn, at);
    const module = layout.moduleOfFunction(fn);
    const base = layout.bases[module] as number;
    const exits = exitsOf(layout.modules[module] as IrModule).get(fn - (layout.functionBases[module] as number)) ?? [];
    const fitting = exits.filter((exit) => answer === 'returned' || this.truthOf(exit, base) !== !answer);
    if (param < 0 || fitting.length === 0) return 0;
    return fitting.reduce((mask, { value, params }) => {
      this.steps = 0;
      const held = params === undefined ? 0 : this.ofChecks(base + (params[at] as number), (condition, holds) => says(param, condition, holds), param);
      return mask & (held | (answer === 'returned' || value < 0 ? 0 : says(param, base + value, answer)));
    }, everything);
  }

  private truthOf({ value, truth }: Exit, base: number): boolean | undefined {
    if (value < 0) return false;
    if (truth >= 0) return truth === 1;
    const constant = constantAt(this.heap, base + value);
    if (constant.kind === 'constant') return !['false', 'null', 'undefined', '0', '', 'NaN'].includes(constant.text) || (constant.type === 'string' && constant.text !== '');
    const { op: code } = this.heap.layout.at(base + value);
    return code === op.object || code === op.array || code === op.closure || code === op.construct ? true : undefined;
  }

  /** What the checks say that a value has passed on its way from `root`; nothing, where it is something else by then. */
  private ofChecks(value: Node, says: (condition: Node, answer: Answer) => number, root: Node, before: ReadonlySet<Node> = new Set()): number {
    const seen = new Set(before);
    let mask = 0;
    for (let at = value; at >= 0 && at !== root;) {
      if (seen.has(at)) return everything;
      if (seen.size >= mostSteps || (this.steps += 1) > mostStepsInAll) return 0;
      seen.add(at);
      const made = this.heap.layout.at(at);
      if (made.op === op.phi) {
        return made.operands.length === 0 ? 0 : mask | made.operands.reduce((all, one) => all & this.ofChecks(one, says, root, seen), everything);
      }
      if (made.op === op.refine) mask |= says(made.b, answerOf(made.rawC));
      else if (made.op !== op.typed) return 0;
      at = made.a;
    }
    return mask;
  }

  /** A condition holds only where the parameter is true. */
  private isTruth(param: Node, condition: Node, answer: Answer): boolean {
    let at = condition;
    let wanted = answer;
    for (let step = 0; step < mostSteps && at >= 0; step++) {
      if (at === param) return wanted === true;
      const made = this.heap.layout.at(at);
      if (made.op === op.test && made.textC === '!') wanted = wanted !== true;
      else if (made.op !== op.refine && made.op !== op.typed) return false;
      at = made.a;
    }
    return false;
  }
}

/** What `refine` says of its condition. */
export function answerOf(said: number): Answer {
  return said === outcome.returned ? 'returned' : said === outcome.holds;
}

const exitsOf = onceFor((ir: IrModule): ReadonlyMap<number, readonly Exit[]> => {
  const found = new Map<number, Exit[]>();
  for (let place = 0; place < ir.ops.length; place++) {
    const isExit = ir.ops[place] === op.exit;
    if (!isExit && (ir.ops[place] !== op.return || ir.b[place] === 1)) continue;
    const params = isExit ? [...ir.operands.subarray(ir.operandsAt[place], ir.operandsAt[place + 1])] : undefined;
    const exit = { value: ir.a[place] as number, truth: isExit ? (ir.c[place] as number) : -1, params };
    const own = found.get(ir.owners[place] as number);
    if (own === undefined) found.set(ir.owners[place] as number, [exit]);
    else own.push(exit);
  }
  return found;
});
