import type { Condition, Formula } from './rule.ts';
import { flagAt, listAt, mapAt, metavariableAt, numberAt, regexAt, type RuleMap, RuleMistake, type RulePath, textAt, textsAt } from './rule-reader.ts';

/** Levels of formulas within formulas. */
const mostNesting = 20;

/** Keys that hold a formula; the first that is there counts. */
export const formulaKeys = ['pattern', 'patterns', 'pattern-either', 'pattern-regex', 'regex', 'all', 'any', 'inside', 'not', 'pattern-inside', 'pattern-not', 'pattern-not-inside', 'pattern-not-regex'] as const;

/** The conditions of the older syntax, each under its own key. */
export const conditionKeys = ['metavariable-regex', 'metavariable-pattern', 'metavariable-comparison', 'metavariable-analysis', 'metavariable-type', 'metavariable-name'] as const;

/** What a metavariable can be analysed for. */
const analyzers: ReadonlySet<string> = new Set(['entropy', 'entropy_v2', 'redos']);

export function hasFormula(map: RuleMap): boolean {
  return formulaKeys.some((key) => map.has(key));
}

/** Text is a pattern; a mapping says by its key what it is. `where` adds conditions in the newer syntax. */
export function readFormula(value: unknown, path: RulePath): Formula {
  if (path.length > 2 * mostNesting) throw new RuleMistake(path, 'formulas are nested too deep');
  if (!(value instanceof Map)) return { kind: 'pattern', text: patternAt(value, path) };
  const map = value as RuleMap;
  const keys = formulaKeys.filter((key) => map.has(key));
  if (keys.length === 0) throw new RuleMistake(path, `nothing to match: one of ${formulaKeys.join(', ')} is needed, and there is ${[...map.keys()].map(String).join(', ') || 'nothing'}`);
  const formulas = keys.map((key) => readKey(key, map.get(key), [...path, key]));
  const [only] = formulas;
  const joined: Formula = formulas.length === 1 && only !== undefined ? only : { kind: 'all', parts: formulas, conditions: [], focus: [] };
  const where = map.get('where');
  return where === undefined ? joined : withWhere(joined, where, [...path, 'where']);
}

/** An empty pattern would match everything and nothing. */
function patternAt(value: unknown, path: RulePath): string {
  const text = textAt(value, path);
  if (text.trim() === '') throw new RuleMistake(path, 'a pattern is empty');
  return text;
}

function readKey(key: (typeof formulaKeys)[number], value: unknown, path: RulePath): Formula {
  switch (key) {
    case 'pattern':
      return readFormula(value, path);
    case 'patterns':
    case 'all':
      return readAll(listAt(value, path), path);
    case 'pattern-either':
    case 'any':
      return { kind: 'any', parts: listAt(value, path).map((part, at) => readFormula(part, [...path, at])) };
    case 'pattern-regex':
    case 'regex':
      return { kind: 'regex', regex: regexAt(value, path) };
    case 'pattern-not-regex':
      return { kind: 'not-regex', regex: regexAt(value, path) };
    case 'inside':
    case 'pattern-inside':
      return { kind: 'inside', of: readFormula(value, path) };
    case 'pattern-not-inside':
      return { kind: 'not-inside', of: readFormula(value, path) };
    case 'not':
    case 'pattern-not':
      return negated(readFormula(value, path));
  }
}

function negated(formula: Formula): Formula {
  if (formula.kind === 'inside') return { kind: 'not-inside', of: formula.of };
  if (formula.kind === 'regex') return { kind: 'not-regex', regex: formula.regex };
  return { kind: 'not', of: formula };
}

function readAll(items: readonly unknown[], path: RulePath): Formula {
  const parts: Formula[] = [];
  const conditions: Condition[] = [];
  const focus: (readonly string[])[] = [];
  items.forEach((item, at) => {
    const here = [...path, at];
    if (!(item instanceof Map)) return void parts.push(readFormula(item, here));
    const map = item as RuleMap;
    const names = map.get('focus-metavariable') ?? map.get('focus');
    if (names !== undefined) focus.push(textsAt(names, [...here, 'focus-metavariable']));
    const condition = readCondition(map, here);
    if (condition !== undefined) conditions.push(condition);
    if (hasFormula(map)) parts.push(readFormula(map, here));
    else if (names === undefined && condition === undefined) throw new RuleMistake(here, `${[...map.keys()].map(String).join(', ') || 'an empty item'} is not known here`);
  });
  return { kind: 'all', parts, conditions, focus };
}

