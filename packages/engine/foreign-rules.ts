import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseGitleaks } from '#formats/gitleaks.ts';
import { parseTextRule } from '#formats/text-rule.ts';
import { isPatternRuleFile, loadPatternRules } from '#analyze/patterns/load.ts';
import type { PatternRule } from '#analyze/patterns/rule.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { TextRule } from '#model/rule.ts';
import { runsLanguage } from './code/pattern-run.ts';
import { patternUnit, type PatternUnit, unitName } from './code/pattern-units.ts';
import { loadContent } from './content.ts';
import { readRegular } from '#sources/read-file.ts';
import { EngineError } from './errors.ts';

export interface ForeignRules {
  readonly rules: readonly TextRule[];
  /** Rules in Semgrep's syntax. */
  readonly patterns: readonly PatternUnit[];
  readonly skipped: number;
  readonly diagnostics: readonly Diagnostic[];
}

const largest = 4 * 1024 * 1024;
const mostPatterns = 20_000;
const mostFiles = 20_000;

/**
 * Rules the user brings: gitleaks TOML, YAML of our own form, or YAML in Semgrep's syntax; what a file holds tells them apart. A broken rule is
 * named and skipped; a missing file ends the run.
 */
export function loadRuleFiles(paths: readonly string[]): ForeignRules {
  const loading = new Loading();
  for (const path of paths) for (const file of ruleFilesAt(path)) loading.file(file.path, file.named);
  return loading.finish();
}

class Loading {
  private readonly rules = new Map<string, TextRule>();
  private readonly patterns = new Map<string, PatternUnit>();
  private readonly diagnostics: Diagnostic[] = [];
  private skipped = 0;

  /** `named`: the user gave this file, and not a folder that it lies in. */
  file(path: string, named: boolean): void {
    const text = readRuleFile(path);
    if (path.endsWith('.toml')) this.gitleaksFile(path, named, text);
    else if (isPatternRuleFile(text)) this.patternFile(path, text);
    else if (named || /^(?:title|match)\s*:/m.test(text)) this.ownFile(path, text);
    else this.noRules(path, 'neither a list under `rules` nor a `match`');
  }

  private noRules(path: string, why: string): void {
    this.diagnostics.push({ code: 'config-ignored', path, message: `it holds no rules: ${why}` });
  }

