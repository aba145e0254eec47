import { describe, expect, it } from 'vitest';
import { sigmaModifiers } from '#formats/sigma-detection.ts';
import { parseSigma } from '#formats/sigma.ts';
import { compileSigma } from './compile.ts';
import type { CompileContext } from './item.ts';
import { FieldTable } from './record-view.ts';
import { SigmaMatcher } from './matcher.ts';

const placeholders = new Map([['admins', ['root', 'adm*']]]);

function compile(detection: string, context: CompileContext = { fields: new FieldTable(), placeholders }) {
  const text = `title: T\nlogsource: {product: test}\ndetection:\n${detection.trim().split('\n').map((line) => `  ${line}`).join('\n')}\n`;
  const { rules, issues } = parseSigma(text);
  expect(issues).toEqual([]);
  const rule = rules[0];
  if (rule === undefined) throw new Error('no rule');
  return compileSigma('event/t', rule, context);
}

/** Whether the detection matches, by the index and by the full scan, which must agree. */
function matches(detection: string, record: unknown): boolean {
  const result = compile(detection);
  if ('issue' in result) throw new Error(`${result.issue.code}: ${result.issue.message}`);
  const matcher = new SigmaMatcher([result.compiled]);
  const found = matcher.match(record).rules.length === 1;
  expect(matcher.matchAll(record).rules.length === 1).toBe(found);
  return found;
}

const item = (key: string, value: unknown): string => `s:\n  ${JSON.stringify(key)}: ${JSON.stringify(value)}\ncondition: s`;

type Row = readonly [key: string, value: unknown, record: unknown, expected: boolean];

describe('values', () => {
  it.each<Row>([
    ['a', 'x', { a: 'X' }, true],
    ['a', 'x', { a: 'xy' }, false],
    ['a', ['x', 'y'], { a: 'y' }, true],
    ['a', 5, { a: '5' }, true],
    ['a', '5', { a: 5 }, true],
    ['a', true, { a: 'true' }, true],
    ['a', 'False', { a: false }, true],
    ['a', null, {}, true],
    ['a', null, { a: null }, true],
    ['a', null, { a: '' }, false],
    ['a', '', { a: '' }, true],
    ['a', '', {}, false],
    ['a', '', { a: null }, false],
    ['a', 'x*z', { a: 'xyyz' }, true],
    ['a', 'x*z', { a: 'xyyzz' }, true],
    ['a', 'x?z', { a: 'xz' }, false],
    ['a', 'x?z', { a: 'xyz' }, true],
    ['a', '?*?', { a: 'x' }, false],
    ['a', 'a*b*c', { a: 'acb' }, false],
    ['a', 'ab*ba', { a: 'aba' }, false],
    ['a', '*', { a: 'anything' }, true],
    ['a', '*', { a: [] }, false],
    ['a', '\\*', { a: '*' }, true],
    ['a', '\\*', { a: 'x' }, false],
    ['a', 'c:\\\\*', { a: 'c:\\users' }, true],
    ['a', 'c:\\users', { a: 'c:\\users' }, true],
    ['a', 'c:\\\\users', { a: 'c:\\users' }, true],
    ['a', '\\\\\\*', { a: '\\*' }, true],
    ['a', 'ὈΔΥΣΣΕΎΣ', { a: 'ὀδυσσεύς' }, true],
    ['a', 'x', { a: { b: 'x' } }, false],
    ['a|contains', '"b":"x"', { a: { b: 'x' } }, true],
  ])('%s: %j on %j', (key, value, record, expected) => expect(matches(item(key, value), record)).toBe(expected));
});

describe('fields', () => {
  it.each<Row>([
    ['a.b.c', 'x', { a: { b: { c: 'x' } } }, true],
    ['a.b.c', 'x', { 'a.b.c': 'x' }, true],
    ['a.b.c', 'x', { a: { 'b.c': 'x' } }, true],
    ['a.b', 'x', { a: [{ b: 'y' }, { b: 'x' }] }, true],
    ['a.1', 'x', { a: ['y', 'x'] }, true],
    ['a.0', 'x', { a: ['y', 'x'] }, false],
    ['a', 'x', { a: ['y', ['x']] }, true],
    ['__proto__.a', 'x', {}, false],
    ['constructor', '*', {}, false],
    ['a', 'x', [{ a: 'x' }], true],
    ['a', 'x', 'a', false],
    ['a', 'x', null, false],
  ])('%s: %j on %j', (key, value, record, expected) => expect(matches(item(key, value), record)).toBe(expected));
});

