/**
 * Sigma rules (https://github.com/SigmaHQ/sigma-specification, version 2.1.0): text to typed rules. Every mistake is named
 * with a code and, where it can be known, a line; a rule with a mistake is never used in part.
 */
import type { Severity } from '#model/severity.ts';
import { severities } from '#model/severity.ts';
import { parseCorrelation } from './sigma-correlation.ts';
import type { SigmaCorrelation } from './sigma-correlation.ts';
import { parseSelection } from './sigma-detection.ts';
import type { SigmaSelection } from './sigma-detection.ts';
import { YamlError } from './yaml.ts';
import { parseYamlDocuments } from './yaml-documents.ts';
import type { YamlDocument } from './yaml-documents.ts';

export type { SigmaItem, SigmaModifier, SigmaSelection, SigmaValue } from './sigma-detection.ts';

/** Why a rule cannot be used. Closed; `modifier-*`, `regex-*` and `condition-*` come from compiling. */
export type SigmaIssueCode =
  | 'not-yaml' | 'not-a-mapping' | 'too-large' | 'missing-key' | 'bad-type' | 'bad-value' | 'empty-selection'
  | 'unknown-modifier' | 'unsupported-document' | 'unsupported-taxonomy' | 'too-deep'
  | 'condition-syntax' | 'condition-unsupported' | 'unknown-selection'
  | 'modifier-conflict' | 'modifier-value' | 'regex-invalid' | 'regex-unsafe' | 'unresolved-placeholder';

export interface SigmaIssue {
  readonly code: SigmaIssueCode;
  readonly message: string;
  readonly line?: number;
}

export interface SigmaRule {
  /** The rule's own `id`, usually a UUID. */
  readonly id?: string;
  /** How correlations may name it. */
  readonly name?: string;
  readonly title: string;
  readonly description: string;
  readonly status?: string;
  readonly author?: string;
  readonly references: readonly string[];
  readonly tags: readonly string[];
  readonly falsePositives: readonly string[];
  readonly level: Severity;
  readonly logsource: SigmaLogsource;
  readonly selections: ReadonlyMap<string, SigmaSelection>;
  /** More than one is a logical OR. */
  readonly conditions: readonly string[];
  /** Line of `detection`. */
  readonly line: number;
}

export interface SigmaLogsource {
  readonly product?: string;
  readonly service?: string;
  readonly category?: string;
}

export interface SigmaCorrelationRule extends Pick<SigmaRule, 'id' | 'name' | 'title' | 'level' | 'tags' | 'references' | 'falsePositives' | 'line'> {
  readonly correlation: SigmaCorrelation;
}

export interface SigmaFile {
  readonly rules: readonly SigmaRule[];
  readonly correlations: readonly SigmaCorrelationRule[];
  readonly issues: readonly SigmaIssue[];
}

const maximumCharacters = 1024 * 1024;