  /** In a folder lie other files too, which end no run. */
  private gitleaksFile(path: string, named: boolean, text: string): void {
    if (!named && !/^\s*\[\[?\s*(?:rules|allowlists?|extend)\b/m.test(text)) return this.noRules(path, 'no `[[rules]]`');
    try {
      for (const rule of readGitleaks(path, text, this.diagnostics, this.skip)) this.rules.set(rule.id, rule);
    } catch (error) {
      if (named || !(error instanceof EngineError)) throw error;
      this.skip(path, error.message);
    }
  }

  finish(): ForeignRules {
    const rules = [...this.rules.values()].map((rule) => withOwnId(rule, this.diagnostics));
    return { rules, patterns: [...this.patterns.values()], skipped: this.skipped, diagnostics: this.diagnostics };
  }

  private readonly skip = (path: string, message: string, rule?: string): void => {
    this.skipped++;
    this.diagnostics.push({ code: 'rule-invalid', path, message, ...(rule === undefined ? {} : { rule }) });
  };

  private ownFile(path: string, text: string): void {
    const id = `secrets/${basename(path).replace(/\.ya?ml$/, '')}`;
    const result = parseTextRule(id, text);
    if ('rule' in result) this.rules.set(id, { ...result.rule, match: { ...result.rule.match, foreign: true } });
    else this.skip(path, `rule skipped: ${result.errors.join('; ')}`, id);
  }

  private patternFile(path: string, text: string): void {
    const { rules, problems, notes } = loadPatternRules(text);
    for (const { rule, line, message } of problems) this.skip(path, `line ${line}: ${nameOf(rule)} skipped: ${message}`, rule);
    for (const { rule, line, message } of notes) this.diagnostics.push({ code: 'config-ignored', path, line, message, ...(rule === undefined ? {} : { rule }) });
    for (const rule of rules) this.patternRule(path, rule);
  }

  private patternRule(path: string, rule: PatternRule): void {
    const unknown = rule.languages.filter((language) => !runsLanguage(language));
    const why = rule.body.mode === 'unsupported' ? rule.body.why : unknown.length === rule.languages.length ? `${unknown.join(', ') || 'no language'}: rules for it are not run here` : undefined;
    if (why !== undefined) return this.skip(path, `rule ${rule.id} skipped: ${why}`, rule.id);
    if (unknown.length > 0) this.diagnostics.push({ code: 'config-ignored', path, rule: rule.id, message: `rule ${rule.id} runs, but not on ${unknown.join(', ')}: rules for it are not run here` });
    if (this.patterns.size >= mostPatterns) return this.skip(path, `rule ${rule.id} skipped: more than ${mostPatterns} rules`, rule.id);
    const name = unitName(rule.id);
    let own = name;
    for (let twin = 2; this.patterns.has(own); twin++) own = `${name}-${twin}`;
    if (own !== name) this.diagnostics.push({ code: 'config-ignored', path, rule: rule.id, message: `another rule has the id ${rule.id} too; this one runs beside it as ${own}` });
    this.patterns.set(own, patternUnit(rule, own, path));
  }
}

/** A rule that a user brings never takes the place of a built-in one. */
function withOwnId(rule: TextRule, diagnostics: Diagnostic[]): TextRule {
  if (!loadContent().rules.some((bundled) => bundled.id === rule.id)) return rule;
  const id = `${rule.id}-own`;
  diagnostics.push({ code: 'config-ignored', rule: id, message: `the id ${rule.id} belongs to a built-in rule; yours runs beside it as ${id}` });
  return { ...rule, id };
}

function nameOf(rule: string | undefined): string {
  return rule === undefined || rule === '' ? 'a rule' : `rule ${rule}`;
}

function readGitleaks(path: string, text: string, diagnostics: Diagnostic[], skip: (path: string, message: string, rule?: string) => void): readonly TextRule[] {
  try {
    const config = parseGitleaks(text);
    for (const { rule, message } of config.problems) skip(path, `${nameOf(rule)} skipped: ${message}`, rule);
    for (const message of config.notes) diagnostics.push({ code: 'config-ignored', path, message });
    return config.rules;
  } catch (cause) {
    throw new EngineError('rule-file-invalid', `${path} is no gitleaks configuration: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

interface RuleFile {
  readonly path: string;
  readonly named: boolean;
}

/** A file, or the rules in a folder and the folders in it; test files beside them are none. */
function ruleFilesAt(path: string): RuleFile[] {
  try {
    if (!statSync(path).isDirectory()) return [{ path, named: true }];
    const names = patternFilesUnder(path);
    if (names.length === 0) throw new EngineError('rule-file-invalid', `the folder ${path} holds no rules (*.yaml or *.toml); check the path given to --rules`);
    if (names.length > mostFiles) throw new EngineError('rule-file-invalid', `the folder ${path} holds more than ${mostFiles} files; give --rules the folders that hold rules`);
    return names.map((name) => ({ path: join(path, name), named: false }));
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw new EngineError('rule-file-invalid', `the rule file ${path} cannot be read; check the path given to --rules`, { cause });
  }
}

/** Names of files that may hold rules, in the folder and below, in order. */
export function patternFilesUnder(folder: string): string[] {
  const isHidden = (name: string): boolean => name.split(/[\\/]/).some((part) => part.startsWith('.') || part === 'node_modules');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ya?ml|toml)$/.test(name) && !/\.(?:cases|test|fixed)\.ya?ml$/.test(name) && !isHidden(name))
    .sort();
}

function readRuleFile(path: string): string {
  try {
    const bytes = readRegular(path, { limit: largest });
    if (bytes === undefined) throw new Error('there is no such file');
    return bytes.toString('utf8');
  } catch (cause) {
    throw new EngineError('rule-file-invalid', `the rule file ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
