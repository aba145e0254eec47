/** Facts about one source file, collected in one walk over its syntax tree. */
import { parseSync } from 'rolldown/utils';

export interface Module {
  readonly imports: readonly { readonly specifier: string; readonly line: number }[];
  readonly functions: readonly FunctionFact[];
  readonly comments: readonly { readonly text: string; readonly line: number }[];
  /** Places where the type `any` is written. */
  readonly anys: readonly number[];
  /** `object.property` chains that are read or called, such as `Math.random` or `it.only`. */
  readonly members: readonly { readonly name: string; readonly line: number }[];
  /** `new X()` without arguments. */
  readonly bareNews: readonly { readonly name: string; readonly line: number }[];
  /** First syntax error. */
  readonly error?: string;
}

export interface FunctionFact {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
  /** Handed to `describe`: a chapter of tests, not a function anybody reads as one. */
  readonly chapter: boolean;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

type Collected = { -readonly [K in keyof Module]: Module[K] extends readonly (infer T)[] ? T[] : Module[K] };

export function parseModule(path: string, text: string): Module {
  const parsed = parseSync(path, text);
  const line = lineCounter(text);
  const out: Collected = { imports: [], functions: [], comments: [], anys: [], members: [], bareNews: [] };
  for (const comment of parsed.comments) out.comments.push({ text: comment.value, line: line(comment.start) });
  const first = parsed.errors[0];
  if (first !== undefined) out.error = first.message;
  walk(parsed.program as unknown as Node, [], (node, parents) => collect(node, parents, line, out));
  return out;
}

function collect(node: Node, parents: readonly Node[], line: (offset: number) => number, out: Collected): void {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType': {
      const specifier = literal(node['source']);
      if (specifier !== undefined) out.imports.push({ specifier, line: line(node.start) });
      return;
    }
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      out.functions.push({
        name: functionName(node, parents.at(-1)),
        line: line(node.start),
        lines: line(node.end) - line(node.start) + 1,
        chapter: /^describe\b/.test(calleeName(parents.at(-1))),
      });
      return;
    case 'TSAnyKeyword':
      out.anys.push(line(node.start));
      return;
    case 'MemberExpression':
      out.members.push({ name: dotted(node), line: line(node.start) });
      return;
    case 'NewExpression':
      if ((node['arguments'] as unknown[]).length === 0) out.bareNews.push({ name: dotted(node['callee']), line: line(node.start) });
      return;
  }
}

function walk(node: Node, parents: Node[], visit: (node: Node, parents: readonly Node[]) => void): void {
  visit(node, parents);
  parents.push(node);
  for (const key in node) {
    const value = node[key];
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) {
      if (isNode(value)) walk(value, parents, visit);
      continue;
    }
    for (const item of value) if (isNode(item)) walk(item, parents, visit);
  }
  parents.pop();
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function literal(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'TSLiteralType') return literal(node['literal']);
  return node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : undefined;
}

/** `a.b.c` of a chain of plain names; what is no plain name shows as `?`. */
function dotted(node: unknown): string {
  if (!isNode(node)) return '?';
  if (node.type === 'Identifier') return String(node['name']);
  if (node.type === 'CallExpression') return dotted(node['callee']);
  if (node.type !== 'MemberExpression') return '?';
  return `${dotted(node['object'])}.${node['computed'] === true ? '?' : dotted(node['property'])}`;
}

function calleeName(node: Node | undefined): string {
  return node?.type === 'CallExpression' ? dotted(node['callee']) : '';
}

function functionName(node: Node, parent: Node | undefined): string {
  const own = node['id'] ?? parent?.['id'] ?? parent?.['key'];
  return isNode(own) && own.type === 'Identifier' ? String(own['name']) : 'anonymous function';
}

function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