/** Reads every document of a Sigma file. */
export function parseSigma(text: string): SigmaFile {
  if (text.length > maximumCharacters) {
    return { rules: [], correlations: [], issues: [{ code: 'too-large', message: `longer than ${maximumCharacters} characters` }] };
  }
  let documents: YamlDocument[];
  try {
    documents = parseYamlDocuments(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const line = error.line === undefined ? {} : { line: error.line };
    return { rules: [], correlations: [], issues: [{ code: 'not-yaml', message: `not YAML: ${error.message}`, ...line }] };
  }
  const rules: SigmaRule[] = [];
  const correlations: SigmaCorrelationRule[] = [];
  const issues: SigmaIssue[] = [];
  for (const document of documents) {
    if (document.value === null) continue;
    const reader = new SigmaReader(document);
    if (document.value instanceof Map && document.value.has('correlation')) {
      const found = readCorrelation(reader, document.value);
      if (found !== undefined && reader.issues.length === 0) correlations.push(found);
      issues.push(...reader.issues);
      continue;
    }
    const rule = readRule(reader);
    if (rule !== undefined && reader.issues.length === 0) rules.push(rule);
    issues.push(...reader.issues);
  }
  if (documents.every((document) => document.value === null)) issues.push({ code: 'not-a-mapping', message: 'the file is empty' });
  return { rules, correlations, issues };
}

/** Documents of the specification that are no detection rule, by the key that marks them. */
const otherDocuments = new Map([
  ['filter', 'a filter; filters are not applied'],
  ['action', 'a rule collection of Sigma 1 (`action`), which Sigma 2 removed'],
]);

function readCorrelation(reader: SigmaReader, top: Map<unknown, unknown>): SigmaCorrelationRule | undefined {
  const correlation = parseCorrelation(top, (code, message, path) => reader.report(code, message, path));
  if (correlation === undefined) return undefined;
  return {
    ...optional('id', reader.optionalText(top, 'id')), ...optional('name', reader.optionalText(top, 'name')), title: reader.text(top, 'title'),
    level: readLevel(reader, top), tags: reader.texts(top, 'tags'), references: reader.texts(top, 'references'),
    falsePositives: reader.texts(top, 'falsepositives'), line: reader.document.lineOf(['correlation']), correlation,
  };
}

function readRule(reader: SigmaReader): SigmaRule | undefined {
  const top = reader.document.value;
  if (!(top instanceof Map)) {
    reader.report('not-a-mapping', 'a Sigma rule must be a mapping', []);
    return undefined;
  }
  for (const [key, what] of otherDocuments) {
    if (!top.has(key)) continue;
    reader.report('unsupported-document', `this document is ${what}`, [key]);
    return undefined;
  }
  const taxonomy = reader.optionalText(top, 'taxonomy');
  if (taxonomy !== undefined && taxonomy !== 'sigma') {
    reader.report('unsupported-taxonomy', `taxonomy "${taxonomy}" is not known; only "sigma" is`, ['taxonomy']);
  }
  const detection = reader.mapping(top, 'detection');
  return {
    ...optional('id', reader.optionalText(top, 'id')),
    ...optional('name', reader.optionalText(top, 'name')),
    ...optional('status', reader.optionalText(top, 'status')),
    ...optional('author', reader.optionalText(top, 'author')),
    title: reader.text(top, 'title'),
    description: reader.optionalText(top, 'description') ?? '',
    references: reader.texts(top, 'references'),
    tags: reader.texts(top, 'tags'),
    falsePositives: reader.texts(top, 'falsepositives'),
    level: readLevel(reader, top),
    logsource: readLogsource(reader, top),
    selections: readSelections(reader, detection),
    conditions: readConditions(reader, detection),
    line: reader.document.lineOf(['detection']),
  };
}

/** `level` is optional; a rule without one weighs medium. */
function readLevel(reader: SigmaReader, top: Map<unknown, unknown>): Severity {
  const level = reader.optionalText(top, 'level');
  const known = severities.find((name) => name === level?.toLowerCase());
  if (level !== undefined && known === undefined) {
    reader.report('bad-value', `\`level\` must be one of ${severities.join(', ')}`, ['level']);
  }
  return known ?? 'medium';
}

function readLogsource(reader: SigmaReader, top: Map<unknown, unknown>): SigmaLogsource {
  const logsource = reader.mapping(top, 'logsource');
  const read = (key: string): string | undefined => reader.optionalText(logsource, key, ['logsource'])?.toLowerCase();
  return {
    ...optional('product', read('product')), ...optional('service', read('service')), ...optional('category', read('category')),
  };
}

function readSelections(reader: SigmaReader, detection: Map<unknown, unknown>): Map<string, SigmaSelection> {
  const selections = new Map<string, SigmaSelection>();
  for (const [key, value] of detection) {
    const name = String(key);
    // `timeframe` belongs to the aggregations of Sigma 1; alone it changes nothing.
    if (name === 'condition' || name === 'timeframe') continue;
    const selection = parseSelection(value, (code, message, path) => reader.report(code, message, ['detection', name, ...path]));
    if (selection !== undefined) selections.set(name, selection);
  }
  return selections;
}

function readConditions(reader: SigmaReader, detection: Map<unknown, unknown>): string[] {
  const condition = detection.get('condition');
  const list: unknown[] = Array.isArray(condition) ? condition : [condition];
  if (condition === undefined) {
    reader.report('missing-key', '`detection.condition` is missing', ['detection']);
    return [];
  }
  if (list.length > 0 && list.every((item) => typeof item === 'string')) return list;
  reader.report('bad-type', '`detection.condition` must be text or a list of texts', ['detection', 'condition']);
  return [];
}

/** Typed access to one document; collects the mistakes it meets with their lines. */
class SigmaReader {
  readonly issues: SigmaIssue[] = [];
  readonly document: YamlDocument;

  constructor(document: YamlDocument) {
    this.document = document;
  }

  report(code: SigmaIssueCode, message: string, path: readonly (string | number)[]): void {
    this.issues.push({ code, message, line: this.document.lineOf(path) });
  }

  mapping(from: Map<unknown, unknown>, key: string): Map<unknown, unknown> {
    const value = from.get(key);
    if (value instanceof Map) return value;
    if (value === undefined) this.report('missing-key', `\`${key}\` is missing`, []);
    else this.report('bad-type', `\`${key}\` must be a mapping`, [key]);
    return new Map();
  }

  text(from: Map<unknown, unknown>, key: string): string {
    const value = this.optionalText(from, key);
    if (value === undefined) this.report('missing-key', `\`${key}\` is missing or empty`, []);
    return value ?? '';
  }

  optionalText(from: Map<unknown, unknown>, key: string, parents: readonly string[] = []): string | undefined {
    const value = from.get(key);
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
    this.report('bad-type', `\`${key}\` must be text`, [...parents, key]);
    return undefined;
  }

  /** A list of texts; a single text counts as a list of one, as many published rules have it. */
  texts(from: Map<unknown, unknown>, key: string): string[] {
    const value = from.get(key) ?? [];
    const list: unknown[] = Array.isArray(value) ? value : [value];
    const isScalar = (item: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof item);
    if (list.every(isScalar)) return list.map(String);
    this.report('bad-type', `\`${key}\` must be a list of texts`, [key]);
    return [];
  }
}

function optional<K extends string, V>(key: K, value: V | undefined): { [name in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [name in K]: V });
}
