import { describe, expect, it } from 'vitest';
import type { CodeRule } from '#model/code-rule.ts';
import { parseCodeRule } from './code-rule.ts';

const head = 'title: T\nseverity: high\nconfidence: high\ncwe: [78]\nconsequence: C.\nremediation: R.\nreferences: []\n';

function rule(yaml: string): CodeRule {
  const result = parseCodeRule('code/acme', head + yaml);
  if ('errors' in result) throw new Error(result.errors.join('\n'));
  return result.rule;
}

function errorsOf(yaml: string): readonly string[] {
  const result = parseCodeRule('code/acme', head + yaml);
  return 'errors' in result ? result.errors : [];
}

describe('a rule about code', () => {
  it('says who sees a flow, by where its input comes from', () => {
    const found = rule('flow: {class: acme, sources: {environment: never, argument: regular}, library: pedantic}');
    const seen = 'flow' in found ? new Map(found.flow.sources.map(({ kind, persona }) => [kind, persona])) : new Map();
    expect([...seen]).toEqual([['request', 'regular'], ['message', 'regular'], ['page', 'regular'], ['network', 'pedantic'], ['argument', 'regular'], ['file', 'pedantic'], ['database', 'pedantic'], ['parameter', 'pedantic']]);
  });

  it('is never seen by more people than its own persona allows', () => {
    const found = rule('persona: pedantic\nflow: {class: acme, sources: {request: regular}}');
    expect('flow' in found && found.flow.sources.find(({ kind }) => kind === 'request')?.persona).toBe('pedantic');
  });

  it('says of a fact what mends it', () => {
    const found = rule("calls: [{language: python, call: a.b, fix: {'keyword:c': true, 0: {name: {d: e}}, 1: {without: f}, name: '*_g', before: '$0.h();', import: i.J}}]");
    const fix = 'calls' in found ? (found.calls[0]?.fix ?? []) : [];
    expect(new Set(fix)).toEqual(new Set([
      { kind: 'name', place: { base: 'argument', at: 0, steps: [] }, names: [['d', 'e']] },
      { kind: 'without', place: { base: 'argument', at: 1, steps: [] }, text: 'f' },
      { kind: 'value', place: { base: 'keyword', name: 'c', steps: [] }, to: true },
      { kind: 'name', names: [['*', '*_g']] },
      { kind: 'before', statement: '$0.h();' },
      { kind: 'import', name: 'i.J' },
    ]));
    expect(errorsOf('calls: [{language: python, compare: a.b, fix: {0: 1}}]')).toEqual([expect.stringContaining('does not go with `compare`')]);
    expect(errorsOf('calls: [{language: python, call: a.b, fix: {0: {names: 1}}}]')).toEqual([expect.stringContaining('`name` or `without` alone')]);
    expect(errorsOf('calls: [{language: python, call: a.b, fix: {}}]')).toEqual([expect.stringContaining('must map places')]);
  });

  it('holds facts about calls, reads and assignments', () => {
    const found = rule(`calls:
  - {language: javascript, call: crypto.createHash, arguments: {0: {is: [md5]}, 1.x: {absent: true}}, named: password}
  - {language: java, read: java.lang.System.out}
  - {language: javascript, assign: process.env.X, value: {is: '0'}}`);
    expect('calls' in found && found.calls).toMatchObject([
      { kind: 'call', language: 'javascript', named: 'password', when: [{ argument: { base: 'argument', at: 0 }, test: { is: ['md5'] } }, { test: { absent: true } }] },
      { kind: 'read', language: 'java' },
      { kind: 'assign', value: { is: ['0'] } },
    ]);
  });

  it('holds forms of code, beside facts or alone', () => {
    const found = rule("forms:\n  - {languages: [go], pattern: 'f($X)', fix: 'g($X)'}\n  - {languages: [go, java], pattern-either: [{pattern: a}]}");
    expect(found.forms).toEqual([
      { languages: ['go'], rule: { pattern: 'f($X)', fix: 'g($X)' } },
      { languages: ['go', 'java'], rule: { 'pattern-either': [{ pattern: 'a' }] } },
    ]);
    expect('calls' in rule('calls: [{language: javascript, call: a.b}]\nforms: [{languages: [go], pattern: a}]')).toBe(true);
    expect(errorsOf('forms: [{languages: [go]}, {languages: [go], pattern: a, pattern-regex: b}, {pattern: a}, {languages: [go], pattern: a, mode: taint}, {languages: [go], pattern: a, sinks: [a]}]')).toEqual([
      expect.stringContaining('forms[0]: must have one of'), expect.stringContaining('forms[1]: must have one of'), expect.stringContaining('forms[2].languages'), expect.stringContaining('forms[3].mode'), expect.stringContaining('forms[4].pattern'),
    ]);
  });

  it('has forms beside a flow, too', () => {
    const found = rule("flow: {class: acme}\nforms: [{languages: [go], pattern: a}]");
    expect([found.forms.length, 'flow' in found]).toEqual([1, true]);
    expect(errorsOf('flow: {class: acme}\ncalls: [{language: javascript, call: a.b}]')).toEqual(['`flow` and `calls` are two rules']);
  });

  it('has all its mistakes named', () => {
    expect(errorsOf('')).toEqual([expect.stringContaining('a rule has `flow` or `calls`')]);
    expect(errorsOf('flow: {class: other}')).toEqual([expect.stringContaining('must be "acme"')]);
    expect(errorsOf('calls: []')).toEqual(['`calls` and `forms` must hold at least one fact or form']);
    expect(errorsOf('calls:\n  - {language: javascript}\n  - {language: cobol, call: a.b}\n  - {language: java, call: a.b}\n  - {language: javascript, read: a.b, arguments: {0: {is: 1}}}\n  - {language: javascript, call: a.b, named: "("}')).toEqual([
      expect.stringContaining('calls[0]: must have one of'),
      expect.stringContaining('calls[1].language: must be one of javascript, java, python'),
      expect.stringContaining('calls[2].call: the path "a.b" is wrong'),
      expect.stringContaining('`arguments` belong to `call`'),
      expect.stringContaining('calls[4].named: is no regular expression'),
    ]);
    expect(errorsOf('calls: [{language: javascript, call: a.b, arguments: {0: {}}}]')).toEqual([expect.stringContaining('must test something')]);
  });
});
