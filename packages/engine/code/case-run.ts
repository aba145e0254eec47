import { languages } from '#formats/library.ts';
import type { CallMatch, CodeSpan } from '#model/program.ts';
import { toDocument } from '#normalize/document.ts';
import { loadCodeContent } from '../content.ts';
import { timeBudget } from '../time-budget.ts';
import { loadAnalysis } from './analysis.ts';
import type { CodeCase } from './code-cases.ts';
import { prepareReaders } from './code-readers.ts';
import { countsIn, isMended, type ProofTools } from './fixes/prove.ts';
import { edited, textFixOf } from './fixes/text-edits.ts';
import { loadFrontEnds } from './front-ends.ts';
import { loosePrograms } from './loose-programs.ts';
import { type FrontEnds, lowerFile } from './lower.ts';
import { PatternScanner } from './pattern-scan.ts';
import { type PatternUnit, unitsOfForms } from './pattern-units.ts';
import type { ProgramPlan } from './program-plan.ts';
import type { Analysis } from './program-task.ts';

/** What a case gave: lines of its first file where its rule fired, each once, and what kept it from being analysed. */
export interface CaseOutcome {
  readonly lines: readonly number[];
  readonly problems: readonly string[];
  /** The lines that proven fixes of its rule bring, without what they are indented by. */
  readonly fixed: readonly string[];
}

const mostFacts = 500_000;
const budgetMs = 60_000;

/** What answers cases. `forms`: those of all rules; what reads their languages is loaded (`prepareReaders`). */
export interface CaseTools {
  readonly frontEnds: FrontEnds;
  readonly analysis: Analysis;
  readonly forms: readonly PatternUnit[];
}

/** The tools for cases in these languages, with everything that is known. */
export async function loadCaseTools(names: readonly string[]): Promise<CaseTools> {
  const frontEnds = await loadFrontEnds(languages.filter((language) => names.includes(language)));
  await prepareReaders(names);
  return { frontEnds, analysis: loadAnalysis(), forms: unitsOfForms(loadCodeContent().rules) };
}

/** Runs the rules on a case, as a scan would on a folder with these files. */
export function runCodeCase(item: CodeCase, { frontEnds, analysis, forms }: CaseTools): CaseOutcome {
  const whole = languages.some((one) => one === item.language) ? runAnalysis(item, frontEnds, analysis) : { lines: [], problems: [], fixed: [] };
  const formed = runForms(item, forms.filter(({ id }) => id === `code/${item.class}`));
  return { lines: [...new Set([...whole.lines, ...formed.lines])].sort((a, b) => a - b), problems: [...whole.problems, ...formed.problems], fixed: whole.fixed };
}

function runForms(item: CodeCase, own: readonly PatternUnit[]): Omit<CaseOutcome, 'fixed'> {
  const scanner = new PatternScanner({ own, foreign: [], firstForeign: 0 });
  const overTime = timeBudget(budgetMs);
  const outcomes = [...item.files].map(([path, text]) => {
    const normal = toDocument({ path, bytes: Buffer.from(text) }, (bytes) => Buffer.from(bytes).toString('latin1'));
    return 'binary' in normal ? { matches: [], diagnostics: [{ message: `${path} is no text` }] } : scanner.scan(normal.document, { overTime });
  });
  return { lines: outcomes.flatMap(({ matches }) => matches.map(({ match }) => match.region.startLine)), problems: outcomes.flatMap(({ diagnostics }) => diagnostics.map(({ message }) => message)) };
}

function runAnalysis(item: CodeCase, frontEnds: FrontEnds, analysis: Analysis): CaseOutcome {
  const lowered = [...item.files].map(([path, text]) => lowerFile(path, Buffer.from(text), frontEnds));
  const problems = lowered.flatMap(({ path, outcome, diagnostics, gaps }) => [
    ...(outcome === 'module' ? [] : [`${path} gave no module (${outcome})`]),
    ...diagnostics.map(({ message }) => `${path} ${message}`),
    ...gaps.map(({ reason, start }) => `${path} has a gap at offset ${start} (${reason})`),
  ]);
  const lines = new Set<number>();
  const fixed: string[] = [];
  const overBudget = timeBudget(budgetMs);
  for (const { plan, program } of loosePrograms(lowered, item.threatModel)) {
    const result = analysis(program, { overBudget, mostFacts });
    problems.push(...result.diagnostics.map(({ message }) => message));
    const found: readonly CodeSpan[] = [
      ...result.flows.flatMap((flow) => (flow.class === item.class ? [flow.sink] : [])),
      ...result.calls.flatMap((call) => (call.rule === `code/${item.class}` ? [call.at] : [])),
    ];
    for (const { module, start } of found) lines.add(lineAt(item.files.get(plan.modules[module]?.path ?? '') ?? '', start));
    for (const call of result.calls) if (call.rule === `code/${item.class}` && item.fixed !== undefined) fixed.push(...fixedLines(item, call, plan, { frontEnds, analysis }));
  }
  return { lines: [...lines], problems, fixed };
}

/** What the fix of a finding brings, where it is proven. */
function fixedLines(item: CodeCase, { rule, at, changes = [] }: CallMatch, plan: ProgramPlan, tools: ProofTools): string[] {
  const path = plan.modules[at.module]?.path ?? '';
  const text = item.files.get(path) ?? '';
  const told = textFixOf(changes, text, plan.language);
  if (told === undefined) return [];
  const after = edited(text, told.edits);
  if (!isMended(countsIn(path, text, tools), countsIn(path, after, tools), rule)) return [];
  const before = new Set(text.split('\n'));
  return [after.split('\n').flatMap((line) => (before.has(line) ? [] : [line.trim()])).join('\n')];
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** What is wrong with the outcome of a case, in a sentence; undefined when it is as it should be. */
export function problemOf(item: CodeCase, { lines, problems, fixed }: CaseOutcome): string | undefined {
  const [problem] = problems;
  if (problem !== undefined) return `${item.name} (${item.class}): ${problem}`;
  const due = item.line === undefined ? [] : [item.line];
  if (lines.join() === due.join()) return item.fixed === undefined || fixed.join('\n') === (item.fixed ?? '') ? undefined : `${item.name} (${item.class}) has the fix ${JSON.stringify(fixed.join('\n'))}; due: ${JSON.stringify(item.fixed)}`;
  const told = lines.length === 0 ? 'nowhere' : `on line ${lines.join(', ')}`;
  return `${item.name} (${item.class}) fired ${told}; due: ${due.length === 0 ? 'nowhere' : `line ${due.join()}`}`;
}

