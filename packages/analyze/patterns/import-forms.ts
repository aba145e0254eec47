import { type CodeTree, K, R } from '#model/code-tree.ts';
import type { Environment } from './bindings.ts';
import type { Found, Matcher } from './matcher.ts';
import type { PatternNode } from './pattern-tree.ts';
import { holes } from './pattern-text.ts';
import { childBy, symbolOf } from './scopes.ts';

const isHole = (part: string): boolean => part.startsWith(holes.metavariable);

/** Whether a name in a pattern is the source of an import: it need not stand in the program as it is, for `import a` is `import a.b` too. */
export function namesPart(pattern: PatternNode): boolean {
  return pattern.role === R.Source;
}

/**
 * An import of a package is one of what lies in it too, however it is written: `import a` stands for `import a.b`, `from a import b` and `from a.b import c`,
 * `import 'm'` for what is imported from `m/part`.
 */
export function matchImport(matcher: Matcher, pattern: PatternNode, node: number, environment: Environment, found: Found): void {
  const { tree } = matcher;
  if (tree.kind[node] === K.VarDef) return required(matcher, pattern, node, environment, found);
  if (tree.kind[node] !== K.Import) return;
  const source = pattern.children.find((child) => child.role === R.Source);
  const own = childBy(tree, node, R.Source);
  if (source === undefined || own === -1) return;
  if (tree.language === 'python') dottedImport(matcher, pattern, node, environment, found);
  else if (pattern.symbol === 'module' && pattern.children.length === 1 && source.kind === K.Str && symbolOf(tree, own).startsWith(`${source.symbol}/`)) found(environment);
}

/** The text that says what a declaration takes from `require`; -1 where it takes nothing, or a part of it. */
export function requiredBy(tree: CodeTree, node: number): number {
  const call = childBy(tree, node, R.Init);
  const args = call === -1 || tree.kind[call] !== K.Call ? -1 : childBy(tree, call, R.Args);
  const isRequire = args !== -1 && symbolOf(tree, childBy(tree, call, R.Callee)) === 'require';
  return isRequire && args + 1 < (tree.next[args] as number) && tree.kind[args + 1] === K.Str ? args + 1 : -1;
}

/** `const { a } = require('m')` is `import { a } from 'm'`, and as any `require` that is kept, `import 'm'`. */
function required(matcher: Matcher, pattern: PatternNode, node: number, environment: Environment, found: Found): void {
  const { tree } = matcher;
  const source = pattern.children.find((child) => child.role === R.Source);
  const own = requiredBy(tree, node);
  if (source === undefined || own === -1) return;
  const names = pattern.children.filter((child) => child !== source);
  if (names.length === 0) return matcher.match(source, own, environment, found);
  const target = childBy(tree, node, R.Target);
  const [name, alias = name] = names;
  if (pattern.symbol !== 'from' || name?.role !== R.Name || name.symbol === 'default' || alias === undefined || target === -1 || tree.kind[target] !== K.Object) return;
  for (const pair of matcher.childrenOf(target)) {
    const [key, value] = [childBy(tree, pair, R.Key), childBy(tree, pair, R.Value)];
    if (key === -1 || value === -1) continue;
    matcher.match(source, own, environment, (first) => matcher.match(name, key, first, (next) => (alias === name ? found(next) : matcher.match(alias, value, next, found))));
  }
}

/** The parts of a dotted name, each with its place. */
interface Part {
  readonly text: string;
  readonly start: number;
}

function dottedImport(matcher: Matcher, pattern: PatternNode, node: number, environment: Environment, found: Found): void {
  const wanted = pattern.children.flatMap((child) => (child.role === R.Source || child.role === R.Name ? wordsOf(child) : []));
  const { tree } = matcher;
  const own = [childBy(tree, node, R.Source), childBy(tree, node, R.Name)].flatMap((child) => (child === -1 ? [] : partsOf(symbolOf(tree, child), tree.start[child] as number)));
  // The same form says the same by itself; a relative import is another package's.
  const sameForm = pattern.symbol === symbolOf(tree, node) && wanted.length === own.length && !wanted.some((part) => part.startsWith('$'));
  if (sameForm || wanted.length > own.length || own[0]?.text === '') return;
  const alias = pattern.children.find((child) => child.role === R.Alias);
  const ownAlias = childBy(tree, node, R.Alias);
  if (alias !== undefined && ownAlias === -1) return;
  const step = (at: number, bound: Environment): void => {
    const part = wanted[at];
    const there = own[at];
    if (part === undefined || there === undefined) return alias === undefined ? found(bound) : matcher.match(alias, ownAlias, bound, found);
    if (part.startsWith('$')) matcher.bind(part, { node: -1, last: -1, start: there.start, end: there.start + there.text.length, text: there.text }, bound, (next) => step(at + 1, next));
    else if (part === there.text) step(at + 1, bound);
  };
  step(0, environment);
}

function partsOf(name: string, start: number): Part[] {
  let at = start;
  return name.split('.').map((text) => {
    const part = { text, start: at };
    at += text.length + 1;
    return part;
  });
}

/** Words of a name in a pattern; one that is a hole as its metavariable. */
function wordsOf(part: PatternNode): string[] {
  if (part.kind === K.Metavariable) return [part.symbol];
  return part.symbol.split('.').map((word) => (isHole(word) ? `$${word.slice(holes.metavariable.length)}` : word));
}
