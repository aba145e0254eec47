import type { Bound, PatternMatch } from '../match.ts';
import { type CallGraph, type Component, keysOfFile, type Procedure } from '../program/calls.ts';
import type { ProgramFile } from '../program/functions.ts';
import { PatternOverBudget } from '../matcher.ts';
import type { PatternOptions, TaintParts, TaintSink } from '../rule.ts';
import { TaintWalk } from './flow.ts';
import { type Mark, markedNodes, type TaintMarks } from './marks.ts';
import { callersAndSelf, callsAny, type PlainComponent, plainComponents } from './plain.ts';
import { functionsBetween } from './reach.ts';
import { Summary } from './summary.ts';
import { clean, defaultLabel, stepsUpTo, type Taint, type Taints, union } from './taint.ts';
import { WalkLog } from './walk-log.ts';

/** Walks of one function that calls itself, and of everything when something was kept outside of functions. */
const mostRounds = 4;
const mostPasses = 3;
/** Nodes that are walked for one rule, for each file and in all. */
const stepsForFile = 3_000_000;
const mostSteps = 30_000_000;

/** The name under which it is kept that a function captures; no place is called so. */
const capture = 'capture';

/** Where the parts of a rule lie in the files that it is about. */
export type MarksOf = (file: ProgramFile) => TaintMarks | undefined;

/** Follows the data of one rule through the functions of some files, those that are called before their callers. */
export class TaintRun {
  readonly graph: CallGraph;
  readonly options: PatternOptions;
  readonly marksOf: MarksOf;
  /** Labels that what a caller passes may have. */
  readonly labels: readonly string[];
  /** Names of functions that give on what goes in, where others do not. */
  readonly carriers: RegExp | undefined;
  readonly summaries = new Map<number, Summary>();
  private captures = false;
  steps: number;
  private readonly found = new Map<ProgramFile, Map<string, PatternMatch>>();
  private kept = new Map<string, Taints>();
  private learned = false;
  /** Functions in which a part of the rule lies, and those that come to them by calls. */
  private touched: ReadonlySet<number> = new Set();
  /** Functions in which no part lies, but what was put into places that they share with others. */
  private readonly lively = new Set<number>();
  /** Functions whose summary other rules use as well. */
  private readonly borrowed = new Set<number>();
  private readonly log = new WalkLog();
  /** Shared places that were asked for while something is found out for all rules. */
  private asked: Set<string> | undefined;

  constructor(graph: CallGraph, parts: TaintParts, options: PatternOptions, marksOf: MarksOf) {
    this.graph = graph;
    this.options = options;
    this.carriers = options.taintCarriers === undefined || options.taintCarriers === '' ? undefined : new RegExp(options.taintCarriers);
    this.marksOf = marksOf;
    const named = [...parts.sources, ...parts.propagators].flatMap(({ label }) => label ?? []);
    this.labels = [...new Set([...(parts.sources.every(({ label }) => label !== undefined) ? [] : [defaultLabel]), ...named])];
    this.steps = Math.min(mostSteps, stepsForFile * graph.files.length);
  }

  /** Whether a function reaches a sink with a variable of a function round it. */
  get capturing(): boolean {
    this.log.ask(capture);
    return this.captures;
  }

  capture(): void {
    if (!this.captures) this.log.learn(capture);
    this.captures = true;
  }

  /** Matches by the file of their sink. */
  follow(): ReadonlyMap<ProgramFile, readonly PatternMatch[]> {
    const needed = this.needed();
    if (needed.size === 0) return new Map();
    this.touched = this.findTouched(needed);
    const order = this.graph.order().flatMap(({ members, cyclic }): Component[] => {
      const own = members.filter(({ key }) => needed.has(key));
      return own.length === 0 ? [] : [{ members: own, cyclic }];
    });
    for (let pass = 0; pass < mostPasses; pass++) {
      this.learned = false;
      for (const component of order) this.component(component);
      if (!this.learned) break;
    }
    return new Map([...this.found].map(([file, matches]) => [file, [...matches.values()]]));
  }

  private needed(): ReadonlySet<number> {
    const about = this.graph.files.flatMap((file) => {
      const marks = this.marksOf(file);
      return marks === undefined ? [] : [{ file, marks }];
    });
    const walking = (part: keyof TaintMarks): ReadonlySet<number> =>
      new Set(about.flatMap(({ file, marks }) => [...marks[part].keys()].flatMap((node) => this.graph.walkersOf(file, node).map(({ key }) => key))));
    const sinks = walking('sinks');
    const sources = sinks.size === 0 ? sinks : walking('sources');
    return sources.size === 0 ? sources : functionsBetween(this.graph, { sources, sinks, putting: walking('propagators') });
  }

  /** Walks what no other rule has been through, or would find something else in. */
  private component(component: Component): void {
    const { members } = component;
    if (members.some(({ key }) => this.touched.has(key))) return this.walkAll(component);
    // What nobody calls, and nothing begins or ends in, tells nothing.
    if (this.kept.size === 0 && members.every((one) => !this.graph.isCalled(one))) return;
    const first = (members[0] as Procedure).key;
    if (!callsAny(this.graph, component, this.lively)) {
      const known = plainComponents(this.graph, this.settings);
      let plain = known.get(first);
      if (plain === undefined) known.set(first, (plain = this.findPlain(component)));
      if (![...plain.asked].some((place) => this.kept.has(place))) return this.take(plain);
    }
    for (const { key } of members) this.lively.add(key);
    this.walkAll(component);
  }

