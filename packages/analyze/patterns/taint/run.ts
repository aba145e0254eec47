import type { Bound, PatternMatch } from '../match.ts';
import type { CallGraph, Component, Procedure } from '../program/calls.ts';
import type { ProgramFile } from '../program/functions.ts';
import type { PatternOptions, TaintParts, TaintSink } from '../rule.ts';
import { TaintWalk } from './flow.ts';
import type { Mark, TaintMarks } from './marks.ts';
import { functionsBetween } from './reach.ts';
import { Summary } from './summary.ts';
import { clean, defaultLabel, stepsUpTo, type Taint, type Taints, union } from './taint.ts';

/** Walks of one function that calls itself, and of everything when something was kept outside of functions. */
const mostRounds = 4;
const mostPasses = 3;
/** Nodes that are walked for one rule, for each file and in all. */
const stepsForFile = 3_000_000;
const mostSteps = 30_000_000;

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
  /** Whether a function reaches a sink with a variable of a function round it. */
  capturing = false;
  steps: number;
  private readonly found = new Map<ProgramFile, Map<string, PatternMatch>>();
  private readonly kept = new Map<string, Taints>();
  private learned = false;

  constructor(graph: CallGraph, parts: TaintParts, options: PatternOptions, marksOf: MarksOf) {
    this.graph = graph;
    this.options = options;
    this.carriers = options.taintCarriers === undefined || options.taintCarriers === '' ? undefined : new RegExp(options.taintCarriers);
    this.marksOf = marksOf;
    const named = [...parts.sources, ...parts.propagators].flatMap(({ label }) => label ?? []);
    this.labels = [...new Set([...(parts.sources.every(({ label }) => label !== undefined) ? [] : [defaultLabel]), ...named])];
    this.steps = Math.min(mostSteps, stepsForFile * graph.files.length);
  }

  /** Matches by the file of their sink. */
  follow(): ReadonlyMap<ProgramFile, readonly PatternMatch[]> {
    const needed = this.needed();
    if (needed.size === 0) return new Map();
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

  private component({ members, cyclic }: Component): void {
    for (let round = 0; round < (cyclic ? mostRounds : 1); round++) {
      let grown = false;
      for (const procedure of members) grown = this.walk(procedure) || grown;
      if (!grown) break;
    }
  }

  /** Whether more is known of a function now. */
  private walk(procedure: Procedure): boolean {
    const walk = new TaintWalk(this, procedure);
    if (procedure.node === 0) {
      walk.program();
      return false;
    }
    const isCalled = this.graph.isCalled(procedure);
    // What has no name and is called by none is walked where it stands.
    if (!isCalled && !procedure.file.isNamed(procedure.node)) return false;
    const before = this.summaries.get(procedure.key);
    const summary = before ?? new Summary();
    const weight = summary.weight;
    walk.procedure(isCalled ? summary : undefined);
    if (isCalled) this.summaries.set(procedure.key, summary);
    return before === undefined || summary.weight > weight;
  }

  /** What was put into a variable of a file or a field of a class, whoever did it. */
  held(place: string): Taints {
    return this.kept.get(place) ?? clean;
  }

  get holdsNothing(): boolean {
    return this.kept.size === 0;
  }

  hold(place: string, taints: Taints): void {
    const own = taints.filter(({ symbol }) => symbol === undefined);
    if (own.length === 0) return;
    const before = this.kept.get(place) ?? clean;
    const after = union(before, own);
    if (after.length === before.length) return;
    this.kept.set(place, after);
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
