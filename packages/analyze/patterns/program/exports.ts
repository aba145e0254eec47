import { type CodeTree, K, R } from '#model/code-tree.ts';
import { childBy, symbolOf } from '../scopes.ts';
import type { ProgramFile } from './functions.ts';

/** What a file gives to others beside the names that it declares at its top. */
export interface FileExports {
  /** Nodes of values by the name under which they are given; `default` and `=` (all of `module.exports`) among them. */
  readonly values: ReadonlyMap<string, readonly number[]>;
  /** Names that come from elsewhere. */
  readonly passed: ReadonlyMap<string, { readonly from: string; readonly name: string }>;
  /** Modules of which everything is passed on. */
  readonly all: readonly string[];
}

const most = 5_000;

/** ECMAScript and CommonJS (`module.exports`, `exports.x`). */
export function exportsOf({ tree, facts }: ProgramFile): FileExports {
  const values = new Map<string, number[]>();
  const passed = new Map<string, { from: string; name: string }>();
  const all: string[] = [];
  const put = (name: string, node: number): void => {
    const own = values.get(name);
    if (own !== undefined) own.push(node);
    else if (values.size < most) values.set(name, [node]);
  };
  for (let node = 1; node < tree.size; node = tree.next[node] as number) {
    if (/\bexport\s+default\s*$/.test(tree.text.slice(Math.max(0, (tree.start[node] as number) - 40), tree.start[node]))) put('default', node);
    else if (tree.kind[node] === K.Other) ofExport(tree, node, put, passed, all);
  }
  for (const node of facts.index.byKind(K.Assign)) {
    const name = exportedAs(tree, childBy(tree, node, R.Left));
    let value = childBy(tree, node, R.Right);
    for (let depth = 0; depth < 4 && value !== -1 && tree.kind[value] === K.Assign; depth++) value = childBy(tree, value, R.Right);
    if (name !== undefined && value !== -1) put(name, value);
  }
  return { values, passed, all };
}

function ofExport(tree: CodeTree, node: number, put: (name: string, node: number) => void, passed: Map<string, { from: string; name: string }>, all: string[]): void {
  const kind = symbolOf(tree, node);
  const first = node + 1;
  if (kind === 'ExportAllDeclaration') {
    for (let at = first; at < (tree.next[node] as number); at++) if (tree.kind[at] === K.Str && all.length < 100) all.push(symbolOf(tree, at));
    return;
  }
  if (kind !== 'export' || first >= (tree.next[node] as number)) return;
  const [, local = '', alias = local] = /^\s*([\w$]+)(?:\s+as\s+([\w$]+))?/.exec(tree.text.slice(tree.start[node], tree.end[node])) ?? [];
  const from = /^[^};]{0,2000}\}\s*from\s*(["'])([^"'\n]+)\1/.exec(tree.text.slice(tree.end[node], (tree.end[node] as number) + 2_400))?.[2];
  if (from === undefined) put(alias, first);
  else if (passed.size < most) passed.set(alias, { from, name: local });
}

/** `module.exports`: `=`; `exports.run`, `module.exports.run`: `run`. */
function exportedAs(tree: CodeTree, target: number): string | undefined {
  if (target === -1 || tree.kind[target] !== K.Member) return undefined;
  const text = tree.text.slice(tree.start[target], Math.min(tree.end[target] as number, (tree.start[target] as number) + 200));
  if (text === 'module.exports') return '=';
  return /^(?:module\.)?exports\.([\w$]+)$/.exec(text)?.[1];
}
