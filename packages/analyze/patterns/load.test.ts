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
