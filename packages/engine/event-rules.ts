import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compileSigma } from '#analyze/sigma/compile.ts';
import type { CompiledRule } from '#analyze/sigma/compile.ts';
import type { CompiledCorrelation } from '#analyze/sigma/correlation.ts';
import { FieldTable } from '#analyze/sigma/record-view.ts';
import { parseSigma } from '#formats/sigma.ts';
import type { SigmaCorrelationRule, SigmaRule } from '#formats/sigma.ts';
import type { EventBundle } from '#model/content.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { EngineError } from './errors.ts';

export interface EventRules {
  readonly rules: readonly CompiledRule[];
  readonly correlations: readonly CompiledCorrelation[];
  /** Rules and documents that could not be loaded. */
  readonly skipped: number;
  readonly diagnostics: readonly Diagnostic[];
}

const largestFile = 1024 * 1024;
const mostFiles = 100_000;

/** Compiles the bundled rules and those of the user's files and folders. A broken rule is named and skipped. */
export function loadEventRules(bundled: EventBundle['sigma'], paths: readonly string[]): EventRules {
  const loader = new Loader();
  // A file of ours holds one rule, or a correlation with the rules that stand behind it.
  for (const { id, yaml } of bundled) loader.add(yaml, { path: `content/rules/${id}.yaml`, idOf: (_, position, behind) => (behind ? `${id}/${position + 1}` : id) });
  for (const path of paths) {
    for (const file of ruleFilesAt(path, loader)) loader.addFile(file);
  }
  const correlations = loader.resolve();
  return { rules: [...loader.rules.values()], correlations, skipped: loader.skipped, diagnostics: loader.diagnostics };
}

interface Origin {
  readonly path: string;
  /** `behind`: a correlation of the same file may count its signals. */
  idOf(rule: Pick<SigmaRule, 'id'>, position: number, behind: boolean): string;
}

class Loader {
  readonly rules = new Map<string, CompiledRule>();
  readonly diagnostics: Diagnostic[] = [];
  skipped = 0;
  private readonly waiting: { readonly id: string; readonly path: string; readonly rule: SigmaCorrelationRule }[] = [];
  /** Ids of signals by what correlations may call a rule. */
  private readonly names = new Map<string, string>();
  private readonly context = { fields: new FieldTable(), placeholders: new Map<string, readonly string[]>() };

  addFile(path: string): void {
    let text: string;
    try {
      if (statSync(path).size > largestFile) return this.skip(path, `larger than ${largestFile} bytes`);
      text = readFileSync(path, 'utf8');
    } catch (error) {
      return this.skip(path, error instanceof Error ? error.message : String(error));
    }
    const stem = basename(path).replace(/\.ya?ml$/, '');
    this.add(text, { path, idOf: (rule, position) => `event/${rule.id ?? (position === 0 ? stem : `${stem}-${position + 1}`)}` });
  }

  add(text: string, origin: Origin): void {
    const { rules, correlations, issues } = parseSigma(text);
    for (const issue of issues) this.skip(origin.path, `${issue.code}: ${issue.message}`, issue.line);
    for (const [position, rule] of correlations.entries()) {
      const id = origin.idOf(rule, rules.length + position, false);
      this.waiting.push({ id, path: origin.path, rule });
      this.name(rule, id);
    }
    for (const [position, rule] of rules.entries()) {
      const id = origin.idOf(rule, position, correlations.length > 0);
      this.name(rule, id);
      if (this.rules.has(id)) {
        this.skip(origin.path, `the id ${id} is taken by another rule`, rule.line, id);
        continue;
      }
      const result = compileSigma(id, rule, this.context);
      if ('compiled' in result) this.rules.set(id, result.compiled);
      else this.skip(origin.path, `${result.issue.code}: ${result.issue.message}`, result.issue.line, id);
    }
  }

  /** Correlations whose rules are all there. One that stands behind itself would never end. */
  resolve(): CompiledCorrelation[] {
    const resolved = new Map<string, CompiledCorrelation>();
    for (let left = this.waiting, before = -1; left.length !== before; ) {
      before = left.length;
      left = left.filter(({ id, rule }) => {
        const rules = rule.correlation.rules.map((name) => this.names.get(name) ?? '');
        if (resolved.has(id) || this.rules.has(id) || !rules.every((known) => this.rules.has(known) || resolved.has(known))) return true;
        resolved.set(id, { ...rule, id, rules });
        return false;
      });
      if (left.length === before) for (const { id, path, rule } of left) this.skip(path, 'unknown-selection: the correlation names a rule that is not there, or itself', rule.line, id);
    }
    return [...resolved.values()];
  }

  private name({ id, name }: Pick<SigmaRule, 'id' | 'name'>, signal: string): void {
    for (const key of [id, name, signal]) if (key !== undefined && !this.names.has(key)) this.names.set(key, signal);
  }

  skip(path: string, reason: string, line?: number, rule?: string): void {
    this.skipped++;
    const place = { path, ...(line === undefined ? {} : { line }), ...(rule === undefined ? {} : { rule }) };
    this.diagnostics.push({ code: 'rule-invalid', message: `rule skipped: ${reason}`, ...place });
  }
}

/** A file, or the YAML files below a folder, sorted; cases of our own units are no rules. */
function ruleFilesAt(path: string, loader: Loader): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const files = readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name) && !/\.cases\.ya?ml$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    if (files.length > mostFiles) loader.skip(path, `more than ${mostFiles} rule files; the rest was left out`);
    return files.slice(0, mostFiles);
  } catch (cause) {
    throw new EngineError('rule-file-invalid', `the rules at ${path} cannot be read; check the path given to --rules`, { cause });
  }
}
