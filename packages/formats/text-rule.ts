import type { TextMatch, TextRule } from '#model/rule.ts';
import { confidences, personas, severities, surfaces } from '#model/severity.ts';
import { entriesOf, readMapping } from './yaml.ts';

export type TextRuleResult = { readonly rule: TextRule } | { readonly errors: readonly string[] };

const topKeys = ['title', 'severity', 'confidence', 'persona', 'cwe', 'consequence', 'remediation', 'references', 'selfIssued', 'match'];
const matchKeys = [
  'keywords', 'pattern', 'flags', 'window', 'entropy', 'proof', 'digit', 'except', 'path', 'exceptPaths', 'exceptLines',
];

/** Reads one text rule. Every mistake is named; a rule with a mistake is never used in part. */
export function parseTextRule(id: string, yaml: string): TextRuleResult {
  const mapping = readMapping(yaml, 'a rule');
  if ('errors' in mapping) return mapping;
  const top = mapping.entries;
  const read = new Reader();
  read.onlyKeys(top, topKeys, '');
  const match = entriesOf(top.get('match'));
  if (match === undefined) read.errors.push('`match` must be a mapping');
  const surface = surfaces.find((name) => name === id.split('/')[0]);
  if (surface === undefined) read.errors.push(`the id "${id}" does not begin with a surface`);
  const rule: TextRule = {
    id,
    surface: surface ?? 'secrets',
    title: read.text(top, 'title'),
    severity: read.choice(top, 'severity', severities),
    confidence: read.choice(top, 'confidence', confidences),
    persona: read.choice(top, 'persona', personas, 'regular'),
    cwe: read.numbers(top, 'cwe', [798]),
    consequence: read.text(top, 'consequence'),
    remediation: read.text(top, 'remediation'),
    references: read.texts(top, 'references'),
    ...(top.get('selfIssued') === true ? { selfIssued: true } : {}),
    match: readMatch(match ?? new Map(), read),
  };
  return read.errors.length > 0 ? { errors: read.errors } : { rule };
}

function readMatch(match: Map<string, unknown>, read: Reader): TextMatch {
  read.onlyKeys(match, matchKeys, 'match.');
  const flags = match.has('flags') ? read.string(match, 'flags') : '';
  if (!/^[imsu]*$/.test(flags)) read.errors.push('`match.flags` may hold i, m, s and u only');
  const keywords = read.texts(match, 'keywords');
  if (keywords.length === 0) read.errors.push('`match.keywords` must name at least one literal');
  for (const keyword of keywords) {
    if (keyword.length < 3 || keyword !== keyword.toLowerCase()) {
      read.errors.push(`keyword "${keyword}" must be lower case and at least 3 characters`);
    }
  }
  const window = entriesOf(match.get('window')) ?? new Map<string, unknown>();
  read.onlyKeys(window, ['before', 'after'], 'match.window.');
  return {
    keywords,
    pattern: read.regex(match, 'pattern', flags) ?? '',
    flags,
    window: { before: read.number(window, 'before') ?? 64, after: read.number(window, 'after') ?? 256 },
    ...read.optional('entropy', read.number(match, 'entropy')),
    ...read.optional('proof', match.has('proof') ? read.text(match, 'proof') : undefined),
    ...read.optional('digit', match.get('digit') === true ? true : undefined),
    ...read.optional('except', read.regexes(match, 'except')),
    ...read.optional('path', match.has('path') ? read.regex(match, 'path', '') : undefined),
    ...read.optional('exceptPaths', read.regexes(match, 'exceptPaths')),
    ...read.optional('exceptLines', read.regexes(match, 'exceptLines')),
  };
}

/** Typed access to a decoded mapping; collects the mistakes it meets. */
class Reader {
  readonly errors: string[] = [];

  onlyKeys(map: Map<string, unknown>, known: readonly string[], prefix: string): void {
    for (const key of map.keys()) {
      if (!known.includes(key)) this.errors.push(`unknown key \`${prefix}${key}\`; known: ${known.join(', ')}`);
    }
  }

  string(map: Map<string, unknown>, key: string): string {
    const value = map.get(key);
    if (typeof value === 'string') return value;
    this.errors.push(`\`${key}\` must be text`);
    return '';
  }

  text(map: Map<string, unknown>, key: string): string {
    const value = map.get(key);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    this.errors.push(`\`${key}\` must be text and not empty`);
    return '';
  }

  choice<T extends string>(map: Map<string, unknown>, key: string, among: readonly T[], otherwise?: T): T {
    const value = map.get(key) ?? otherwise;
    const found = among.find((item) => item === value);
    if (found === undefined) this.errors.push(`\`${key}\` must be one of ${among.join(', ')}`);
    return found ?? (among[0] as T);
  }

  number(map: Map<string, unknown>, key: string): number | undefined {
    const value = map.get(key);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && value >= 0 && value <= 65_536) return value;
    this.errors.push(`\`${key}\` must be a number from 0 to 65536`);
    return undefined;
  }

  numbers(map: Map<string, unknown>, key: string, otherwise: readonly number[]): readonly number[] {
    const value = map.get(key) ?? otherwise;
    if (Array.isArray(value) && value.every((item) => Number.isInteger(item))) return value;
    this.errors.push(`\`${key}\` must be a list of whole numbers`);
    return [];
  }

  texts(map: Map<string, unknown>, key: string): readonly string[] {
    const value = map.get(key) ?? [];
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
    this.errors.push(`\`${key}\` must be a list of texts`);
    return [];
  }

  regex(map: Map<string, unknown>, key: string, flags: string): string | undefined {
    const source = this.text(map, key);
    return this.compiles(source, flags, key) ? source : undefined;
  }

  regexes(map: Map<string, unknown>, key: string): readonly string[] | undefined {
    if (!map.has(key)) return undefined;
    return this.texts(map, key).filter((source) => this.compiles(source, '', key));
  }

  optional<K extends string, V>(key: K, value: V | undefined): { [name in K]?: V } {
    return value === undefined ? {} : ({ [key]: value } as { [name in K]: V });
  }

  private compiles(source: string, flags: string, key: string): boolean {
    try {
      new RegExp(source, flags);
      return true;
    } catch (error) {
      this.errors.push(`\`${key}\` is no regular expression: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  }
}
