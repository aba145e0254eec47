import { parse } from 'smol-toml';
import type { Allowance, TextRule } from '#model/rule.ts';
import { withoutCaseless } from './pcre.ts';
import { fromRe2 } from './re2.ts';
import { entriesOf } from './yaml.ts';

export interface GitleaksConfig {
  readonly rules: readonly TextRule[];
  /** What was not taken over, each a sentence that names the rule. */
  readonly problems: readonly { readonly rule?: string; readonly message: string }[];
  /** Things that work differently here, and how. */
  readonly notes: readonly string[];
}

type Table = Map<string, unknown>;

/** Reads a gitleaks configuration (TOML, version 8). Throws a `SyntaxError` when it is no TOML. */
export function parseGitleaks(text: string): GitleaksConfig {
  let top: Table;
  try {
    top = entriesOf(parse(text)) ?? new Map();
  } catch (cause) {
    throw new SyntaxError(cause instanceof Error ? (cause.message.split('\n')[0] as string) : 'not TOML', { cause });
  }
  const problems: { rule?: string; message: string }[] = [];
  const everywhere = [...tables(top.get('allowlist')), ...tables(top.get('allowlists'))];
  const rules: TextRule[] = [];
  for (const table of tables(top.get('rules'))) {
    const id = textOf(table.get('id')) ?? `rule-${rules.length + 1}`;
    try {
      rules.push(toRule(id, table, everywhere));
    } catch (cause) {
      problems.push({ rule: id, message: cause instanceof Error ? cause.message : String(cause) });
    }
  }
  return { rules, problems, notes: notesOf(top) };
}

function notesOf(top: Table): string[] {
  const extend = entriesOf(top.get('extend'));
  if (extend === undefined) return [];
  const notes: string[] = [];
  if (extend.get('useDefault') === true) notes.push("extend.useDefault: Watchward's own rules stand in for the default ones of gitleaks");
  if (extend.has('path') || extend.has('url')) notes.push('extend.path and extend.url are not followed; name that file with --rules as well');
  return notes;
}

function toRule(id: string, table: Table, everywhere: readonly Table[]): TextRule {
  if (tables(table.get('required')).length > 0) throw new Error('composite rules (`required`) are not supported');
  const regex = textOf(table.get('regex'));
  const path = textOf(table.get('path'));
  if (regex === undefined && path === undefined) throw new Error('it has neither `regex` nor `path`');
  const { text, flags } = withoutCaseless(regex ?? '');
  const pattern = regex === undefined ? '(?<![\\s\\S])' : withSecretGroup(fromRe2(text), Number(table.get('secretGroup') ?? 0));
  new RegExp(pattern, `dg${flags}`);
  const entropy = Number(table.get('entropy') ?? 0);
  const own = [...tables(table.get('allowlist')), ...tables(table.get('allowlists'))];
  const allow = [...own, ...everywhere.filter((list) => appliesTo(list, id))].map(toAllowance);
  const name = id.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return {
    id: `secrets/${name}`,
    title: textOf(table.get('description')) ?? id,
    surface: 'secrets',
    severity: 'high',
    confidence: 'medium',
    persona: 'regular',
    cwe: [798],
    consequence: 'Whoever reads it can use the credential that this rule looks for.',
    remediation: 'Revoke the credential, then read it from the environment or a secret store.',
    references: [],
    match: {
      keywords: texts(table.get('keywords')).map((keyword) => keyword.toLowerCase()).filter((keyword) => keyword !== ''),
      pattern,
      flags,
      window: { before: 0, after: 0 },
      ...(entropy > 0 ? { entropy } : {}),
      ...(path === undefined ? {} : { path: fromRe2(path) }),
      allow,
      foreign: true,
    },
  };
}

/** Gitleaks counts groups; here the secret is the group of that name, or group 1. Group 0 there: the first non-empty group, else all. */
function withSecretGroup(pattern: string, group: number): string {
  if (group <= 1) return pattern;
  let seen = 0;
  return pattern.replace(/\\.|\[(?:\\.|[^\]\\])*\]|\((?!\?)|\(\?<(?![=!])[^>]+>/g, (token) => {
    if (!token.startsWith('(')) return token;
    seen++;
    return seen === group ? '(?<secret>' : token;
  });
}

function appliesTo(list: Table, id: string): boolean {
  const targets = texts(list.get('targetRules'));
  return targets.length === 0 || targets.includes(id);
}

function toAllowance(list: Table): Allowance {
  const regexes = texts(list.get('regexes')).map(fromRe2);
  const stopwords = texts(list.get('stopwords')).map((word) => `(?i:${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')})`);
  const target = textOf(list.get('regexTarget')) ?? 'secret';
  const secrets = [...(target === 'secret' ? regexes : []), ...stopwords];
  const paths = texts(list.get('paths')).map(fromRe2);
  return {
    all: (textOf(list.get('condition')) ?? 'OR').toUpperCase() === 'AND',
    ...(secrets.length > 0 ? { secrets } : {}),
    ...(target === 'match' && regexes.length > 0 ? { matches: regexes } : {}),
    ...(target === 'line' && regexes.length > 0 ? { lines: regexes } : {}),
    ...(paths.length > 0 ? { paths } : {}),
  };
}

function tables(value: unknown): Table[] {
  const list = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.map(entriesOf).filter((table) => table !== undefined);
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
