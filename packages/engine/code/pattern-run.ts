import { CodeFinder } from '#analyze/patterns/code-finder.ts';
import { dataFinder } from '#analyze/patterns/data/finder.ts';
import { expressionMatches, type Finder, mostRanges, type OpenText } from '#analyze/patterns/finder.ts';
import { FormulaEvaluator } from '#analyze/patterns/formula.ts';
import { genericFinder } from '#analyze/patterns/generic/finder.ts';
import { mayMatch, TextWords } from '#analyze/patterns/prefilter.ts';
import type { TreeFacts } from '#analyze/patterns/facts.ts';
import type { PatternMatch } from '#analyze/patterns/match.ts';
import type { Formula, PatternOptions, PatternRule } from '#analyze/patterns/rule.ts';
import type { DataTree } from '#model/data-tree.ts';
import { readDockerfilePattern, readDockerfileTree } from '#normalize/data/dockerfile.ts';
import { readHclPattern, readHclTree } from '#normalize/data/hcl.ts';
import { readJsonPattern, readJsonTree } from '#normalize/data/json.ts';
import { readYamlPattern, readYamlTree } from '#normalize/data/yaml.ts';
import { codeReader, readsCode } from './code-readers.ts';
import type { PatternGap } from './code-target.ts';
import type { CodeTarget } from './code-target.ts';
import { languageOf } from './pattern-languages.ts';

export interface PatternRun {
  readonly matches: readonly PatternMatch[];
  /** Why there may be more matches than these. */
  readonly problem?: string;
}

interface DataLanguage {
  readonly read: (text: string) => DataTree;
  readonly readPattern: (text: string) => DataTree;
}

const dataLanguages = new Map<string, DataLanguage>([
  ['yaml', { read: readYamlTree, readPattern: readYamlPattern }],
  ['json', { read: readJsonTree, readPattern: readJsonPattern }],
  ['dockerfile', { read: readDockerfileTree, readPattern: readDockerfilePattern }],
  ['hcl', { read: readHclTree, readPattern: readHclPattern }],
]);

/** Whether rules of a language can be run at all. */
export function runsLanguage(name: string): boolean {
  const language = languageOf(name);
  return language === 'generic' || language === 'regex' || dataLanguages.has(language) || readsCode(language);
}

function searched(evaluator: FormulaEvaluator, formula: Formula): PatternRun {
  const matches = evaluator.evaluate(formula);
  return evaluator.budget.reached ? { matches, problem: `a part of it matches more than ${mostRanges} places; it was decided by these` } : { matches };
}

interface Opened {
  readonly evaluator: FormulaEvaluator;
  readonly code?: CodeTarget;
}

/** One text, read at most once as each language that rules ask for. What programming languages need is loaded before (`prepareReaders`). */
export class PatternTarget {
  private readonly opened = new Map<string, Opened | undefined>();
  /** What could not be read, by language. */
  readonly gaps = new Map<string, PatternGap>();
  readonly text: string;
  private readonly words: TextWords;
  private pairs = 0;

  constructor(text: string) {
    this.text = text;
    this.words = new TextWords(text);
  }

  /** The matches of a rule with the text read as one of the rule's languages. */
  run(rule: PatternRule, name: string): PatternRun {
    const { body } = rule;
    if (body.mode === 'unsupported') return { matches: [], problem: body.why };
    const language = languageOf(name);
    if (readsCode(language) && !mayMatch(rule, this.words)) return { matches: [] };
    const opened = this.openedAs(language, rule.options);
    if (opened === undefined) return { matches: [], problem: `the text cannot be read as ${language}` };
    opened.evaluator.restart();
    try {
      if (body.mode === 'search') return searched(opened.evaluator, body.formula);
      return opened.code === undefined ? { matches: [], problem: `taint rules are not run on ${language}` } : { matches: opened.code.followTaint(rule) };
    } catch (error) {
      if (error instanceof Error) return { matches: [], problem: error.message };
      throw error;
    } finally {
      this.pairs += opened.evaluator.pairs;
    }
  }

  /** Comparisons that all rules took so far: the same for the same text and rules, however busy the machine is. */
  get steps(): number {
    const trees = new Set<TreeFacts>();
    for (const one of this.opened.values()) if (one?.evaluator.finder instanceof CodeFinder) trees.add(one.evaluator.finder.facts);
    return [...trees].reduce((sum, facts) => sum + facts.steps, this.pairs);
  }

  private openedAs(language: string, options: PatternOptions): Opened | undefined {
    const key = dataLanguages.has(language) && language !== 'dockerfile' ? language : `${language} ${JSON.stringify(options)}`;
    if (!this.opened.has(key)) this.opened.set(key, this.openWhole(language, options));
    return this.opened.get(key);
  }

  private openWhole(language: string, options: PatternOptions): Opened | undefined {
    const open: OpenText = (inner, part, at) => this.open(inner, part, at, options);
    const code = codeReader(language)?.read(this.text, 0, options, open);
    if (code?.gap !== undefined) this.gaps.set(language, code.gap);
    const finder = code?.finder ?? this.open(language, this.text, 0, options);
    if (finder === undefined) return undefined;
    return { evaluator: new FormulaEvaluator(finder), ...(code === undefined ? {} : { code }) };
  }

  /** A part of a text, or another one, as a language. */
  open(name: string, text: string, offset: number, options: PatternOptions): Finder | undefined {
    const language = languageOf(name);
    const open: OpenText = (inner, part, at) => this.open(inner, part, at, options);
    if (language === 'generic') return genericFinder(text, offset, options, open);
    if (language === 'regex') return regexFinder(text, offset, open);
    const data = dataLanguages.get(language);
    if (data === undefined) return codeReader(language)?.read(text, offset, options, open)?.finder;
    const tree = data.read(text);
    const [gap] = tree.errors;
    if (gap !== undefined && offset === 0) this.gaps.set(language, { message: gap.message, isSmall: false });
    return dataFinder(tree, offset, { readPattern: data.readPattern, isDeep: options.implicitDeepExprstmt !== false }, open);
  }
}

/** Opens parts of texts that are read elsewhere. */
export function openText(options: PatternOptions): OpenText {
  const target = new PatternTarget('');
  return (language, text, offset) => target.open(language, text, offset, options);
}

/** Text in which every pattern is an expression. */
function regexFinder(text: string, offset: number, open: OpenText): Finder {
  return {
    text,
    offset,
    find: (pattern) => expressionMatches(pattern, text, offset),
    within: ({ start, end }, language) => (language === undefined || language === 'regex' ? regexFinder(text.slice(start - offset, end - offset), start, open) : open(language, text.slice(start - offset, end - offset), start)),
  };
}
