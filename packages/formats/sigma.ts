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

/** What is looked for. */
export interface SigmaDetection {
  readonly selections: ReadonlyMap<string, SigmaSelection>;
  /** More than one is a logical OR. */
  readonly conditions: readonly string[];
}

export interface SigmaRule extends SigmaDetection {
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
  /** Line of `detection`. */
  readonly line: number;
}

export interface SigmaLogsource {
  readonly product?: string;
  readonly service?: string;
  readonly category?: string;
}

export interface SigmaCorrelationRule extends Pick<SigmaRule, 'id' | 'name' | 'title' | 'description' | 'level' | 'tags' | 'references' | 'falsePositives' | 'line'> {
  readonly correlation: SigmaCorrelation;
}

/**
 * Sigma filters specification 2.1.0: something that the rules it names must fulfil besides their own condition. What shall be left out is
 * written as `not selection`, as pySigma and others read it.
 */
export interface SigmaFilter extends SigmaDetection, Pick<SigmaRule, 'id' | 'title' | 'logsource' | 'line'> {
  /** Ids or names of rules; undefined: every rule of the logsource. */
  readonly rules: readonly string[] | undefined;
}

export interface SigmaFile {
  readonly rules: readonly SigmaRule[];
  readonly correlations: readonly SigmaCorrelationRule[];
  readonly filters: readonly SigmaFilter[];
  readonly issues: readonly SigmaIssue[];
}

const maximumCharacters = 1024 * 1024;

/** Reads every document of a Sigma file. */
export function parseSigma(text: string): SigmaFile {
  const rules: SigmaRule[] = [];
  const correlations: SigmaCorrelationRule[] = [];
  const filters: SigmaFilter[] = [];
  const issues: SigmaIssue[] = [];
  const file = { rules, correlations, filters, issues };
  if (text.length > maximumCharacters) {
    issues.push({ code: 'too-large', message: `longer than ${maximumCharacters} characters` });
    return file;
  }
  let documents: YamlDocument[];
  try {
    documents = parseYamlDocuments(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    issues.push({ code: 'not-yaml', message: `not YAML: ${error.message}`, ...(error.line === undefined ? {} : { line: error.line }) });
    return file;
  }
  for (const document of documents) {
    if (document.value === null) continue;
    const reader = new SigmaReader(document);
    const has = (key: string): boolean => document.value instanceof Map && document.value.has(key);
    if (has('correlation')) add(correlations, reader, readCorrelation);
    else if (has('filter')) add(filters, reader, readFilter);
    else add(rules, reader, readRule);
    issues.push(...reader.issues);
  }
  if (documents.every((document) => document.value === null)) issues.push({ code: 'not-a-mapping', message: 'the file is empty' });
  return file;
}

/** A document with a mistake is never used in part. */
function add<T>(list: T[], reader: SigmaReader, read: (reader: SigmaReader, top: Map<unknown, unknown>) => T | undefined): void {
  const top = reader.document.value;
  if (!(top instanceof Map)) return reader.report('not-a-mapping', 'a Sigma rule must be a mapping', []);
  const found = read(reader, top);
  if (found !== undefined && reader.issues.length === 0) list.push(found);
}

/** Documents of the specification that are no detection rule, by the key that marks them. */
const otherDocuments = new Map([
  ['action', 'a rule collection of Sigma 1 (`action`), which Sigma 2 removed'],
]);

function readCorrelation(reader: SigmaReader, top: Map<unknown, unknown>): SigmaCorrelationRule | undefined {
  const correlation = parseCorrelation(top, (code, message, path) => reader.report(code, message, path));
  if (correlation === undefined) return undefined;
  return {
    ...optional('id', reader.optionalText(top, 'id')), ...optional('name', reader.optionalText(top, 'name')), title: reader.text(top, 'title'),
    level: readLevel(reader, top), description: reader.optionalText(top, 'description') ?? '', tags: reader.texts(top, 'tags'), references: reader.texts(top, 'references'),
    falsePositives: reader.texts(top, 'falsepositives'), line: reader.document.lineOf(['correlation']), correlation,
  };
}

/** `rules: any` stands for every rule of the logsource. */
function readFilter(reader: SigmaReader, top: Map<unknown, unknown>): SigmaFilter {
  const section = reader.mapping(top, 'filter');
  const named: unknown = section.get('rules');
  const rules = reader.texts(section, 'rules', ['filter']);
  if (rules.length === 0) reader.report('missing-key', '`filter.rules` must name rules, or be `any`', ['filter']);
  const detection = new Map([...section].filter(([key]) => key !== 'rules'));
  return {
    ...optional('id', reader.optionalText(top, 'id')), title: reader.text(top, 'title'), logsource: readLogsource(reader, top),
    rules: typeof named === 'string' && named.toLowerCase() === 'any' ? undefined : rules,
    selections: readSelections(reader, detection, 'filter'), conditions: readConditions(reader, detection, 'filter'), line: reader.document.lineOf(['filter']),
  };
}

function readRule(reader: SigmaReader, top: Map<unknown, unknown>): SigmaRule | undefined {
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

function readSelections(reader: SigmaReader, detection: Map<unknown, unknown>, section = 'detection'): Map<string, SigmaSelection> {
  const selections = new Map<string, SigmaSelection>();
  for (const [key, value] of detection) {
    const name = String(key);
    // `timeframe` belongs to the aggregations of Sigma 1; alone it changes nothing.
    if (name === 'condition' || name === 'timeframe') continue;
    const selection = parseSelection(value, (code, message, path) => reader.report(code, message, [section, name, ...path]));
    if (selection !== undefined) selections.set(name, selection);
  }
  return selections;
}

function readConditions(reader: SigmaReader, detection: Map<unknown, unknown>, section = 'detection'): string[] {
  const condition = detection.get('condition');
  const list: unknown[] = Array.isArray(condition) ? condition : [condition];
  if (condition === undefined) {
    reader.report('missing-key', `\`${section}.condition\` is missing`, [section]);
    return [];
  }
  if (list.length > 0 && list.every((item) => typeof item === 'string')) return list;
  reader.report('bad-type', `\`${section}.condition\` must be text or a list of texts`, [section, 'condition']);
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
  texts(from: Map<unknown, unknown>, key: string, parents: readonly string[] = []): string[] {
    const value = from.get(key) ?? [];
    const list: unknown[] = Array.isArray(value) ? value : [value];
    const isScalar = (item: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof item);
    if (list.every(isScalar)) return list.map(String);
    this.report('bad-type', `\`${key}\` must be a list of texts`, [...parents, key]);
    return [];
  }
}

function optional<K extends string, V>(key: K, value: V | undefined): { [name in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [name in K]: V });
}
