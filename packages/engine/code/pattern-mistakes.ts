import { patternsIn } from '#analyze/patterns/pattern-texts.ts';
import type { PatternRule } from '#analyze/patterns/rule.ts';
import { readDockerfilePattern } from '#normalize/data/dockerfile.ts';
import { readHclPattern } from '#normalize/data/hcl.ts';
import { readJsonPattern } from '#normalize/data/json.ts';
import { readYamlPattern } from '#normalize/data/yaml.ts';
import { codeReader } from './code-readers.ts';
import { languageOf } from './pattern-languages.ts';

/** A pattern that is none of the language that the rule gives it for. */
export interface PatternMistake {
  readonly pattern: string;
  readonly message: string;
}

const dataPatterns = new Map([['yaml', readYamlPattern], ['json', readJsonPattern], ['dockerfile', readDockerfilePattern], ['hcl', readHclPattern]]);
const known = new WeakMap<PatternRule, Map<string, readonly PatternMistake[]>>();
const mostShown = 60;

/** What cannot be read of a rule's patterns in one of its languages. That language must have been loaded (`prepareReaders`). */
export function mistakesIn(rule: PatternRule, language: string): readonly PatternMistake[] {
  let byLanguage = known.get(rule);
  if (byLanguage === undefined) known.set(rule, (byLanguage = new Map()));
  let found = byLanguage.get(language);
  if (found === undefined) byLanguage.set(language, (found = find(rule, language)));
  return found;
}

function find(rule: PatternRule, language: string): PatternMistake[] {
  const seen = new Set<string>();
  return patternsIn(rule).flatMap(({ text, language: other }) => {
    const own = other === undefined ? language : languageOf(other);
    const key = `${own} ${text}`;
    if (seen.has(key) || !isMistaken(text, own)) return [];
    seen.add(key);
    return [{ pattern: text, message: `the pattern \`${shown(text)}\` cannot be read as ${own}` }];
  });
}

function isMistaken(text: string, language: string): boolean {
  const read = dataPatterns.get(language);
  return read === undefined ? codeReader(language)?.mistakeIn(text) !== undefined : read(text).errors.length > 0;
}

function shown(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > mostShown ? `${line.slice(0, mostShown)}…` : line;
}

/** The line of a file of rules on which a pattern begins; that of its rule where it is written otherwise, such as with escapes. */
export function lineOfPattern(text: string, id: string, pattern: string): number | undefined {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => /^\s*(?:-\s*)?["']?id["']?\s*:/.test(line) && line.replace(/^[^:]*:\s*/, '').replace(/\s+#.*$/, '').replace(/^(["'])(.*)\1\s*$/, '$2').trim() === id);
  if (from === -1) return undefined;
  const first = pattern.trim().split('\n')[0] as string;
  const at = lines.findIndex((line, place) => place > from && line.includes(first));
  return (at === -1 ? from : at) + 1;
}
