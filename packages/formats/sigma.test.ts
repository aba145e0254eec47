import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSigma } from './sigma.ts';

const rule = `title: A rule
id: 00000000-0000-4000-8000-000000000001
status: test
description: What it finds
references: [https://example.org]
tags: [attack.t1098]
logsource:
  product: GitHub
  service: audit
detection:
  sel:
    action|contains|all: [a, b]
    n: 5
  words: [x, y]
  condition: sel or words
falsepositives: none
level: High
`;

describe('a Sigma rule', () => {
  it('is read whole', () => {
    const { rules, issues } = parseSigma(rule);
    expect(issues).toEqual([]);
    expect(rules).toMatchObject([{
      id: '00000000-0000-4000-8000-000000000001', title: 'A rule', status: 'test', level: 'high', logsource: { product: 'github', service: 'audit' },
      falsePositives: ['none'], conditions: ['sel or words'], line: 10,
    }]);
    expect(rules[0]?.selections.get('sel')).toEqual({
      kind: 'all',
      of: [
        { kind: 'item', item: { field: 'action', modifiers: ['contains', 'all'], values: ['a', 'b'] } },
        { kind: 'item', item: { field: 'n', modifiers: [], values: [5] } },
      ],
    });
    expect(rules[0]?.selections.get('words')).toEqual({ kind: 'item', item: { field: undefined, modifiers: [], values: ['x', 'y'] } });
  });

  it('without a level weighs medium', () => expect(parseSigma(rule.replace('level: High', '')).rules[0]?.level).toBe('medium'));

  it('may share a file with others', () => {
    const { rules, issues } = parseSigma(`${rule}---\n${rule.replace('A rule', 'Another')}---\n`);
    expect(rules.map(({ title }) => title)).toEqual(['A rule', 'Another']);
    expect(issues).toEqual([]);
  });

  it.each([
    ['not-yaml', 5, (text: string) => text.replace('description: What', 'description: [What')],
    ['not-yaml', 3, (text: string) => text.replace('status: test', 'title: again')],
    ['not-a-mapping', 1, () => '- a\n- b\n'],
    ['missing-key', 1, (text: string) => text.replace('title: A rule', 'name: x')],
    ['missing-key', 1, (text: string) => text.replace(/logsource:\n.*\n.*\n/, '')],
    ['missing-key', 10, (text: string) => text.replace('  condition: sel or words\n', '')],
    ['bad-type', 14, (text: string) => text.replace('[x, y]', 'null')],
    ['bad-type', 15, (text: string) => text.replace('sel or words', '{a: b}')],
    ['bad-type', 13, (text: string) => text.replace('n: 5', 'n: {x: 5}')],
    ['bad-type', 7, (text: string) => text.replace(/logsource:\n.*\n.*\n/, 'logsource: github\n')],
    ['bad-value', 17, (text: string) => text.replace('High', 'severe')],
    ['empty-selection', 14, (text: string) => text.replace('[x, y]', '[]')],
    ['empty-selection', 13, (text: string) => text.replace('n: 5', 'n: []')],
    ['unknown-modifier', 12, (text: string) => text.replace('contains|all', 'contains|al')],
    ['unsupported-taxonomy', 3, (text: string) => text.replace('status: test', 'taxonomy: ecs')],
    ['missing-key', 1, (text: string) => `correlation: {type: event_count}\n${text}`],
    ['missing-key', 1, (text: string) => `filter: {rules: [], selection: {a: b}, condition: selection}\n${text}`],
    ['missing-key', 1, (text: string) => `filter: {rules: [x], selection: {a: b}}\n${text}`],
    ['unknown-modifier', 1, (text: string) => `filter: {rules: [x], selection: {a|b: c}, condition: selection}\n${text}`],
    ['unsupported-document', 1, (text: string) => `action: global\n${text}`],
    ['too-deep', 14, (text: string) => text.replace('[x, y]', `${'['.repeat(20)}x${']'.repeat(20)}`)],
  ] as const)('%s is told with line %i', (code, line, change) => {
    const { rules, issues } = parseSigma(change(rule));
    expect(rules).toEqual([]);
    expect(issues.map((issue) => issue.code)).toContain(code);
    expect(issues.find((issue) => issue.code === code)?.line).toBe(line);
  });

  it('that is empty or too large is told', () => {
    expect(parseSigma('').issues).toMatchObject([{ code: 'not-a-mapping' }]);
    expect(parseSigma(`# ${'x'.repeat(1024 * 1024)}\n${rule}`).issues).toMatchObject([{ code: 'too-large' }]);
  });

  it('does not let a mistake hide its neighbour in the file', () => {
    const { rules, issues } = parseSigma(`${rule.replace('High', 'severe')}---\n${rule}`);
    expect(rules.length).toBe(1);
    expect(issues).toMatchObject([{ code: 'bad-value', line: 17 }]);
  });

  it('may stand beside a filter', () => {
    const filter = 'title: F\nid: f\nlogsource: {category: process_creation, product: Windows}\nfilter:\n  rules: [a, b]\n  selection:\n    User|startswith: adm_\n  condition: not selection\n';
    expect(parseSigma(`${rule}---\n${filter}---\n${filter.replace('[a, b]', 'any')}`)).toMatchObject({
      issues: [], rules: [{ title: 'A rule' }],
      filters: [
        { id: 'f', title: 'F', rules: ['a', 'b'], logsource: { category: 'process_creation', product: 'windows' }, conditions: ['not selection'] },
        { rules: undefined },
      ],
    });
  });

  it('never throws, whatever it is given', () => {
    const piece = fc.constantFrom('title: x\n', 'detection:\n', '  a:\n', '    b|re: (\n', '  condition: a\n', '---\n', '- ', '{', '}', '&a ', '*a\n', '!!x ', '<<: *a\n', '? ', ': ', '\t', '__proto__: 1\n', '"', "'", '|\n', '\u0000');
    fc.assert(fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const { rules, issues } = parseSigma(pieces.join(''));
      expect(rules.length + issues.length).toBeGreaterThan(0);
    }), { numRuns: 1_000 });
  });
});
