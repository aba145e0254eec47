import type { CodeFinder } from '#analyze/patterns/code-finder.ts';
import { CallGraph } from '#analyze/patterns/program/calls.ts';
import { ProgramFile } from '#analyze/patterns/program/functions.ts';
import type { ProgramLinks } from '#analyze/patterns/program/values.ts';
import { runRuleAcross } from '#analyze/patterns/run-rule.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { PooledTask } from '../pool.ts';
import { codeReader } from './code-readers.ts';
import { CodeLines } from './code-text.ts';
import type { PlacedMatch } from './flow-matches.ts';
import { toMatch } from './pattern-match.ts';
import { openText } from './pattern-run.ts';
import type { PatternUnit } from './pattern-units.ts';
import { type FlowGroup, linksOf } from './pattern-links.ts';

/** Files that belong together, and the rules whose data may go from one to another. */
export interface PatternFlowTask extends PooledTask {
  readonly id: number;
  readonly group: FlowGroup;
  readonly files: readonly FlowFile[];
  readonly rules: readonly FlowRule[];
}

export interface FlowFile {
  readonly path: string;
  readonly text: string;
  readonly language: string;
  /** Where its imports lead, for languages that name files. */
  readonly imports: readonly (readonly [name: string, path: string])[];
}

export interface FlowRule {
  readonly unit: number;
  /** Places of files in `files` that may hold a source or a sink. */
  readonly about: readonly number[];
}

export interface PatternFlowOutcome {
  readonly id: number;
  readonly matches: readonly PlacedMatch[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Follows the data of each rule through the files of a task; what fails is named and costs no other rule. */
export function runPatternFlows(task: PatternFlowTask, units: readonly PatternUnit[], overBudget: () => boolean): PatternFlowOutcome {
  const program = new FlowProgram(task);
  const matches: PlacedMatch[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [at, rule] of task.rules.entries()) {
    if (overBudget()) {
      diagnostics.push({ code: 'program-over-budget', path: task.path, message: `${task.rules.length - at} rules in taint mode were not followed across files at the time limit; raise limits.program-ms` });
      break;
    }
    const unit = units[rule.unit];
    if (unit === undefined) continue;
    try {
      matches.push(...program.run(unit, rule));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      diagnostics.push({ code: 'rule-failed', path: task.path, rule: unit.id, message: `${unit.id} could not be followed across files to its end: ${error.message}` });
    }
  }
  return { id: task.id, matches, diagnostics };
}

class FlowProgram {
  private readonly graph: CallGraph;
  private readonly task: PatternFlowTask;
  private readonly lines = new Map<string, CodeLines>();
  private readonly texts: ReadonlyMap<string, FlowFile>;

  constructor(task: PatternFlowTask) {
    this.task = task;
    this.texts = new Map(task.files.map((file) => [file.path, file]));
    const files = task.files.flatMap(({ path, text, language }) => {
      const facts = codeReader(language)?.facts(text);
      return facts === undefined ? [] : [{ path, facts }];
    });
    const links: ProgramLinks = linksOf(task.group, task.files);
    this.graph = new CallGraph(files.map(({ path, facts }, at) => new ProgramFile(at, path, facts)), links);
  }

  run(unit: PatternUnit, { about }: FlowRule): PlacedMatch[] {
    const { pattern } = unit;
    const paths = new Set(about.map((at) => (this.task.files[at] as FlowFile).path));
    const finderOf = ({ path, facts }: ProgramFile): CodeFinder | undefined =>
      paths.has(path) ? codeReader((this.texts.get(path) as FlowFile).language)?.finder(facts, pattern.options, openText(pattern.options)) : undefined;
    return runRuleAcross(pattern, this.graph, finderOf).map(([path, match]) => {
      const others = (match.trace ?? []).flatMap((step) => step.path ?? []);
      const told = toMatch(unit, match, { path, lines: this.linesOf(path) as CodeLines, linesOf: (other) => this.linesOf(other) });
      const first = told.codeFlow?.[0]?.location;
      const from = first === undefined || first.path === path ? '' : `\0${first.path}`;
      return { path, paths: [...new Set([path, ...others])], match: { unit: unit.id, kind: 'rule', persona: unit.persona, match: { ...told, context: `flow\0${told.context}${from}` } } };
    });
  }

  private linesOf(path: string): CodeLines | undefined {
    const known = this.lines.get(path);
    const text = this.texts.get(path)?.text;
    if (known !== undefined || text === undefined) return known;
    const lines = new CodeLines(text);
    this.lines.set(path, lines);
    return lines;
  }
}