function readCondition(map: RuleMap, path: RulePath): Condition | undefined {
  for (const key of conditionKeys) {
    if (!map.has(key)) continue;
    const here = [...path, key];
    const inner = mapAt(map.get(key), here);
    if (key === 'metavariable-comparison') return comparison(inner, here);
    const metavariable = metavariableAt(inner.get('metavariable'), [...here, 'metavariable']);
    if (key === 'metavariable-regex') return { kind: 'regex', metavariable, regex: regexAt(inner.get('regex'), [...here, 'regex']), constantPropagation: flagAt(inner, 'constant-propagation', here) ?? false };
    if (key === 'metavariable-analysis') return analysis(metavariable, inner, here);
    if (key === 'metavariable-type') return { kind: 'type', metavariable, types: textsAt(inner.get('type') ?? inner.get('types'), [...here, 'type']) };
    if (key === 'metavariable-name') return named(metavariable, inner, here);
    return metavariablePattern(metavariable, inner, here);
  }
  return undefined;
}

function analysis(metavariable: string, map: RuleMap, path: RulePath): Condition {
  const analyzer = textAt(map.get('analyzer'), [...path, 'analyzer']);
  if (!analyzers.has(analyzer)) throw new RuleMistake([...path, 'analyzer'], `the analyzer ${analyzer} is not known; one of ${[...analyzers].join(', ')}`);
  return { kind: 'analysis', metavariable, analyzer };
}

function named(metavariable: string, map: RuleMap, path: RulePath): Condition {
  if (map.has('kind')) throw new RuleMistake([...path, 'kind'], 'kinds of names are not known here');
  return { kind: 'name', metavariable, modules: textsAt(map.get('module') ?? map.get('modules'), [...path, 'module']) };
}

function metavariablePattern(metavariable: string, inner: RuleMap, path: RulePath): Condition {
  const language = inner.get('language');
  const formula = readFormula(new Map([...inner].filter(([name]) => name !== 'metavariable' && name !== 'language')), path);
  return { kind: 'pattern', metavariable, formula, ...(language === undefined ? {} : { language: textAt(language, [...path, 'language']).toLowerCase() }) };
}

function comparison(inner: RuleMap, path: RulePath): Condition {
  const metavariable = inner.get('metavariable');
  const base = numberAt(inner, 'base', path);
  const strip = flagAt(inner, 'strip', path);
  return {
    kind: 'comparison',
    expression: textAt(inner.get('comparison'), [...path, 'comparison']),
    ...(metavariable === undefined ? {} : { metavariable: metavariableAt(metavariable, [...path, 'metavariable']) }),
    ...(base === undefined ? {} : { base }),
    ...(strip === undefined ? {} : { strip }),
  };
}

/** `where:` of the newer syntax: conditions and the focus, beside any formula. */
function withWhere(formula: Formula, value: unknown, path: RulePath): Formula {
  const conditions: Condition[] = [];
  const focus: (readonly string[])[] = [];
  listAt(value, path).forEach((item, at) => {
    const here = [...path, at];
    const map = mapAt(item, here);
    if (map.has('focus')) focus.push(textsAt(map.get('focus'), [...here, 'focus']));
    else if (map.has('comparison')) conditions.push(comparison(map, here));
    else conditions.push(whereMetavariable(map, here));
  });
  if (formula.kind === 'all') return { ...formula, conditions: [...formula.conditions, ...conditions], focus: [...formula.focus, ...focus] };
  return { kind: 'all', parts: [formula], conditions, focus };
}

function whereMetavariable(map: RuleMap, path: RulePath): Condition {
  const metavariable = metavariableAt(map.get('metavariable'), [...path, 'metavariable']);
  if (map.has('analyzer')) return analysis(metavariable, map, path);
  if (map.has('type') || map.has('types')) return { kind: 'type', metavariable, types: textsAt(map.get('type') ?? map.get('types'), [...path, 'type']) };
  if (map.has('regex') && !map.has('language')) return { kind: 'regex', metavariable, regex: regexAt(map.get('regex'), [...path, 'regex']), constantPropagation: flagAt(map, 'constant-propagation', path) ?? false };
  return metavariablePattern(metavariable, map, path);
}
