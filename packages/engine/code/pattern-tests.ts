import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { isAbout, judgeLines, type LineVerdict, readAnnotations } from '#analyze/patterns/annotations.ts';
import { isPatternRuleFile, loadPatternRules } from '#analyze/patterns/load.ts';
import type { PatternRule } from '#analyze/patterns/rule.ts';
import { languagesOfRule } from '#analyze/patterns/rule-languages.ts';
import { fixOf } from '#analyze/patterns/telling.ts';
import { fromPcre } from '#formats/pcre.ts';
import { pathTraits } from '#normalize/path-traits.ts';
import { lineStarts, placeOf } from '#normalize/syntax/tree.ts';
import { readRegular } from '#sources/read-file.ts';
import { patternFilesUnder } from '../foreign-rules.ts';
import { limitBacktracking } from '../linear-regexp.ts';
import { prepareReaders } from './code-readers.ts';
import { isOfLanguage, languageOf } from './pattern-languages.ts';
import { lineOfPattern, mistakesIn } from './pattern-mistakes.ts';
import { PatternTarget, type PatternRun, runsLanguage } from './pattern-run.ts';

/** How one rule did on the test files beside it. */
export interface PatternVerdict {
  readonly name: string;
  /** Lines that comments speak of, and comparisons with fixed files. */
  readonly cases: number;
  /** What is wrong, one sentence each. */
  readonly problems: readonly string[];
  /** It is written for what is not run here, so that its cases say nothing. */
  readonly notRun?: true;
}

const largest = 4 * 1024 * 1024;
/** Milliseconds for one rule on one file; a rule that needs more would stop a scan of real files. */
const runBudget = 10_000;
const mostProblems = 100;

/** The files at a path that hold rules in Semgrep's syntax: the file itself, or those in a folder and below. */
export function patternRuleFilesAt(path: string): string[] {
  const paths = statSync(path).isDirectory() ? patternFilesUnder(path).map((name) => join(path, name)) : [path];
  return paths.filter((one) => /\.ya?ml$/.test(one) && isPatternRuleFile(read(one)));
}

function read(path: string): string {
  return readRegular(path, { limit: largest })?.toString('utf8') ?? '';
}

/** Runs the rules of these files on the test files beside them: files of the same name up to its first dot. */
export async function testPatternRules(paths: readonly string[]): Promise<PatternVerdict[]> {
  limitBacktracking();
  const verdicts: PatternVerdict[] = [];
  for (const path of paths) {
    const text = read(path);
    const { rules, problems } = loadPatternRules(text);
    await prepareReaders(new Set(rules.flatMap((rule) => [...languagesOfRule(rule)].map(languageOf))));
    verdicts.push(...problems.map(({ rule, line, message }) => ({ name: `${path}: ${rule ?? 'a rule'}`, cases: 0, problems: [`line ${line}: ${message}`] })));
    verdicts.push(...testFile(path, text, rules));
  }
  return verdicts;
}

/** Why a rule is not run at all, whatever is in it. */
function whyNotRun(rule: PatternRule): string | undefined {
  if (rule.body.mode === 'unsupported') return rule.body.why;
  return rule.languages.some(runsLanguage) ? undefined : `rules for ${rule.languages.join(', ') || 'no language'} are not run here`;
}

/** What of a rule cannot be read, which no case would show where none reaches it. */
function mistakesOf(rule: PatternRule, text: string): string[] {
  const languages = rule.languages.filter(runsLanguage);
  const problems = [...new Set(languages.map(languageOf))].flatMap((language) => mistakesIn(rule, language)).map(({ pattern, message }) => {
    const line = lineOfPattern(text, rule.id, pattern);
    return line === undefined ? message : `line ${line}: ${message}`;
  });
  return [...new Set(problems)];
}

function testFile(path: string, text: string, rules: readonly PatternRule[]): PatternVerdict[] {
  const targets = targetsOf(path).map((target) => new TestTarget(target));
  const verdicts = rules.map((rule): PatternVerdict => {
    const name = `${path}: ${rule.id}`;
    const notRun = whyNotRun(rule);
    if (notRun !== undefined) return { name, cases: 0, problems: [notRun], notRun: true };
    const mistakes = mistakesOf(rule, text);
    // A scan does not run it either, so that its cases say nothing.
    return mistakes.length > 0 ? { name, cases: 0, problems: mistakes.slice(0, mostProblems) } : testRule(name, rule, targets);
  });
  const fixes = targets.flatMap((target) => target.fixProblem(rules) ?? []);
  if (fixes.length > 0) verdicts.push({ name: `${path}: fixes`, cases: fixes.length, problems: fixes.filter((problem) => problem !== '') });
  return verdicts;
}

