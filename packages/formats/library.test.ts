import { describe, expect, it } from 'vitest';
import { parseLibrary } from './library.ts';

const whole = `title: Acme
versions: "1"
references: [https://example.org/acme]
sources: [{path: acme.input, kind: request}]
sinks:
  - {path: acme.run, argument: [0, keyword:command], class: command-injection, when: {argument: 1.shell, is: [true]}}
  - {path: [acme.Runner.new, acme.Walker.new], argument: 0, class: command-injection}
summaries:
  - {path: acme.join, from: "*"}
  - {path: acme.each, from: 0.element, to: 1.param0, same: true}
sanitizers: [{path: acme.quote, classes: [command-injection]}]
guards: [{path: acme.isWord, argument: 0, when: true, classes: all}]
types: [{path: acme.runner(), is: acme.Runner.new}]
aliases: [{path: acme/compat, is: acme}]
conventions: [{files: "pages/**", exports: default, is: acme.page(arg0)}, {parameters: [[req, request], res], is: acme.<page>}]
`;

function errorsOf(yaml: string): readonly string[] {
  const result = parseLibrary('javascript/acme', yaml);
  return 'errors' in result ? result.errors : [];
}

describe('knowledge of a library', () => {
  it('is read in all its sections', () => {
    const result = parseLibrary('javascript/acme', whole);
    if ('errors' in result) throw new Error(result.errors.join('\n'));
    const { library } = result;
    expect(library.sinks[0]).toMatchObject({ class: 'command-injection', arguments: [{ base: 'argument', at: 0 }, { base: 'keyword', name: 'command' }], when: [{ test: { is: [true] } }] });
    expect(library.sinks).toHaveLength(3);
    expect(library.summaries).toMatchObject([{ to: [{ base: 'result' }], same: false }, { to: [{ base: 'argument', at: 1 }], same: true }]);
    expect(library.same).toHaveLength(2);
    expect(library.conventions).toMatchObject([{ files: ['pages/**'], exports: ['default'] }, { parameters: [['req', 'request'], ['res']] }]);
  });

  it('has all its mistakes named, each with its place', () => {
    expect(errorsOf('title: Acme\nreferences: []\nsinks:\n  - {path: acme..run, argument: 0, class: x}\n  - {path: acme.run, argument: first, class: x}\n  - {path: acme.run, class: x}\nsauces: []\n')).toEqual([
      expect.stringContaining('unknown key `sauces`'),
      expect.stringContaining('sinks[0].path: the path "acme..run" is wrong at character 6'),
      expect.stringContaining('sinks[1].argument: the path "first" is wrong'),
      'sinks[2]: lacks argument',
    ]);
    expect(errorsOf('title: [')).toEqual([expect.stringContaining('not YAML')]);
    expect(errorsOf('- a')).toEqual(['knowledge of a library must be a mapping']);
    expect(errorsOf('title: A\nreferences: []\nsinks: [{path: a.b, argument: 0, class: x, when: {argument: 1}}]')).toEqual([expect.stringContaining('must test something')]);
    expect(parseLibrary('cobol/acme', whole)).toEqual({ errors: [expect.stringContaining('no language "cobol"')] });
  });
});
