import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isAbout, judgeLines, type LineVerdict, readAnnotations } from '#analyze/patterns/annotations.ts';
import { isPatternRuleFile, loadPatternRules } from '#analyze/patterns/load.ts';
import { needsOf } from '#analyze/patterns/needs.ts';
import type { PatternRule } from '#analyze/patterns/rule.ts';
import { isOfLanguage, languageOf } from '#engine/code/pattern-languages.ts';
import { PatternTarget, runsLanguage } from '#engine/code/pattern-run.ts';
import { pathTraits } from '#normalize/path-traits.ts';
import { lineStarts, placeOf } from '#normalize/syntax/tree.ts';

/** Rules of one file and the files that show what they find. */
export interface RuleFile {
  readonly path: string;
  readonly rules: readonly PatternRule[];
  readonly targets: readonly string[];
}

/** All files of rules under a folder, with the targets beside them: the same name up to the first dot of the rest. */
export function ruleFilesUnder(folder: string): { readonly files: readonly RuleFile[]; readonly problems: readonly string[] } {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !name.split('/').some((part) => part.startsWith('.'))).sort();
  const files: RuleFile[] = [];
  const problems: string[] = [];
  const byStem = new Map<string, string[]>();
  for (const name of names) {
    const stem = stemOf(name);
    byStem.set(stem, [...(byStem.get(stem) ?? []), name]);
  }
  for (const name of names.filter((one) => /\.ya?ml$/.test(one) && !/\.(?:test|fixed)\.ya?ml$/.test(one))) {
    const text = readFileSync(join(folder, name), 'utf8');
    if (!isPatternRuleFile(text)) continue;
    const loaded = loadPatternRules(text);
    problems.push(...loaded.problems.map(({ rule, line, message }) => `${name}:${line}: ${rule ?? ''} ${message}`));
    const targets = (byStem.get(stemOf(name)) ?? []).filter((one) => one !== name && !/\.fixed\.[^/]+$/.test(one));
    files.push({ path: join(folder, name), rules: loaded.rules, targets: targets.map((one) => join(folder, one)) });
  }
  return { files, problems };
}

function stemOf(name: string): string {
  const base = name.lastIndexOf('/') + 1;
  const dot = name.indexOf('.', base);
  return dot === -1 ? name : name.slice(0, dot);
}

export interface LanguageTally {
  lines: number;
  right: number;
  rules: number;
  run: number;
  degraded: number;
  milliseconds: number;
}

export interface Mistake extends LineVerdict {
  readonly language: string;
  readonly rule: string;
  readonly target: string;
  readonly text: string;
  readonly problem?: string;
}

/** Lines right by language; what a rule of several languages does counts for the language of its target. */
export function judgeRuleFiles(folder: string, files: readonly RuleFile[]): Judging {
  const judging = new Judging(folder);
  for (const { rules, targets } of files) {
    for (const rule of rules) judging.count(rule);
    for (const path of targets) judging.target(path, rules);
  }
  return judging;
}

class Judging {
  readonly tallies = new Map<string, LanguageTally>();
  readonly mistakes: Mistake[] = [];
  /** Rules and files where there are matches that a scan would not look for, because a word is missing. */
  readonly lost: string[] = [];
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  count(rule: PatternRule): void {
    for (const language of new Set(rule.languages.map(languageOf))) {
      const tally = this.tally(language);
      tally.rules++;
      if (runsLanguage(language)) tally.run++;
    }
  }

  target(path: string, rules: readonly PatternRule[]): void {
    const text = readFileSync(path, 'utf8');
    const annotations = readAnnotations(text);
    const target = new PatternTarget(text);
    const starts = lineStarts(text);
    for (const rule of rules.filter(({ id }) => annotations.some((annotation) => isAbout(annotation, id)))) {
      const language = languageFor(rule, path);
      const tally = this.tally(language);
      const began = performance.now();
      const { matches, problem } = target.run(rule, language);
      tally.milliseconds += performance.now() - began;
      if (problem !== undefined) tally.degraded++;
      const lower = text.toLowerCase();
      if (matches.length > 0 && !needsOf(rule).every((words) => words.some((word) => lower.includes(word)))) this.lost.push(`${rule.id} on ${relative(this.folder, path)}`);
      const verdicts = judgeLines(annotations, rule.id, new Set(matches.map(({ start }) => placeOf(starts, start).line)));
      const about = { language, rule: rule.id, target: relative(this.folder, path), ...(problem === undefined ? {} : { problem }) };
      for (const verdict of verdicts) this.add(tally, { ...verdict, ...about, text: text.slice(starts[verdict.line - 1], starts[verdict.line]).trim() });
    }
  }

  private add(tally: LanguageTally, mistake: Mistake): void {
    if (mistake.wrong !== 'unexpected') tally.lines++;
    if (mistake.wrong === undefined) tally.right++;
    else this.mistakes.push(mistake);
  }

  private tally(language: string): LanguageTally {
    const tally = this.tallies.get(language) ?? { lines: 0, right: 0, rules: 0, run: 0, degraded: 0, milliseconds: 0 };
    this.tallies.set(language, tally);
    return tally;
  }
}

/** The first of a rule's languages that a file is of; for a file of none, the first. */
function languageFor(rule: PatternRule, path: string): string {
  const traits = pathTraits(path);
  const languages = rule.languages.map(languageOf);
  return languages.find((language) => language !== 'generic' && language !== 'regex' && isOfLanguage(language, path, traits)) ?? languages.find((language) => isOfLanguage(language, path, traits)) ?? languages[0] ?? 'generic';
}
