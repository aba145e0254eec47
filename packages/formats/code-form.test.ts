import { describe, expect, it } from 'vitest';
import type { CodeForm, LanguageInputs } from '#model/code-rule.ts';
import { codeForm, parseLanguageInputs, withInputs } from './code-form.ts';

function inputsOf(yaml: string): LanguageInputs {
  const result = parseLanguageInputs(yaml);
  if ('errors' in result) throw new Error(result.errors.join('\n'));
  return result.inputs;
}

const php = inputsOf("languages: [php]\nsources: [$_GET]\nsanitizers: ['intval(...)']\nchecks: ['in_array($CHECKED, ...)']\ncarriers: ^trim$\n");
const form = (members: object): CodeForm => codeForm({ languages: ['php'], ...members }, 'forms[0]');

describe('a form that follows data', () => {
  it('takes sources, sanitizers and carriers from its language', () => {
    const { rule } = withInputs(form({ sinks: ['system($SINK)'] }), [php]);
    expect(rule).toMatchObject({
      mode: 'taint',
      'pattern-sources': [{ pattern: '$_GET' }],
      'pattern-sinks': [{ patterns: [{ pattern: 'system($SINK)' }, { 'focus-metavariable': '$SINK' }] }],
      'pattern-sanitizers': [{ pattern: 'intval(...)' }, { patterns: [{ pattern: 'in_array($CHECKED, ...)' }, { 'focus-metavariable': '$CHECKED' }], 'by-side-effect': true }],
      options: { taint_assume_safe_functions: true, taint_carriers: '^trim$' },
    });
  });

  it('takes what puts one thing into another from its language, too', () => {
    const copies = { pattern: 'strcpy($TO, $FROM)', from: '$FROM', to: '$TO' };
    const c = inputsOf("languages: [c]\nsources: [read()]\npropagators: [{pattern: 'strcpy($TO, $FROM)', from: $FROM, to: $TO}]\ncarriers: ^strdup$\n");
    const own = { pattern: 'copy($FROM, $TO)', from: '$FROM', to: '$TO' };
    expect(withInputs(codeForm({ languages: ['c'], sinks: ['system($SINK)'], propagators: [own] }, 'forms[0]'), [c]).rule['pattern-propagators']).toEqual([own, copies]);
  });

  it('may name its own sources, sanitizers and options, and leaves other forms alone', () => {
    const { rule } = withInputs(form({ sinks: ['f($SINK)'], sources: ['g()'], sanitizers: ['h(...)'], options: { taint_assume_safe_functions: false } }), [php]);
    expect(rule).toMatchObject({ 'pattern-sources': [{ pattern: 'g()' }], options: { taint_assume_safe_functions: false } });
    expect((rule['pattern-sanitizers'] as unknown[]).length).toBe(3);
    expect(withInputs(form({ pattern: 'f()' }), []).rule).toEqual({ pattern: 'f()' });
  });

  it('needs a language of which it is known what comes in', () => {
    expect(() => withInputs(codeForm({ languages: ['rust'], sinks: ['f($SINK)'] }, 'forms[0]'), [php])).toThrow('content/inputs has no file for rust');
    expect(parseLanguageInputs('languages: [php]\nsource: []\ncarriers: "("')).toMatchObject({ errors: [expect.stringContaining('unknown key `source`'), expect.stringContaining('carriers')] });
  });
});
