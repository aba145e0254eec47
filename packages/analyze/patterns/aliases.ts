import { type CodeTree, K, R } from '#model/code-tree.ts';
import { childBy, symbolOf } from './scopes.ts';

/** Names that a file gives to what it imports, each with the dotted path behind it, and where that holds. */
export class Aliases {
  private readonly known = new Map<string, Alias[]>();
  private readonly tree: CodeTree;
  private readonly hoisted: boolean;

  constructor(tree: CodeTree) {
    this.tree = tree;
    this.hoisted = tree.language !== 'python';
  }

  /** The name holds from `node` to the end of the function round it. */
  set(name: string, path: readonly string[], node: number): void {
    const { tree } = this;
    let scope = tree.parent[node] as number;
    while (scope !== 0 && !functions.has(tree.kind[scope] as number)) scope = tree.parent[scope] as number;
    const own = this.known.get(name);
    const alias = { path, node, scope, to: tree.next[scope] as number };
    if (own === undefined) this.known.set(name, [alias]);
    else own.push(alias);
  }

  /** What a name at a node was imported as; the innermost import counts. */
  get(name: string, node: number): readonly string[] | undefined {
    return this.at(name, node)?.path;
  }

  /** The same with the node that imports it. */
  at(name: string, node: number): Alias | undefined {
    const own = this.known.get(name);
    const before = own?.findLast((alias) => node >= alias.node && node < alias.to);
    // A function is called when the whole file is there, and what JavaScript imports is there from the start.
    return before ?? own?.find(({ scope }) => scope === 0 && (this.hoisted || this.inFunction(node)));
  }

  private inFunction(node: number): boolean {
    const { tree } = this;
    for (let at = node; at !== 0; at = tree.parent[at] as number) if (functions.has(tree.kind[at] as number)) return true;
    return false;
  }

  /** All paths that a name stands for somewhere. */
  everywhere(name: string): readonly (readonly string[])[] {
    return (this.known.get(name) ?? []).map(({ path }) => path);
  }

  paths(): readonly (readonly string[])[] {
    return [...this.known.values()].flatMap((own) => own.map(({ path }) => path));
  }
}

export interface Alias {
  readonly path: readonly string[];
  /** The import, or what keeps a `require`. */
  readonly node: number;
  /** The function round it; 0 for none. */
  readonly scope: number;
  readonly to: number;
}

const functions: ReadonlySet<number> = new Set([K.Function, K.Lambda]);

export function findAliases(tree: CodeTree): Aliases {
  const aliases = new Aliases(tree);
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] === K.Import) ofImport(tree, node, aliases);
    else if (tree.kind[node] === K.VarDef || tree.kind[node] === K.Assign) ofRequire(tree, node, aliases);
  }
  return aliases;
}

function ofImport(tree: CodeTree, node: number, aliases: Aliases): void {
  const source = childBy(tree, node, R.Source);
  if (source === -1) return;
  const path = pathOf(tree, symbolOf(tree, source));
  const named = childBy(tree, node, R.Name);
  const alias = childBy(tree, node, R.Alias);
  const name = named === -1 ? '' : symbolOf(tree, named);
  // Go names a package by the end of its path.
  const own = tree.language === 'go' ? (symbolOf(tree, source).split('/').at(-1) as string) : name;
  const local = alias === -1 ? own : symbolOf(tree, alias);
  if (symbolOf(tree, node) === 'from') {
    if (local !== '' && name !== '') aliases.set(local, name === 'default' ? path : [...path, name], node);
  } else if (local !== '') aliases.set(local, path, node);
}

/** A module's name: `a.b.C` has parts, `child_process` and `@koa/router` are whole. */
function pathOf(tree: CodeTree, name: string): readonly string[] {
  return tree.language === 'python' || tree.language === 'java' ? name.split('.').filter((part) => part !== '') : [name.replace(/^node:/, '')];
}

/** `const fs = require('fs')`, `const { exec: run } = require('child_process')`, `const run = require('child_process').exec`. */
function ofRequire(tree: CodeTree, node: number, aliases: Aliases): void {
  const declares = tree.kind[node] === K.VarDef;
  const target = childBy(tree, node, declares ? R.Target : R.Left);
  const value = childBy(tree, node, declares ? R.Init : R.Right);
  const path = value === -1 || target === -1 ? undefined : requiredPath(tree, value);
  if (path === undefined) return;
  if (tree.kind[target] === K.Name) aliases.set(symbolOf(tree, target), path, node);
  else if (tree.kind[target] === K.Object) {
    for (let pair = target + 1; pair < (tree.next[target] as number); pair = tree.next[pair] as number) {
      if (tree.kind[pair] !== K.Pair) continue;
      const key = childBy(tree, pair, R.Key);
      const local = childBy(tree, pair, R.Value);
      if (local !== -1 && tree.kind[local] === K.Name) aliases.set(symbolOf(tree, local), [...path, symbolOf(tree, key)], node);
    }
  }
}

function requiredPath(tree: CodeTree, node: number): readonly string[] | undefined {
  if (tree.kind[node] === K.Member) {
    const inner = requiredPath(tree, childBy(tree, node, R.Object));
    return inner === undefined ? undefined : [...inner, symbolOf(tree, childBy(tree, node, R.Name))];
  }
  if (tree.kind[node] === K.Await) return requiredPath(tree, node + 1);
  if (tree.kind[node] !== K.Call) return undefined;
  const callee = childBy(tree, node, R.Callee);
  const args = childBy(tree, node, R.Args);
  if (callee === -1 || args === -1 || tree.kind[callee] !== K.Name || !/^(?:require|import)$/.test(symbolOf(tree, callee))) return undefined;
  const module = args + 1 < (tree.next[args] as number) ? args + 1 : -1;
  return module !== -1 && tree.kind[module] === K.Str ? pathOf(tree, symbolOf(tree, module)) : undefined;
}
