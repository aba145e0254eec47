import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseGitleaks } from '#formats/gitleaks.ts';
import { parseTextRule } from '#formats/text-rule.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { TextRule } from '#model/rule.ts';
import { loadContent } from './content.ts';
import { readRegular } from '#sources/read-file.ts';
import { EngineError } from './errors.ts';

export interface ForeignRules {
  readonly rules: readonly TextRule[];
  readonly skipped: number;
  readonly diagnostics: readonly Diagnostic[];
}

const largest = 4 * 1024 * 1024;

/** Rules the user brings: gitleaks TOML, or YAML of our own form. A broken rule is named and skipped; a missing file ends the run. */
export function loadRuleFiles(paths: readonly string[]): ForeignRules {
  const rules = new Map<string, TextRule>();
  const diagnostics: Diagnostic[] = [];
  let skipped = 0;
  const skip = (path: string, message: string, rule?: string): void => {
    skipped++;
    diagnostics.push({ code: 'rule-invalid', path, message, ...(rule === undefined ? {} : { rule }) });
  };
  for (const path of paths.flatMap(ruleFilesAt)) {
    const text = readRuleFile(path);
    if (path.endsWith('.toml')) {
      for (const rule of readGitleaks(path, text, diagnostics, skip)) rules.set(rule.id, rule);
      continue;
    }
    const id = `secrets/${basename(path).replace(/\.ya?ml$/, '')}`;
    const result = parseTextRule(id, text);
    if ('rule' in result) rules.set(id, { ...result.rule, match: { ...result.rule.match, foreign: true } });
    else skip(path, `rule skipped: ${result.errors.join('; ')}`, id);
  }
  return { rules: [...rules.values()].map((rule) => withOwnId(rule, diagnostics)), skipped, diagnostics };
}

/** A rule that a user brings never takes the place of a built-in one. */
function withOwnId(rule: TextRule, diagnostics: Diagnostic[]): TextRule {
  if (!loadContent().rules.some((bundled) => bundled.id === rule.id)) return rule;
  const id = `${rule.id}-own`;
  diagnostics.push({ code: 'config-ignored', rule: id, message: `the id ${rule.id} belongs to a built-in rule; yours runs beside it as ${id}` });
  return { ...rule, id };
}

function readGitleaks(path: string, text: string, diagnostics: Diagnostic[], skip: (path: string, message: string, rule?: string) => void): readonly TextRule[] {
  try {
    const config = parseGitleaks(text);
    for (const { rule, message } of config.problems) skip(path, `rule ${rule ?? ''} skipped: ${message}`, rule);
    for (const message of config.notes) diagnostics.push({ code: 'config-ignored', path, message });
    return config.rules;
  } catch (cause) {
    throw new EngineError('rule-file-invalid', `${path} is no gitleaks configuration: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function ruleFilesAt(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path).filter((name) => /\.(?:ya?ml|toml)$/.test(name) && !/\.cases\.ya?ml$/.test(name));
    if (names.length === 0) throw new EngineError('rule-file-invalid', `the folder ${path} holds no rules (*.yaml or *.toml); check the path given to --rules`);
    return names.sort().map((name) => join(path, name));
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw new EngineError('rule-file-invalid', `the rule file ${path} cannot be read; check the path given to --rules`, { cause });
  }
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
