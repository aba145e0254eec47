import { expect, it } from 'vitest';
import { childBy, kindOf, lineStarts, placeOf, textOf } from '#normalize/syntax/tree.ts';
import { type GrammarLanguage, grammarLanguages, loadGrammar } from './grammars.ts';

const programs: Record<GrammarLanguage, string> = {
  bash: 'echo "$1"\n',
  c: 'int main(void) { return f(1); }\n',
  cpp: 'int main() { return f<int>(1); }\n',
  csharp: 'class A { void F() { G(1); } }\n',
  go: 'package a\nfunc f() { g(1) }\n',
  java: 'class A { void f() { g(1); } }\n',
  php: '<?php echo $_GET["a"];\n',
  python: 'def f(a):\n    return g(a)\n',
  ruby: 'def f(a)\n  g(a)\nend\n',
  rust: 'fn main() { f(1); }\n',
};

it.each(Object.keys(grammarLanguages) as GrammarLanguage[])('reads %s into packed arrays that are whole', async (language) => {
  const tree = (await loadGrammar(language))(programs[language]);
  if (tree === undefined) throw new Error('no tree');
  expect(tree.errors).toEqual([]);
  expect(tree.next[0]).toBe(tree.size);
  for (let node = 1; node < tree.size; node++) {
    const parent = tree.parent[node] as number;
    expect(parent).toBeLessThan(node);
    expect(tree.next[node]).toBeGreaterThan(node);
    expect(tree.next[node]).toBeLessThanOrEqual(tree.next[parent] as number);
    expect(tree.start[node]).toBeGreaterThanOrEqual(tree.start[parent] as number);
    expect(tree.end[node]).toBeLessThanOrEqual(tree.end[parent] as number);
  }
});

it('counts in UTF-16 code units, names kinds and fields', async () => {
  const text = 's = "ä😀"\nf(s)\n';
  const tree = (await loadGrammar('python'))(text);
  if (tree === undefined) throw new Error('no tree');
  const call = tree.kind.findIndex((_, node) => node < tree.size && kindOf(tree, node) === 'call');
  expect(textOf(tree, call)).toBe('f(s)');
  expect(textOf(tree, childBy(tree, call, 'function') as number)).toBe('f');
  expect(placeOf(lineStarts(text), tree.start[call] as number)).toEqual({ line: 2, column: 1 });
});

it('notes what the grammar could not read', async () => {
  const tree = (await loadGrammar('java'))('class A { void f() { g(1; } }\n');
  expect(tree?.errors.length).toBeGreaterThan(0);
});

it('cuts what is nested too deeply, and says so', async () => {
  const tree = (await loadGrammar('python'))(`x = ${'('.repeat(30_000)}1${')'.repeat(30_000)}\n`);
  expect(tree === undefined || tree.cut || tree.errors.length > 0).toBe(true);
});

it('gives up at its time limit', async () => {
  const parse = await loadGrammar('python');
  expect(parse('x = [1, 2, 3]\n'.repeat(200_000), 1)).toBeUndefined();
  expect(parse('x = 1\n')?.size).toBeGreaterThan(3);
});