  /** What steers the walk of functions in which no part of the rule lies. */
  private get settings(): string {
    const { taintAssumeSafeFunctions, taintAssumeSafeIndexes, taintAssumeSafeComparisons, taintAssumeSafeBooleans, taintCarriers } = this.options;
    return JSON.stringify([this.labels, taintAssumeSafeFunctions, taintAssumeSafeIndexes, taintAssumeSafeComparisons, taintAssumeSafeBooleans, taintCarriers, this.captures]);
  }

  private findPlain(component: Component): PlainComponent {
    const { steps: before, kept } = this;
    const asked = (this.asked = new Set<string>());
    this.kept = new Map();
    try {
      this.walkAll(component);
    } finally {
      this.asked = undefined;
      this.kept = kept;
    }
    const summaries = new Map(component.members.flatMap(({ key }) => {
      const summary = this.summaries.get(key);
      return summary === undefined ? [] : [[key, summary] as const];
    }));
    // They are the cache's; whoever takes them leaves them as they are.
    for (const { key } of component.members) {
      this.summaries.delete(key);
      this.log.forget(key);
    }
    const steps = before - this.steps;
    this.steps = before;
    return { summaries, asked, steps };
  }

  private take({ summaries, steps }: PlainComponent): void {
    if ((this.steps -= steps) < 0) throw new PatternOverBudget('the flow of data took too many steps');
    for (const [key, summary] of summaries) {
      if (this.summaries.get(key) !== summary) this.log.learn(key);
      this.log.forget(key);
      this.summaries.set(key, summary);
      this.borrowed.add(key);
    }
  }

  private findTouched(needed: ReadonlySet<number>): ReadonlySet<number> {
    const files = new Set([...needed].map((key) => Math.floor(key / keysOfFile)));
    const walking = new Set<number>();
    for (const file of this.graph.files) {
      const marks = files.has(file.index) ? this.marksOf(file) : undefined;
      if (marks === undefined) continue;
      for (const node of markedNodes(marks)) {
        for (const { key } of this.graph.walkersOf(file, node)) walking.add(key);
        // A function is met where it stands, too.
        if (node !== 0) for (const { key } of this.graph.walkersOf(file, file.tree.parent[node] as number)) walking.add(key);
      }
    }
    return callersAndSelf(this.graph, walking);
  }

  private walkAll({ members, cyclic }: Component): void {
    for (let round = 0; round < (cyclic ? mostRounds : 1); round++) {
      let grown = false;
      for (const procedure of members) grown = this.walk(procedure) || grown;
      if (!grown) break;
    }
  }

  /** Whether more is known of a function now. */
  private walk(procedure: Procedure): boolean {
    const { key } = procedure;
    const isCalled = this.graph.isCalled(procedure);
    // What has no name and is called by none is walked where it stands.
    if (procedure.node !== 0 && !isCalled && !procedure.file.isNamed(procedure.node)) return false;
    if (this.log.isFresh(key, this.graph.calledBy(procedure))) return false;
    this.log.begin(key);
    const walk = new TaintWalk(this, procedure);
    if (procedure.node === 0) {
      walk.program();
      return false;
    }
    // What others use stays as it is.
    if (this.borrowed.delete(key)) this.summaries.delete(key);
    const before = this.summaries.get(key);
    const summary = before ?? new Summary();
    const { version } = summary;
    walk.procedure(isCalled ? summary : undefined);
    if (isCalled) this.summaries.set(key, summary);
    const grown = before === undefined || summary.version > version;
    if (grown) this.log.learn(key);
    return grown;
  }

  /** What was put into a variable of a file or a field of a class, whoever did it. */
  held(place: string): Taints {
    this.asked?.add(place);
    this.log.ask(place);
    return this.kept.get(place) ?? clean;
  }

  /** Whether nothing was put anywhere yet; what would have been asked for is remembered. */
  holdsNothing(place: string): boolean {
    if (this.asked !== undefined || this.kept.size > 0) return false;
    this.log.ask(place);
    return true;
  }

  hold(place: string, taints: Taints): void {
    const own = taints.filter(({ symbol }) => symbol === undefined);
    if (own.length === 0) return;
    const before = this.kept.get(place) ?? clean;
    const after = union(before, own);
    if (after.length === before.length) return;
    this.kept.set(place, after);
    this.log.learn(place);
    this.learned = true;
  }

  report(home: ProgramFile, { start, end, bindings }: Mark<TaintSink>, taint: Taint): void {
    let own = this.found.get(home);
    if (own === undefined) this.found.set(home, (own = new Map()));
    const key = `${start}-${end}`;
    if (own.has(key)) return;
    const there = (file: number): { readonly path?: string } => (file === home.index ? {} : { path: (this.graph.files[file] as ProgramFile).path });
    const trace: PatternMatch['trace'] = [
      { start: taint.start, end: taint.end, role: 'source', ...there(taint.file) },
      ...stepsUpTo(taint.step).map((step) => ({ start: step.start, end: step.end, role: 'step' as const, ...there(step.file), ...(step.note === undefined ? {} : { note: step.note }) })),
      { start, end, role: 'sink' },
    ];
    own.set(key, { start, end, bindings: new Map<string, Bound>([...taint.bindings, ...bindings]), trace });
  }
}