function targetsOf(path: string): string[] {
  const folder = dirname(path);
  const stem = stemOf(basename(path));
  return readdirSync(folder)
    .filter((name) => name !== basename(path) && stemOf(name) === stem && !isFixed(name) && !/\.cases\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(folder, name))
    .filter((one) => statSync(one).isFile());
}

function stemOf(name: string): string {
  const dot = name.indexOf('.', 1);
  return dot === -1 ? name : name.slice(0, dot);
}

function isFixed(name: string): boolean {
  return /\.fixed(?:\.|$)/.test(name);
}

function testRule(name: string, rule: PatternRule, targets: readonly TestTarget[]): PatternVerdict {
  const about = targets.filter((target) => target.speaksOf(rule.id));
  const results = about.map((target) => target.judge(rule));
  return { name, cases: results.reduce((sum, { cases }) => sum + cases, 0), problems: results.flatMap(({ problems }) => problems).slice(0, mostProblems) };
}

class TestTarget {
  private readonly text: string;
  private readonly target: PatternTarget;
  private readonly starts: Uint32Array;
  private readonly annotations: ReturnType<typeof readAnnotations>;
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
    this.text = read(path);
    this.target = new PatternTarget(this.text);
    this.starts = lineStarts(this.text);
    this.annotations = readAnnotations(this.text);
  }

  speaksOf(id: string): boolean {
    return this.annotations.some((annotation) => isAbout(annotation, id));
  }

  judge(rule: PatternRule): { readonly cases: number; readonly problems: readonly string[] } {
    const { matches, problem } = this.run(rule);
    const verdicts = judgeLines(this.annotations, rule.id, new Set(matches.map(({ start }) => placeOf(this.starts, start).line)));
    const wrong = verdicts.flatMap((verdict) => this.words(verdict, rule.id) ?? []);
    return { cases: verdicts.filter((verdict) => verdict.wrong !== 'unexpected').length, problems: problem === undefined ? wrong : [`${this.path}: ${problem}`, ...wrong] };
  }

  private words({ line, wrong }: LineVerdict, id: string): string | undefined {
    const place = `${this.path}:${line}`;
    if (wrong === 'missing') return `${place}: not reported, and \`ruleid: ${id}\` stands above it`;
    if (wrong === 'unwanted') return `${place}: reported, and \`ok: ${id}\` stands above it`;
    return wrong === 'unexpected' ? `${place}: reported, and no comment says so` : undefined;
  }

  /** A pattern that runs away cannot be stopped from inside; V8 stops it on behalf of node:vm. */
  private run(rule: PatternRule): PatternRun {
    const languages = rule.languages.map(languageOf);
    const traits = pathTraits(basename(this.path));
    const language = languages.find((one) => one !== 'generic' && one !== 'regex' && isOfLanguage(one, this.path, traits)) ?? languages.find((one) => isOfLanguage(one, this.path, traits)) ?? languages[0] ?? 'generic';
    try {
      return runInNewContext('run()', { run: () => this.target.run(rule, language) }, { timeout: runBudget, breakOnSigint: true }) as PatternRun;
    } catch (error) {
      return { matches: [], problem: `stopped after ${runBudget} ms or failed: ${error instanceof Error ? error.message : String(error)}` };
    }
  }

  /** With a fixed file beside it: what the fixes of all rules make of the file must be that. Empty: it is. Undefined: there is none. */
  fixProblem(rules: readonly PatternRule[]): string | undefined {
    const dot = this.path.indexOf('.', this.path.length - basename(this.path).length + 1);
    const beside = `${this.path.slice(0, dot)}.fixed${this.path.slice(dot)}`;
    if (dot === -1 || !existsSync(beside)) return undefined;
    const expected = read(beside).split('\n');
    const fixed = this.fixed(rules).split('\n');
    const line = fixed.findIndex((one, at) => one.trimEnd() !== (expected[at] ?? '').trimEnd());
    return line === -1 && fixed.length >= expected.length ? '' : `${beside}:${(line === -1 ? fixed.length : line) + 1}: the fixes give something else from here on`;
  }

  private fixed(rules: readonly PatternRule[]): string {
    const edits = rules.flatMap((rule) => this.run(rule).matches.flatMap((match) => {
      const replacement = fixOf(rule, match, this.text, (regex) => {
        const { source, flags } = fromPcre(regex, true);
        return new RegExp(source, `g${flags}`);
      });
      return replacement === undefined ? [] : [{ start: match.start, end: match.end, replacement }];
    }));
    edits.sort((a, b) => a.start - b.start || a.end - b.end);
    const kept = edits.filter((edit, at) => edits.slice(0, at).every((before) => before.end <= edit.start));
    return kept.reduceRight((text, { start, end, replacement }) => text.slice(0, start) + replacement + text.slice(end), this.text);
  }
}
