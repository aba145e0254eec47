import { parseYamlDocuments, type YamlDocument } from '#formats/yaml-documents.ts';
import { YamlError } from '#formats/yaml.ts';
import { hasFormula, readFormula } from './read-formula.ts';
import { readOptions } from './read-options.ts';
import { readTaint } from './read-taint.ts';
import type { PatternBody, PatternPaths, PatternRule, PatternSeverity } from './rule.ts';
import { noteUnread } from './unread.ts';
import { listAt, mapAt, numberAt, regexAt, type RuleMap, RuleMistake, type RulePath, textAt, textsAt } from './rule-reader.ts';

export interface RuleProblem {
  /** The rule's own id, when it has one that can be read. */
  readonly rule?: string;
  readonly line: number;
  readonly message: string;
}

export interface LoadedRules {
  readonly rules: readonly PatternRule[];
  readonly problems: readonly RuleProblem[];
  /** What was read over without harm: an option that is not known. */
  readonly notes: readonly RuleProblem[];
}

const mostRules = 20_000;
/** Problems whose line is looked up; finding a line walks the file. */
const mostLines = 50;

/** Whether a text looks like a file of rules in Semgrep's syntax: a list of rules under `rules`. */
export function isPatternRuleFile(text: string): boolean {
  return /^["']?rules["']?\s*:/m.test(text);
}

/** Reads a file of rules. A rule with a mistake is named and left out; the others count. */
export function loadPatternRules(text: string): LoadedRules {
  let documents: YamlDocument[];
  try {
    documents = parseYamlDocuments(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return { rules: [], problems: [{ line: error.line ?? 1, message: `not YAML: ${error.message}` }], notes: [] };
  }
  const loaded = new Loading();
  for (const document of documents) loaded.document(document);
  return loaded;
}

class Loading implements LoadedRules {
  readonly rules: PatternRule[] = [];
  readonly problems: RuleProblem[] = [];
  readonly notes: RuleProblem[] = [];

  document(document: YamlDocument): void {
    const list = document.value instanceof Map ? (document.value as RuleMap).get('rules') : undefined;
    if (!Array.isArray(list)) {
      this.problems.push({ line: 1, message: 'no list of rules under `rules`' });
      return;
    }
    list.slice(0, mostRules).forEach((value: unknown, at) => this.rule(value, at, document));
    if (list.length > mostRules) this.problems.push({ line: 1, message: `${list.length} rules in one file; the first ${mostRules} were read` });
  }

  private rule(value: unknown, at: number, document: YamlDocument): void {
    const id = value instanceof Map && typeof (value as RuleMap).get('id') === 'string' ? String((value as RuleMap).get('id')) : undefined;
    const say = (list: RuleProblem[], path: RulePath, message: string): void => {
      list.push({ ...(id === undefined ? {} : { rule: id }), line: list.length < mostLines ? document.lineOf(['rules', at, ...path]) : 1, message });
    };
    try {
      this.rules.push(readRule(mapAt(value, []), (message, path) => say(this.notes, path, message)));
    } catch (error) {
      if (!(error instanceof RuleMistake)) throw error;
      say(this.problems, error.path, error.message);
    }
  }
}

const severities = new Map<string, PatternSeverity>([
  ['critical', 'critical'], ['error', 'high'], ['high', 'high'], ['warning', 'medium'], ['medium', 'medium'], ['info', 'low'], ['low', 'low'], ['inventory', 'informational'], ['experiment', 'informational'],
]);

/** What a rule may hold; some of it means nothing here. */
const keys: ReadonlySet<string> = new Set([
  'id', 'message', 'severity', 'languages', 'paths', 'options', 'fix', 'fix-regex', 'metadata', 'mode', 'taint', 'match', 'min-version', 'max-version', 'validators', 'product', 'join', 'extract', 'steps', 'dest-language', 'reduce', 'transform',
  'dependencies', 'r2c-internal-project-depends-on', 'project-depends-on', 'pattern-sources', 'pattern-sinks', 'pattern-sanitizers', 'pattern-propagators',
  'pattern', 'patterns', 'pattern-either', 'pattern-regex', 'pattern-inside', 'pattern-not', 'pattern-not-inside', 'pattern-not-regex', 'regex', 'all', 'any', 'inside', 'not', 'where', 'equivalences', 'category', 'references', 'author', 'tests', 'visibility',
]);

/** Reads one rule. Throws a `RuleMistake`. */
export function readRule(map: RuleMap, note: (message: string, path: RulePath) => void): PatternRule {
  const id = textAt(map.get('id'), ['id']);
  const severity = severities.get(textAt(map.get('severity') ?? 'warning', ['severity']).toLowerCase());
  if (severity === undefined) throw new RuleMistake(['severity'], `the severity ${JSON.stringify(map.get('severity'))} is not known; one of ${[...severities.keys()].join(', ')}`);
  const body = readBody(map);
  noteUnread(map, note);
  for (const key of map.keys()) if (!keys.has(String(key))) note(`the key ${String(key)} is not known; the rule runs without it`, [String(key)]);
  const fix = map.get('fix');
  const metadata = map.get('metadata');
  return {
    id,
    message: body.mode === 'unsupported' ? '' : textAt(map.get('message') ?? id, ['message']).trim(),
    severity,
    languages: body.mode === 'unsupported' && !map.has('languages') ? [] : textsAt(map.get('languages'), ['languages']).map((one) => one.toLowerCase()),
    ...paths(map.get('paths'), note),
    options: map.has('options') ? readOptions(mapAt(map.get('options'), ['options']), note) : {},
    body,
    ...(fix === undefined || fix === null ? {} : { fix: textAt(fix, ['fix']) }),
    ...fixRegex(map.get('fix-regex')),
    metadata: metadata instanceof Map ? new Map([...(metadata as RuleMap)].map(([key, value]) => [String(key), value])) : new Map(),
  };
}

function readBody(map: RuleMap): PatternBody {
  const mode = textAt(map.get('mode') ?? (map.has('taint') || map.has('pattern-sources') ? 'taint' : 'search'), ['mode']);
  if (mode === 'taint') {
    const taint = map.get('taint');
    return { mode: 'taint', taint: taint === undefined ? readTaint(map, 'pattern-', []) : readTaint(mapAt(taint, ['taint']), '', ['taint']) };
  }
  if (mode !== 'search') return { mode: 'unsupported', why: `mode ${mode} is not run here` };
  if (map.has('r2c-internal-project-depends-on') && !hasFormula(map) && !map.has('match')) return { mode: 'unsupported', why: 'rules about dependencies are not run here' };
  return { mode: 'search', formula: map.has('match') ? readFormula(map.get('match'), ['match']) : readFormula(map, []) };
}

function paths(value: unknown, note: (message: string, path: RulePath) => void): { paths?: PatternPaths } {
  if (value === undefined || value === null) return {};
  const map = mapAt(value, ['paths']);
  for (const key of map.keys()) if (key !== 'include' && key !== 'exclude') note(`the key ${String(key)} of paths is not known; the rule runs without it`, ['paths', String(key)]);
  const read = (key: string): readonly string[] => {
    const list = map.get(key);
    return list === undefined || list === null ? [] : listAt(list, ['paths', key]).map((one, at) => textAt(one, ['paths', key, at]));
  };
  return { paths: { include: read('include'), exclude: read('exclude') } };
}

function fixRegex(value: unknown): Pick<PatternRule, 'fixRegex'> {
  if (value === undefined || value === null) return {};
  const map = mapAt(value, ['fix-regex']);
  const count = numberAt(map, 'count', ['fix-regex']);
  return { fixRegex: { regex: regexAt(map.get('regex'), ['fix-regex', 'regex']), replacement: textAt(map.get('replacement') ?? '', ['fix-regex', 'replacement']), ...(count === undefined ? {} : { count }) } };
}

