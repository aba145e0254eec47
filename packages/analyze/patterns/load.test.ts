import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPatternRuleFile, loadPatternRules } from './load.ts';

const head = (id: string): string => `- id: ${id}\n  message: m $X\n  severity: WARNING\n  languages: [generic]\n`;

test('reads the older and the newer syntax to the same formula', () => {
  const older = loadPatternRules(`rules:\n${head('a')}  patterns:\n    - pattern: f($X)\n    - pattern-not-inside: g(...)\n    - metavariable-regex: {metavariable: $X, regex: a+}\n    - focus-metavariable: $X\n`);
  const newer = loadPatternRules(`rules:\n${head('a')}  match:\n    all:\n      - f($X)\n      - not: {inside: g(...)}\n    where:\n      - {metavariable: $X, regex: a+}\n      - {focus: $X}\n`);
  expect(older.problems).toEqual([]);
  expect(newer.rules[0]?.body).toEqual(older.rules[0]?.body);
  expect(older.rules[0]?.body).toEqual({
    mode: 'search',
    formula: {
      kind: 'all',
      parts: [{ kind: 'pattern', text: 'f($X)' }, { kind: 'not-inside', of: { kind: 'pattern', text: 'g(...)' } }],
      conditions: [{ kind: 'regex', metavariable: '$X', regex: 'a+', constantPropagation: false }],
      focus: [['$X']],
    },
  });
});

test('reads taint rules with what sources, sinks and propagators say', () => {
  const { rules } = loadPatternRules(`rules:
${head('t')}  mode: taint
  pattern-sources: [{pattern: s(), label: A}, {patterns: [{pattern: t()}], by-side-effect: only}]
  pattern-sinks: [{pattern: k($X), requires: A and not B}]
  pattern-propagators: [{pattern: $T.add($F), from: $F, to: $T}]
`);
  const body = rules[0]?.body;
  expect(body?.mode === 'taint' && [body.taint.sources[0]?.label, body.taint.sources[1]?.bySideEffect, body.taint.sinks[0]?.requires, body.taint.propagators[0]?.from]).toEqual(['A', 'only', 'A and not B', '$F']);
});

test('a bad rule is named with its line and left out; the others count', () => {
  const { rules, problems } = loadPatternRules(`rules:\n${head('good')}  pattern: x\n${head('bad')}  pattern-regex: 'a++'\n${head('none')}  pattern: ''\n`);
  expect(rules.map(({ id }) => id)).toEqual(['good']);
  expect(problems).toEqual([
    { rule: 'bad', line: 11, message: '`pattern-regex` is an expression that cannot be run here: the possessive quantifier ++ has no counterpart' },
    { rule: 'none', line: 16, message: 'a pattern is empty' },
  ]);
});

test('what is not run here says so; an unknown option is noted', () => {
  const { rules, notes } = loadPatternRules(`rules:\n- {id: j, mode: join, join: {}}\n${head('o')}  pattern: x\n  options: {interfile: true, strange: true}\n`);
  expect(rules[0]?.body).toEqual({ mode: 'unsupported', why: 'mode join is not run here' });
  expect(notes.map(({ message }) => message)).toEqual(['the option strange is not known; the rule runs without it']);
});

test('what of a rule is not read or not followed is said, each with its key', () => {
  const { rules, problems, notes } = loadPatternRules(`rules:
${head('t')}  mode: taint
  pattern-sources: [{pattern: s(), control: true, lable: A}]
  pattern-sinks: [{pattern: k($X), at-exit: true, requires: [{$X: A}]}]
  options: {generic_engine: aliengrep, implicit_return: true, taint_unify_mvars: true}
  paths: {only: [a]}
  validators: []
${head('c')}  patterns: [{pattern: f($X)}, {metavariable-regex: {metavariable: $X, regex: a, flags: i}, metavariable-type: {metavariable: $X, type: int}}]
`);
  expect(problems).toEqual([]);
  expect(rules).toHaveLength(2);
  expect(notes.map(({ rule, line, message }) => `${rule} ${line} ${message}`)).toEqual([
    't 11 validators are not asked, for no request leaves this machine',
    't 7 the key lable is not known here; the rule runs without it',
    't 7 a source that controls what is done is followed as data only',
    't 8 a sink counts wherever it stands, at an exit or not',
    't 8 labels that are asked for by metavariable are not asked for',
    't 10 the key only of paths is not known; the rule runs without it',
    't 9 the option generic_engine is spacegrep here, whatever a rule says',
    'c 16 the key flags is not known here; the rule runs without it',
    'c 16 of several conditions in one item only the first counts; give each an item of its own',
  ]);
});

test('a condition that could never hold is a mistake of the rule', () => {
  const condition = (text: string): string => `rules:\n${head('x')}  patterns: [{pattern: f($X)}, ${text}]\n`;
  const labels = (text: string): string => `rules:\n${head('x')}  mode: taint\n  pattern-sources: [{pattern: s(), label: A}]\n  pattern-sinks: [{pattern: k(), requires: '${text}'}]\n`;
  const said = (text: string): string | undefined => loadPatternRules(text).problems[0]?.message;
  expect(said(condition('{metavariable-analysis: {metavariable: $X, analyzer: strange}}'))).toBe('the analyzer strange is not known; one of entropy, entropy_v2, redos');
  expect(said(condition('{metavariable-name: {metavariable: $X}}'))).toBe('`module` must be text');
  expect(said(condition('{metavariable-name: {metavariable: $X, kind: view}}'))).toBe('kinds of names are not known here');
  expect(said(labels('A & B'))).toContain('is no condition on labels');
  expect(said(labels('A and'))).toContain('is no condition on labels');
  expect(said(labels(`${'('.repeat(2_400)}A${')'.repeat(2_400)}`))).toContain('is no condition on labels');
  for (const text of ['A', 'not A', 'A and not (B or C)', '(A and not B) or (C)']) expect(said(labels(text))).toBeUndefined();
});

test('aliases that multiply, deep nesting and no YAML at all are problems, not crashes', () => {
  const bomb = `a: &a [x]\n${Array.from({ length: 30 }, (_, at) => `a${at}: &a${at} [${`*a${at === 0 ? '' : at - 1}, `.repeat(9)}]\n`).join('')}rules: *a29\n`;
  expect(loadPatternRules(bomb).problems).toHaveLength(1);
  expect(loadPatternRules('rules: [').problems).toHaveLength(1);
  const deep = `rules:\n${head('d')}  patterns: ${'[{patterns: '.repeat(30)}[]${'}]'.repeat(30)}\n`;
  expect(loadPatternRules(deep).problems.length).toBe(1);
});

test('only a file with a list of rules is one of these', () => {
  expect(isPatternRuleFile('# c\nrules:\n- id: x')).toBe(true);
  expect(isPatternRuleFile('title: x\nmatch:\n  rules: 3')).toBe(false);
});

test('any mapping is read or refused', () => {
  const key = fc.constantFrom('id', 'message', 'severity', 'languages', 'pattern', 'patterns', 'match', 'mode', 'options', 'paths', 'pattern-sinks', 'fix-regex', 'where');
  fc.assert(fc.property(fc.array(fc.dictionary(key, fc.jsonValue({ maxDepth: 2 })), { maxLength: 4 }), (rules) => {
    const loaded = loadPatternRules(JSON.stringify({ rules }));
    expect(loaded.rules.length + loaded.problems.length).toBeGreaterThanOrEqual(Math.min(1, rules.length));
  }));
});
