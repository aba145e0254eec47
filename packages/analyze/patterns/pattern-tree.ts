import { type CodeTree, K, listKinds, R } from '#model/code-tree.ts';
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
  if (kind === K.Str) return { ...leaf(K.Str, role, symbol), text: stringPattern(symbol) };
  const children: PatternNode[] = [];
  for (let at = node + 1; at < (tree.next[node] as number); at = tree.next[at] as number) children.push(patternNode(tree, at, typed));
  const parts = kind === K.Template ? children.map((part) => (part.text?.kind === 'any' ? leaf(K.Dots, part.role, '') : part)) : children;
  return simplified(kind, role, symbol, parts);
}

function leaf(kind: number, role: number, symbol: string): PatternNode {
  return { kind, role, symbol, children: [], list: false, hasDots: false };
}

function hole(role: number, symbol: string, typed: readonly TypedHole[]): PatternNode {
  if (symbol === holes.dots) return leaf(K.Dots, role, '');
  if (symbol.startsWith(holes.dotsMetavariable)) return leaf(K.DotsMetavariable, role, `$...${symbol.slice(holes.dotsMetavariable.length)}`);
  if (symbol.startsWith(holes.metavariable)) return leaf(K.Metavariable, role, `$${symbol.slice(holes.metavariable.length)}`);
  if (/^\$[A-Z_][A-Z_0-9]*$/.test(symbol)) return leaf(K.Metavariable, role, symbol);
  if (symbol.startsWith(holes.typed)) {
    const found = typed[Number(symbol.slice(holes.typed.length))];
    if (found !== undefined) return { ...leaf(K.TypedMetavariable, role, found.metavariable), type: found.type };
  }
  return leaf(K.Name, role, symbol);
}

export function stringPattern(text: string): StringPattern {
  if (text === '...') return { kind: 'any' };
  if (/^\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*$/.test(text)) return { kind: 'metavariable', name: text };
  const regex = /^=~\/(.*)\/([a-z]*)$/s.exec(text);
  if (regex !== null) {
    try {
      return { kind: 'regex', regex: new RegExp(regex[1] as string, (regex[2] as string).replace(/[^ims]/g, '')) };
    } catch {
      return { kind: 'exact', text };
    }
  }
  return { kind: 'exact', text };
}

const isDots = (node: PatternNode | undefined): boolean => node?.kind === K.Dots;
const isManyDots = (node: PatternNode | undefined): boolean => node?.kind === K.Dots || node?.kind === K.DotsMetavariable;

/** Holes that stand where the language wanted something longer around them. */
function simplified(kind: number, role: number, symbol: string, children: readonly PatternNode[]): PatternNode {
  const by = (wanted: number): PatternNode | undefined => children.find((child) => child.role === wanted);
  const whole = (node: PatternNode): PatternNode => ({ ...node, role });
  const [first] = children;
  // Where names share a type (`..., r *T`), the type is that of the others.
  if (kind === K.Param && isManyDots(by(R.Target)) && by(R.Value) === undefined) return whole(by(R.Target) as PatternNode);
  if (kind === K.Param && isManyDots(first) && children.length === 1) return whole(first as PatternNode);
  if (kind === K.Pair && isManyDots(by(R.Key)) && (by(R.Value) === undefined || isManyDots(by(R.Value)))) return whole(by(R.Key) as PatternNode);
  if (kind === K.VarDef && isDots(by(R.Target)) && by(R.Init) === undefined) return whole(by(R.Target) as PatternNode);
  if (kind === K.Attribute && isManyDots(by(R.Name)) && by(R.Value) === undefined) return whole(by(R.Name) as PatternNode);
  if (kind === K.Spread && isManyDots(first) && children.length === 1 && symbol === 'hole') return whole(first as PatternNode);
  if (kind === K.Call && by(R.Callee)?.kind === K.Name && by(R.Callee)?.symbol === holes.deep) {
    const inner = by(R.Args)?.children[0];
    if (inner !== undefined) return { kind: K.Deep, role, symbol: '', children: [inner], list: false, hasDots: false };
  }
  if ((kind === K.Param || kind === K.VarDef) && children.some(isAnyType)) return simplified(kind, role, symbol, children.filter((child) => !isAnyType(child)));
  return { kind, role, symbol, children, list: listKinds.has(kind), hasDots: children.some(isManyDots) };
}

function isAnyType(node: PatternNode): boolean {
  return node.kind === K.Name && node.symbol === holes.anyType;
}