describe('modifiers', () => {
  const rows: readonly Row[] = [
    ['a|contains', 'b', { a: 'ABC' }, true],
    ['a|contains|cased', 'b', { a: 'ABC' }, false],
    ['a|startswith', 'ab', { a: 'ABC' }, true],
    ['a|endswith', 'ab', { a: 'ABC' }, false],
    ['a|contains|all', ['a', 'c'], { a: 'abc' }, true],
    ['a|contains|all', ['a', 'd'], { a: 'abc' }, false],
    ['a|all', ['x', 'y'], { a: ['x', 'y'] }, true],
    ['a|neq', 'x', { a: 'y' }, true],
    ['a|neq', 'x', { a: 'X' }, false],
    ['a|exists', true, { a: null }, true],
    ['a|exists', false, {}, true],
    ['a|exists', false, { a: 0 }, false],
    ['a|re', '^b+$', { a: 'bbb' }, true],
    ['a|re', '^B+$', { a: 'bbb' }, false],
    ['a|re|i', '^B+[C-D]$', { a: 'bbbd' }, true],
    ['a|re', '(?i)^B\\s', { a: 'b x' }, true],
    ['a|re|m', '^b$', { a: 'a\nb\nc' }, true],
    ['a|re|s', 'a.b', { a: 'a\nb' }, true],
    ['a|re', '[[:digit:]]{2}', { a: 'x42' }, true],
    ['a|re', '(?P<n>x)y', { a: 'xy' }, true],
    ['a|cidr', '10.0.0.0/8', { a: '10.200.1.1' }, true],
    ['a|cidr', '10.0.0.0/8', { a: '11.0.0.1' }, false],
    ['a|cidr', '10.0.0.0/8', { a: '::ffff:10.1.2.3' }, true],
    ['a|cidr', '2001:db8::/32', { a: '2001:db8:1::7' }, true],
    ['a|cidr', '2001:db8::/33', { a: '2001:db8:8000::7' }, false],
    ['a|cidr', '192.0.2.128/25', { a: '192.0.2.127' }, false],
    ['a|cidr', '0.0.0.0/0', { a: 'host' }, false],
    ['a|base64', 'foobar', { a: 'Zm9vYmFy' }, true],
    ['a|base64|contains', 'ü', { a: 'xw7w=x' }, true],
    ['a|base64offset|contains', '/bin/sh', { a: btoa('x/bin/shy') }, true],
    ['a|base64offset|contains', '/bin/sh', { a: btoa('xx/bin/shy') }, true],
    ['a|base64offset|contains', '/bin/sh', { a: btoa('xx/bin/shell') }, true],
    ['a|base64offset|contains', '/bin/sh', { a: btoa('xx/usr/bin') }, false],
    ['a|wide|base64offset|contains', 'ping', { a: btoa('p\0i\0n\0g\0 \0') }, true],
    ['a|utf16be|base64', 'ab', { a: btoa('\0a\0b') }, true],
    ['a|utf16|base64', 'a', { a: btoa('\xff\xfea\0') }, true],
    ['a|windash|contains', ' -enc ', { a: 'x /enc y' }, true],
    ['a|windash|contains', ' -enc ', { a: 'x \u2013enc y' }, true],
    ['a|windash|contains', 'a-b', { a: 'a/b' }, false],
    ['a|fieldref', 'b', { a: 'X', b: 'x' }, true],
    ['a|fieldref', 'b', { a: 'x' }, false],
    ['a|fieldref|startswith', 'b', { a: 'xyz', b: 'xy' }, true],
    ['a|fieldref|neq', 'b', { a: 'x', b: 'y' }, true],
    ['a|gt', 5, { a: '6' }, true],
    ['a|gte', 5, { a: 5 }, true],
    ['a|lt', 5, { a: 5 }, false],
    ['a|lte', 5, { a: 'five' }, false],
    ['a|hour', 8, { a: '2026-08-02T08:53:24Z' }, true],
    ['a|hour|gte', 22, { a: '2026-08-02 23:10:00' }, true],
    ['a|minute', 53, { a: 1_785_660_804 }, true],
    ['a|day|lt', 3, { a: '2026-08-02' }, true],
    ['a|month', 8, { a: 1_785_660_804_000 }, true],
    ['a|year', 2026, { a: '2026-08-02' }, true],
    ['a|week', 53, { a: '2026-12-31' }, true],
    ['a|week', 1, { a: '2024-12-31' }, true],
    ['a|hour', 8, { a: '08:53' }, false],
    ['a|expand', '%admins%', { a: 'administrator' }, true],
    ['a|expand', 'x\\%admins%', { a: 'x%admins%' }, true],
    ['a', '%admins%', { a: '%admins%' }, true],
    ['a|exists', false, { a: '' }, false],
    ['a|cased', 'Ab', { a: 'Ab' }, true],
    ['a|cased', 'Ab', { a: 'ab' }, false],
    ['a|startswith|cased', 'Ab', { a: 'Abc' }, true],
    ['a|utf16le|base64', 'ab', { a: btoa('a\0b\0') }, true],
    ['a|wide|base64', 'ab', { a: btoa('a\0b\0') }, true],
    ['a|re|i|m|s', '^b.c$', { a: 'a\nB\nC' }, true],
    ['a|neq', 5, { a: 5 }, false],
    ['a|neq', ['x', 'y'], { a: 'y' }, false],
    ['a|gte|neq', 5, { a: 4 }, true],
    ['a|fieldref|cased', 'b', { a: 'X', b: 'x' }, false],
    ['a|fieldref|endswith', 'b', { a: 'xyz', b: 'YZ' }, true],
    ['a|fieldref|contains', 'b.c', { a: 'xyz', b: { c: 'y' } }, true],
    ['a|contains|expand', 'x %admins%', { a: 'a x root b' }, true],
    ['a|expand', ['%admins%', 'none'], { a: 'none' }, true],
    ['a|cidr', ['10.0.0.0/8', '192.0.2.0/24'], { a: '192.0.2.9' }, true],
    ['a|cidr|neq', '10.0.0.0/8', { a: '192.0.2.9' }, true],
    ['a|all', ['*x*', '*y*'], { a: 'yx' }, true],
  ];

  it.each(rows)('%s: %j on %j', (key, value, record, expected) => expect(matches(item(key, value), record)).toBe(expected));

  /** Sigma 2.1.0, appendix "Modifiers", section by section. */
  const specified = [
    'all', 'startswith', 'endswith', 'contains', 'exists', 'cased', 'neq', 'windash', 're', 'i', 'm', 's', 'base64', 'base64offset', 'utf16le', 'utf16be', 'utf16', 'wide',
    'lt', 'lte', 'gt', 'gte', 'minute', 'hour', 'day', 'week', 'month', 'year', 'cidr', 'expand', 'fieldref',
  ];

  it('are those of the specification, and each is shown above', () => {
    expect([...sigmaModifiers].sort()).toEqual(specified.toSorted());
    const shown = new Set(rows.flatMap(([key]) => key.split('|').slice(1)));
    expect(specified.filter((modifier) => !shown.has(modifier))).toEqual([]);
  });

  it.each([
    ['a|re|contains', 'x', 'modifier-conflict'],
    ['a|cidr', 'x', 'modifier-value'],
    ['a|exists', 'x', 'modifier-value'],
    ['a|gt', 'x', 'modifier-value'],
    ['a|gt|lt', 1, 'modifier-conflict'],
    ['|exists', true, 'modifier-conflict'],
    ['a|base64', 'x*', 'modifier-conflict'],
    ['a|contains', null, 'modifier-value'],
    ['a|expand', '%nobody%', 'unresolved-placeholder'],
    ['a|re', '(', 'regex-invalid'],
    ['a|re', 'a++', 'regex-invalid'],
    ['a|re', '\\Qa\\E', 'regex-invalid'],
    ['a|re', '[a', 'regex-invalid'],
    ['a|re', '(?=x)(a+)+$', 'regex-unsafe'],
    ['a|re', `${'a'.repeat(5000)}`, 'regex-unsafe'],
    ['a|windash', '-a -b -c -d', 'modifier-value'],
  ])('%s: %j is refused as %s', (key, value, code) => {
    const result = compile(item(key, value));
    expect('issue' in result && result.issue).toMatchObject({ code, line: 3 });
  });

  it('show a regular expression only the beginning of a very long value, and say so', () => {
    const result = compile(item('a|re', 'x$'));
    if ('issue' in result) throw new Error(result.issue.message);
    const matcher = new SigmaMatcher([result.compiled]);
    expect(matcher.match({ a: `${'a'.repeat(20_000)}x` })).toMatchObject({ rules: [], limited: true });
    expect(matcher.match({ a: 'x' })).toMatchObject({ limited: false });
  });
});

