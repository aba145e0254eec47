import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { patternsOfForms } from '#analyze/patterns/own-forms.ts';
import { parseLanguageInputs, withInputs } from '#formats/code-form.ts';
import { parseCodeRule } from '#formats/code-rule.ts';
import { parseLibrary } from '#formats/library.ts';
import { parseModelCard } from '#formats/model-card.ts';
import { parseTextRule } from '#formats/text-rule.ts';
import { parseYaml } from '#formats/yaml.ts';
import type { CodeRule, LanguageInputs } from '#model/code-rule.ts';
import type { CodeBundle, ContentBundle, EventBundle, ModelFile } from '#model/content.ts';
import type { LibraryKnowledge } from '#model/library.ts';
import type { ModelCard } from '#model/model-card.ts';
import type { TextRule } from '#model/rule.ts';

export interface CompiledContent {
  readonly bundle: ContentBundle;
  readonly events: EventBundle;
  readonly code: CodeBundle;
  readonly cards: readonly ModelCard[];
  /** Unit id to its parsed cases. */
  readonly cases: Record<string, unknown>;
  readonly errors: readonly string[];
}

/** Validates and compiles `content/` into one bundle; the hash covers every byte of it. */
export function compileContent(folder: string): CompiledContent {
  const hash = createHash('sha256');
  const rules: TextRule[] = [];
  const sigma: { id: string; yaml: string }[] = [];
  const models: ModelFile[] = [];
  const cards: ModelCard[] = [];
  const policies: { name: string; text: string }[] = [];
  const writtenCodeRules: CodeRule[] = [];
  const inputs: LanguageInputs[] = [];
  const libraries: LibraryKnowledge[] = [];
  const cases: [string, unknown][] = [];
  const errors: string[] = [];
  for (const path of filesBelow(folder)) {
    const name = relative(folder, path).replaceAll('\\', '/');
    const text = readFileSync(path, 'utf8');
    hash.update(`${name}\0${text.length}\0${text}`);
    const library = /^libraries\/(?<id>[a-z]+\/[a-z0-9-]+)(?<cases>\.cases)?\.yaml$/.exec(name)?.groups;
    const unit = /^rules\/(?<id>[a-z]+\/[a-z0-9-]+)(?<cases>\.cases)?\.yaml$/.exec(name)?.groups;
    try {
      if (name.startsWith('policies/') && name.endsWith('.cedar')) policies.push({ name: name.slice(9, -6), text });
      else if (/^models\/[a-z0-9-]+\.json$/.test(name)) models.push(JSON.parse(text) as ModelFile);
      else if (/^models\/[a-z0-9-]+\.yaml$/.test(name)) {
        const result = parseModelCard(name.slice(7, -5), text);
        if ('card' in result) cards.push(result.card);
        else errors.push(`${name}: ${result.error}`);
      }
      else if (/^inputs\/[a-z]+\.yaml$/.test(name)) readInputs(name, text, inputs, errors);
      else if (library?.id !== undefined && library.cases !== undefined) cases.push([`libraries/${library.id}`, parseYaml(text)]);
      else if (library?.id !== undefined) {
        const result = parseLibrary(library.id, text);
        if ('library' in result) libraries.push(result.library);
        else errors.push(...result.errors.map((error) => `${name}: ${error}`));
      }
      else if (unit?.id !== undefined && unit.cases !== undefined) cases.push([unit.id, parseYaml(text)]);
      else if (unit?.id?.startsWith('event/')) sigma.push({ id: unit.id, yaml: text });
      else if (unit?.id?.startsWith('code/')) readCodeRule(unit.id, text, writtenCodeRules, errors);
      else if (unit?.id !== undefined) {
        const result = parseTextRule(unit.id, text);
        if ('rule' in result) rules.push(result.rule);
        else errors.push(...result.errors.map((error) => `${name}: ${error}`));
      }
    } catch (error) {
      errors.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const codeRules = writtenCodeRules.flatMap((rule) => wholeRule(rule, inputs, errors));
  const identity = { hash: hash.digest('hex'), date: dateOf(folder) };
  return {
    bundle: { ...identity, rules, models, policies },
    events: { ...identity, sigma },
    code: { ...identity, rules: codeRules, libraries },
    cards,
    cases: Object.fromEntries(cases),
    errors: [...errors, ...cardless(models, cards), ...ruleless(libraries, codeRules)],
  };
}

function readInputs(name: string, text: string, into: LanguageInputs[], errors: string[]): void {
  const result = parseLanguageInputs(text);
  if ('inputs' in result) into.push(result.inputs);
  else errors.push(...result.errors.map((error) => `${name}: ${error}`));
}

function readCodeRule(id: string, text: string, into: CodeRule[], errors: string[]): void {
  const result = parseCodeRule(id, text);
  if ('rule' in result) into.push(result.rule);
  else errors.push(...result.errors.map((error) => `rules/${id}.yaml: ${error}`));
}

/** A rule about code with what its forms leave to their languages; a mistake in one of them leaves the rule out. */
function wholeRule(rule: CodeRule, inputs: readonly LanguageInputs[], errors: string[]): CodeRule[] {
  try {
    const whole = { ...rule, forms: rule.forms.map((form) => withInputs(form, inputs)) };
    patternsOfForms(whole);
    return [whole];
  } catch (error) {
    errors.push(`rules/${rule.id}.yaml: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

/** What ships with weights has a card, and both are of one version. */
function cardless(models: readonly ModelFile[], cards: readonly ModelCard[]): string[] {
  return models.flatMap(({ id, version }) => {
    const card = cards.find((one) => one.id === id);
    if (card === undefined) return [`models/${id}.json has no card: write models/${id}.yaml`];
    if (card.kind !== 'shipped') return [`models/${id}.yaml says that it ships no weights, but models/${id}.json is there`];
    return card.version === version ? [] : [`models/${id}.json has the version ${version}, its card ${card.version}`];
  });
}

/** A class that a library names is the class of a rule. */
function ruleless(libraries: readonly LibraryKnowledge[], rules: readonly CodeRule[]): string[] {
  const known = new Set(rules.map(({ id }) => id.slice('code/'.length)));
  return libraries.flatMap(({ id, language, sinks, sanitizers, guards }) => {
    const named = [...sinks.map((sink) => sink.class), ...[...sanitizers, ...guards].flatMap(({ classes }) => (classes === 'all' ? [] : 'except' in classes ? classes.except : classes))];
    return [...new Set(named)].filter((name) => !known.has(name)).map((name) => `libraries/${language}/${id}.yaml names the class ${name}, but rules/code/${name}.yaml is not there`);
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The day content was last committed; the newest file's day outside a checkout. */
function dateOf(folder: string): string {
  try {
    const date = execFileSync('git', ['log', '-1', '--format=%cs', '--', '.'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    if (/^\d{4}-\d\d-\d\d\s*$/.test(date)) return date.trim();
  } catch {
    // no git or no history: fall through to the files' own times
  }
  const newest = Math.max(0, ...filesBelow(folder).map((path) => statSync(path).mtimeMs));
  return new Date(newest).toISOString().slice(0, 10);
}
