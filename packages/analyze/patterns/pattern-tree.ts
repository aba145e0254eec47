import { type CodeTree, K, listKinds, R } from '#model/code-tree.ts';
import { essential } from './essential.ts';
import { holes, type TypedHole } from './pattern-text.ts';

/** A node of a pattern. */
export interface PatternNode {
  readonly kind: number;
  readonly role: number;
  /** The name, operator or literal; for metavariables the name with its `$` (`$...` for those that stand for several). */
  readonly symbol: string;
  readonly children: readonly PatternNode[];
  readonly list: boolean;
  /** Some child is an ellipsis, or stands for several. */
  readonly hasDots: boolean;
  /** What a string is to be. */
  readonly text?: StringPattern;
  readonly type?: string;
}

export type StringPattern =
  | { readonly kind: 'any' }
  | { readonly kind: 'metavariable'; readonly name: string }
  | { readonly kind: 'regex'; readonly regex: RegExp }
  | { readonly kind: 'exact'; readonly text: string };

/** Builds the nodes of a pattern from the tree of its prepared text. */
export function patternNode(tree: CodeTree, node: number, typed: readonly TypedHole[]): PatternNode {
  const kind = tree.kind[node] as number;
  const role = tree.role[node] as number;
  const symbol = tree.symbols[tree.symbol[node] as number] as string;
  if (kind === K.Name) return hole(role, symbol, typed);
  // Backquotes round an ellipsis are any text, also one with holes of its own.
  if (kind === K.Str && symbol === '...' && tree.text[tree.start[node] as number] === '`') return simplified(K.Template, role, '', [leaf(K.Dots, R.None, '')]);
  // Text between tags.
  if (kind === K.Str && (symbol === holes.dots || symbol === `${holes.dots};`)) return leaf(K.Dots, role, '');
  if (kind === K.Str) return { ...leaf(K.Str, role, symbol), text: stringPattern(symbol) };
  if (kind === K.Regexp) return { ...leaf(K.Regexp, role, symbol), ...regexpText(symbol) };
  const children: PatternNode[] = [];
  for (let at = node + 1; at < (tree.next[node] as number); at = tree.next[at] as number) children.push(patternNode(tree, at, typed));
  return simplified(kind, role, symbol, kind === K.Template ? children.map(ofTemplate) : children);
}

/** In a text any text is any number of its parts, where an ellipsis for a value is one value. */
function ofTemplate(part: PatternNode): PatternNode {
  if (part.text?.kind === 'any') return leaf(K.Dots, part.role, '');
  return part.kind === K.Dots ? leaf(K.Metavariable, part.role, '$_') : part;
}

/** `/$X/` and `/.../`. */
function regexpText(symbol: string): { readonly text?: StringPattern } {
  const inside = /^\/(?:ww_mv_([A-Z_0-9]+)|(ww_dots|\.\.\.))\/\w*$/.exec(symbol);
  if (inside === null) return {};
  return { text: inside[1] === undefined ? { kind: 'any' } : { kind: 'metavariable', name: `$${inside[1]}` } };
}

function leaf(kind: number, role: number, symbol: string): PatternNode {
  return { kind, role, symbol, children: [], list: false, hasDots: false };
}

/** Names of PHP that look like metavariables. */
export const isSuperglobal = /^\$(?:GLOBALS|_(?:GET|POST|REQUEST|COOKIE|FILES|SERVER|SESSION|ENV))$/;

function hole(role: number, written: string, typed: readonly TypedHole[]): PatternNode {
  const symbol = written.startsWith('$ww_') ? written.slice(1) : written;
  if (symbol === holes.dots) return leaf(K.Dots, role, '');
  if (symbol.startsWith(holes.dotsMetavariable)) return leaf(K.DotsMetavariable, role, `$...${symbol.slice(holes.dotsMetavariable.length)}`);
  if (symbol.startsWith(holes.metavariable)) return leaf(K.Metavariable, role, `$${symbol.slice(holes.metavariable.length)}`);
  if (/^\$[A-Z_][A-Z_0-9]*$/.test(symbol) && !isSuperglobal.test(symbol)) return leaf(K.Metavariable, role, symbol);
  if (symbol.startsWith(holes.typed)) {
    const found = typed[Number(symbol.slice(holes.typed.length))];
    if (found !== undefined) return { ...leaf(K.TypedMetavariable, role, found.metavariable), type: found.type };
  }
  return leaf(K.Name, role, symbol);
}

function stringPattern(text: string): StringPattern {
  if (text === '...') return { kind: 'any' };
  if (/^\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*$/.test(text)) return { kind: 'metavariable', name: text };
  const regex = /^=~\/(.*)\/([a-z]*)$/s.exec(text);
  if (regex !== null) {
    try {
      return { kind: 'regex', regex: new RegExp(essential(regex[1] as string), (regex[2] as string).replace(/[^ims]/g, '')) };
    } catch {
      return { kind: 'exact', text };
    }
  }
  return { kind: 'exact', text };
}

const isManyDots = (node: PatternNode | undefined): boolean => node?.kind === K.Dots || node?.kind === K.DotsMetavariable;

const isDeclared: ReadonlySet<number> = new Set([K.Param, K.VarDef, K.Catch]);

/** Holes that stand where the language wanted something longer around them. */
function simplified(kind: number, role: number, symbol: string, all: readonly PatternNode[]): PatternNode {
  const children = isDeclared.has(kind) ? all.filter((child) => !isAnyType(child)) : all;
  const wrapped = wrappedDots(kind, children);
  if (wrapped !== undefined) return { ...wrapped, role };
  const callee = children.find((child) => child.role === R.Callee);
  if (kind === K.Call && callee?.kind === K.Name && callee.symbol === holes.deep) {
    const inner = children.find((child) => child.role === R.Args)?.children[0];
    if (inner !== undefined) return { kind: K.Deep, role, symbol: '', children: [inner], list: false, hasDots: false };
  }
  // Where a statement is wanted, what stands for an ellipsis is a call of its own.
  if (kind === K.Call && callee?.kind === K.Dots && children.every((child) => child.children.length === 0)) return leaf(K.Dots, role, '');
  return { kind, role, symbol, children, list: listKinds.has(kind), hasDots: children.some(isManyDots) };
}

/** An ellipsis as a parameter, field, member or attribute is an ellipsis. */
function wrappedDots(kind: number, children: readonly PatternNode[]): PatternNode | undefined {
  const by = (wanted: number): PatternNode | undefined => children.find((child) => child.role === wanted);
  const dots = (role: number, without: number): PatternNode | undefined => (isManyDots(by(role)) && by(without) === undefined ? by(role) : undefined);
  switch (kind) {
    case K.Param:
      // Where names share a type (`..., r *T`), the type is that of the others.
      return dots(R.Target, R.Value) ?? (children.length === 1 && isManyDots(children[0]) ? children[0] : undefined);
    case K.Pair:
      return isManyDots(by(R.Key)) && (by(R.Value) === undefined || isManyDots(by(R.Value))) ? by(R.Key) : undefined;
    case K.Keyword:
      return isManyDots(by(R.Name)) && isManyDots(by(R.Value)) ? by(R.Name) : undefined;
    case K.VarDef:
      return dots(R.Target, R.Init);
    case K.Attribute:
      return dots(R.Name, R.Value);
    default:
      return undefined;
  }
}

function isAnyType(node: PatternNode): boolean {
  return node.kind === K.Name && node.symbol === holes.anyType;
}