describe('keywords', () => {
  it.each([
    ['k: [needle, other]\ncondition: k', { a: { b: ['hay NEEDLE hay'] } }, true],
    ['k: [needle]\ncondition: k', { needle: 'hay' }, false],
    ["k:\n  '|all': [one, two]\ncondition: k", { a: 'one', b: 'two' }, true],
    ["k:\n  '|all': [one, two]\ncondition: k", { a: 'one' }, false],
    ["k:\n  '|re': 'n.+e$'\ncondition: k", { a: 'needle' }, true],
    ['k: [47]\ncondition: k', { a: { b: 1470 } }, true],
    ['k: ab\ncondition: k', { a: 'xaby' }, true],
  ])('%s on %j', (detection, record, expected) => expect(matches(detection, record)).toBe(expected));
});

describe('conditions', () => {
  const selections = 'sel_a: {a: 1}\nsel_b: {b: 1}\nfilter: {c: 1}\n_hidden: {d: 1}\nlist:\n  - a: 1\n    b: 1\n  - e: 1\n';
  it.each([
    ['sel_a and sel_b', { a: 1, b: 1 }, true],
    ['sel_a and not filter', { a: 1, c: 1 }, false],
    ['sel_a or sel_b and filter', { a: 1 }, true],
    ['(sel_a or sel_b) and filter', { a: 1 }, false],
    ['not sel_a and sel_b', { b: 1 }, true],
    ['not not sel_a', { a: 1 }, true],
    ['1 of sel_*', { b: 1 }, true],
    ['all of sel_*', { b: 1 }, false],
    ['2 of them', { a: 1, c: 1 }, true],
    ['2 of them', { a: 1, d: 1 }, false],
    ['1 of them', { d: 1 }, false],
    ['1 of _*', { d: 1 }, true],
    ['any of s*_b', { b: 1 }, true],
    ['ALL OF sel_a', { a: 1 }, true],
    ['list', { a: 1 }, false],
    ['list', { e: 1 }, true],
    ['NOT 1 of sel_*', { z: 1 }, true],
  ])('%s on %j', (condition, record, expected) => expect(matches(`${selections}condition: ${condition}`, record)).toBe(expected));

  it('are alternatives when there are several', () => {
    expect(matches(`${selections}condition:\n  - sel_a\n  - filter`, { c: 1 })).toBe(true);
  });

  it.each([
    ['sel_a and', 'condition-syntax'],
    ['(sel_a', 'condition-syntax'],
    ['sel_a)', 'condition-syntax'],
    ['sel_a sel_b', 'condition-syntax'],
    ['and sel_a', 'condition-syntax'],
    ['some of them', 'condition-syntax'],
    ['1 of', 'condition-syntax'],
    ['nothing', 'unknown-selection'],
    ['1 of nothing*', 'unknown-selection'],
    ['sel_a | count() > 5', 'condition-unsupported'],
    [`${'('.repeat(100)}sel_a${')'.repeat(100)}`, 'condition-syntax'],
  ])('%s is refused as %s', (condition, code) => {
    const result = compile(`${selections}condition: ${condition}`);
    expect('issue' in result && result.issue.code).toBe(code);
  });
});
