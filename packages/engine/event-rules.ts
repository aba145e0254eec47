import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compileSigma } from '#analyze/sigma/compile.ts';
import type { CompiledRule } from '#analyze/sigma/compile.ts';
import type { CompiledCorrelation } from '#analyze/sigma/correlation.ts';
import { FieldTable } from '#analyze/sigma/record-view.ts';
import { parseSigma } from '#formats/sigma.ts';
import type { SigmaCorrelationRule, SigmaFilter, SigmaRule } from '#formats/sigma.ts';
import type { EventBundle } from '#model/content.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { EngineError } from './errors.ts';
import { namesFor, noSettings } from './event-rule-settings.ts';
import type { EventRuleSettings } from './event-rule-settings.ts';

export interface EventRules {
  readonly rules: readonly CompiledRule[];
  readonly correlations: readonly CompiledCorrelation[];
  /** Filters that change at least one rule. */
  readonly filters: number;
  /** Rules and documents that could not be loaded. */
  readonly skipped: number;
  readonly diagnostics: readonly Diagnostic[];
}

const largestFile = 1024 * 1024;
const mostFiles = 100_000;

/** Compiles the bundled rules and those of the user's files and folders, with the filters on them. A broken rule is named and skipped. */
export function loadEventRules(bundled: EventBundle['sigma'], paths: readonly string[], settings: EventRuleSettings = noSettings): EventRules {
  const loader = new Loader(settings);
  // A file of ours holds one rule, or a correlation with the rules that stand behind it.
  for (const { id, yaml } of bundled) loader.add(yaml, { path: `content/rules/${id}.yaml`, idOf: (_, position, behind) => (behind ? `${id}/${position + 1}` : id) });
  for (const path of paths) {
    for (const file of ruleFilesAt(path, loader)) loader.addFile(file);
  }
  const filters = loader.compile();
  const correlations = loader.resolve();
  return { rules: [...loader.compiled.values()], correlations, filters, skipped: loader.skipped, diagnostics: loader.diagnostics };
}

interface Origin {
  readonly path: string;
  /** `behind`: a correlation of the same file may count its signals. */
  idOf(rule: Pick<SigmaRule, 'id'>, position: number, behind: boolean): string;
}

interface Waiting<T> {
  readonly id: string;
  readonly path: string;
  readonly rule: T;
}

class Loader {
  readonly compiled = new Map<string, CompiledRule>();
  readonly diagnostics: Diagnostic[] = [];
  skipped = 0;
  private readonly rules = new Map<string, Waiting<SigmaRule>>();
  private readonly correlations: Waiting<SigmaCorrelationRule>[] = [];
  private readonly filters: { readonly path: string; readonly filter: SigmaFilter; used: boolean }[] = [];
  /** Ids of signals by what correlations and filters may call a rule. */
  private readonly names = new Map<string, string>();
  private readonly fields = new FieldTable();
  private readonly settings: EventRuleSettings;

  constructor(settings: EventRuleSettings) {
    this.settings = settings;
  }

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

  add(text: string, { path, idOf }: Origin): void {
    const { rules, correlations, filters, issues } = parseSigma(text);
    for (const issue of issues) this.skip(path, `${issue.code}: ${issue.message}`, issue.line);
    for (const filter of filters) this.filters.push({ path, filter, used: false });
    for (const [position, rule] of correlations.entries()) {
      const id = idOf(rule, rules.length + position, false);
      this.correlations.push({ id, path, rule });
      this.name(rule, id);
    }
    for (const [position, rule] of rules.entries()) {
      const id = idOf(rule, position, correlations.length > 0);
      this.name(rule, id);
      if (this.rules.has(id)) this.skip(path, `the id ${id} is taken by another rule`, rule.line, id);
      else this.rules.set(id, { id, path, rule });
    }
  }

  /** Gives the number of filters in use. */
  compile(): number {
    for (const { id, path, rule } of this.rules.values()) {
      const filters = this.filtersOn(id, rule);
      const names = namesFor(rule.logsource, this.settings);
      const missing = new Set<string>();
      const result = compileSigma(id, rule, { fields: this.fields, names, placeholders: { get: (name) => this.valuesOf(name, missing) } }, filters);
      if ('issue' in result) this.skip(path, `${result.issue.code}: ${result.issue.message}`, result.issue.line, id);
      else this.compiled.set(id, result.compiled);
      for (const name of missing) {
        this.diagnostics.push({ code: 'rule-incomplete', message: `the placeholder %${name}% has no values; give it some in the settings of event rules`, path, line: rule.line, rule: id });
      }
    }
    for (const { path, filter, used } of this.filters) if (!used) this.skip(path, `unknown-selection: the filter "${filter.title}" fits no rule`, filter.line);
    return this.filters.filter(({ used }) => used).length;
  }

  /** A rule that waits for values is loaded with an empty list. */
  private valuesOf(name: string, missing: Set<string>): readonly string[] {
    const values = this.settings.placeholders.get(name);
    if (values === undefined) missing.add(name);
    return values ?? [];
  }

  /** Every field of the filter's logsource must be that of the rule. */
  private filtersOn(id: string, { logsource }: SigmaRule): readonly SigmaFilter[] {
    return this.filters.flatMap((entry) => {
      const { filter } = entry;
      const named = filter.rules === undefined || filter.rules.some((name) => this.names.get(name) === id);
      if (!named || !(['product', 'service', 'category'] as const).every((key) => filter.logsource[key] === undefined || filter.logsource[key] === logsource[key])) return [];
      entry.used = true;
      return [filter];
    });
  }

  /** Correlations whose rules are all there. One that stands behind itself would never end. */
  resolve(): CompiledCorrelation[] {
    const resolved = new Map<string, CompiledCorrelation>();
    for (let left = this.correlations as readonly Waiting<SigmaCorrelationRule>[], before = -1; left.length !== before; ) {
      before = left.length;
      left = left.filter(({ id, rule }) => {
        const rules = rule.correlation.rules.map((name) => this.names.get(name) ?? '');
        if (resolved.has(id) || this.compiled.has(id) || !rules.every((known) => this.compiled.has(known) || resolved.has(known))) return true;
        resolved.set(id, { ...rule, id, rules, names: rules.map((known) => this.namesOf(known)) });
        return false;
      });
      if (left.length === before) for (const { id, path, rule } of left) this.skip(path, 'unknown-selection: the correlation names a rule that is not there, or itself', rule.line, id);
    }
    return [...resolved.values()];
  }

  private namesOf(id: string): ReadonlyMap<string, string> {
    const rule = this.rules.get(id)?.rule;
    return rule === undefined ? new Map() : namesFor(rule.logsource, this.settings);
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
