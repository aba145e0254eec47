import { dataFinder } from '#analyze/patterns/data/finder.ts';
import { expressionMatches, type Finder, type OpenText } from '#analyze/patterns/finder.ts';
import { FormulaEvaluator } from '#analyze/patterns/formula.ts';
import { genericFinder } from '#analyze/patterns/generic/finder.ts';
import type { PatternMatch } from '#analyze/patterns/match.ts';
import type { PatternOptions, PatternRule } from '#analyze/patterns/rule.ts';
import type { DataTree } from '#model/data-tree.ts';
import { readDockerfilePattern, readDockerfileTree } from '#normalize/data/dockerfile.ts';
import { readHclPattern, readHclTree } from '#normalize/data/hcl.ts';
import { readJsonPattern, readJsonTree } from '#normalize/data/json.ts';
import { readYamlPattern, readYamlTree } from '#normalize/data/yaml.ts';
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
export function runsLanguage(language: string): boolean {
  return language === 'generic' || language === 'regex' || dataLanguages.has(language);
}

/** One text, read at most once as each language that rules ask for. */
export class PatternTarget {
  private readonly finders = new Map<string, { readonly finder: Finder; readonly evaluator: FormulaEvaluator } | undefined>();
  /** What could not be read, by language. */
  readonly gaps = new Map<string, string>();
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The matches of a rule with the text read as one of the rule's languages. */
  run(rule: PatternRule, language: string): PatternRun {
    if (rule.body.mode === 'unsupported') return { matches: [], problem: rule.body.why };
    if (rule.body.mode === 'taint') return { matches: [], problem: `taint rules are not run on ${language}` };
    const opened = this.opened(languageOf(language), rule.options);
    if (opened === undefined) return { matches: [], problem: `the text cannot be read as ${language}` };
    try {
      return { matches: opened.evaluator.evaluate(rule.body.formula) };
    } catch (error) {
      if (error instanceof Error) return { matches: [], problem: error.message };
      throw error;
    }
  }

  private opened(language: string, options: PatternOptions): { readonly finder: Finder; readonly evaluator: FormulaEvaluator } | undefined {
    const key = language === 'generic' || language === 'dockerfile' ? `${language} ${JSON.stringify(options)}` : language;
    if (!this.finders.has(key)) {
      const finder = this.open(language, this.text, 0, options);
      this.finders.set(key, finder === undefined ? undefined : { finder, evaluator: new FormulaEvaluator(finder) });
    }
    return this.finders.get(key);
  }

  private open(name: string, text: string, offset: number, options: PatternOptions): Finder | undefined {
    const language = languageOf(name);
    const open: OpenText = (inner, part, at) => this.open(inner, part, at, options);
    if (language === 'generic') return genericFinder(text, offset, options, open);
    if (language === 'regex') return regexFinder(text, offset, open);
    const data = dataLanguages.get(language);
    if (data === undefined) return undefined;
    const tree = data.read(text);
    const [gap] = tree.errors;
    if (gap !== undefined) this.gaps.set(language, gap.message);
    return dataFinder(tree, offset, { readPattern: data.readPattern, isDeep: options.implicitDeepExprstmt !== false }, open);
  }
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
