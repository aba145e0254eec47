import { type CodeTree, K, R, statementKinds } from '#model/code-tree.ts';
import { namesPart } from './import-forms.ts';
import type { Frame, PatternShape } from './languages/shape.ts';
import { prepare, type Prepared } from './pattern-text.ts';
import { type PatternNode, patternNode } from './pattern-tree.ts';
import { childBy } from './scopes.ts';

/** A pattern that is ready to be looked for: one node, or a run of statements. */
export interface CompiledPattern {
  readonly parts: readonly PatternNode[];
  /** It is one expression that a semicolon makes a statement: what it matches is the statement that has it. */
  readonly isStatement: boolean;
  /** The names and operators without which nothing can match. */
  readonly needs: readonly string[];
  /** The texts that some constant must be. */
  readonly texts: readonly string[];
  /** The modules that must be imported, or parts of them. */
  readonly modules: readonly string[];
}

/** The text of a pattern is no program of its language, whatever stands round it. */
class PatternInvalid extends Error {
  override readonly name = 'PatternInvalid';
}

/** Gives the tree of a text, with `partial` set when it has errors; undefined when there is none. */
export type ParseCode = (text: string) => CodeTree | undefined;

/** Patterns of one language, compiled once. */
export class PatternCompiler {
  private readonly shape: PatternShape;
  private readonly parse: ParseCode;
  private readonly known = new Map<string, CompiledPattern | PatternInvalid>();

  constructor(shape: PatternShape, parse: ParseCode) {
    this.shape = shape;
    this.parse = parse;
  }

  compile(text: string): CompiledPattern {
    let found = this.known.get(text);
    if (found === undefined) this.known.set(text, (found = this.tryFrames(text)));
    if (found instanceof PatternInvalid) throw found;
    return found;
  }

  /** Why a text is no pattern; undefined where it is one. */
  mistakeIn(text: string): string | undefined {
    try {
      this.compile(text);
      return undefined;
    } catch (error) {
      if (error instanceof PatternInvalid) return error.message;
      throw error;
    }
  }

  private tryFrames(text: string): CompiledPattern | PatternInvalid {
    const { shape } = this;
    const prepared = prepare(text.trim(), shape.holes);
    for (const frame of shape.frames) {
      if (frame.fits?.(text) === false) continue;
      const tree = this.parse(`${frame.before}${prepared.text}${frame.after}`);
      if (tree === undefined || tree.partial) continue;
      const parts = partsOf(tree, frame, prepared);
      if (parts.length > 0) return { parts, isStatement: isStatement(text, parts), ...needsOf(parts) };
    }
    return new PatternInvalid(`not a pattern of this language: ${text.slice(0, 200)}`);
  }
}

function isStatement(text: string, [first, ...more]: readonly PatternNode[]): boolean {
  return more.length === 0 && first !== undefined && !statementKinds.has(first.kind) && /;\s*$/.test(text);
}

function partsOf(tree: CodeTree, frame: Frame, prepared: Prepared): PatternNode[] {
  const nodes = framed(tree, frame);
  const parts = nodes.map((node) => patternNode(tree, node, prepared.typed));
  const [only] = parts;
  // `{...}` as the pattern for members of a literal or a class: in any order, others beside them.
  if (parts.length > 1 && (frame.part === 'object' || frame.part === 'class-body')) {
    return [{ kind: frame.part === 'object' ? K.Object : K.ClassBody, role: 0, symbol: '', children: parts, list: true, hasDots: true }];
  }
  return parts.length === 1 && only !== undefined ? [only] : parts;
}

/** The nodes that are the pattern, its frame taken off. */
function framed(tree: CodeTree, { part }: Frame): number[] {
  const top = childrenOf(tree, 0);
  const find = (kind: number, from = 0): number => {
    for (let at = from; at < tree.size; at++) if (tree.kind[at] === kind) return at;
    return -1;
  };
  const below = (node: number): number[] => (node === -1 ? [] : childrenOf(tree, node));
  switch (part) {
    case 'program':
      return top;
    case 'first':
      return top.slice(0, 1);
    case 'body': {
      const own = find(K.Function);
      return own === -1 ? [] : below(childBy(tree, own, R.Body));
    }
    case 'value': {
      const own = find(K.VarDef);
      const value = own === -1 ? -1 : childBy(tree, own, R.Init);
      return value === -1 ? [] : [value];
    }
    case 'class-body':
      return below(find(K.ClassBody));
    case 'object':
      return below(find(K.Object));
    case 'cases': {
      const own = find(K.Switch);
      return own === -1 ? [] : below(childBy(tree, own, R.Items));
    }
    case 'arguments':
      return below(find(K.Args)).slice(0, 1);
    case 'attributes':
      return below(find(K.Attributes));
  }
}

function childrenOf(tree: CodeTree, node: number): number[] {
  const children: number[] = [];
  for (let child = node + 1; child < (tree.next[node] as number); child = tree.next[child] as number) children.push(child);
  return children;
}

const needed: ReadonlySet<number> = new Set([K.Name]);

/** Names and constant texts that the program must have for the pattern to match; those in optional parts do not count. */
function needsOf(parts: readonly PatternNode[]): Omit<CompiledPattern, 'parts' | 'isStatement'> {
  const names = new Set<string>();
  const texts = new Set<string>();
  const modules = new Set<string>();
  const visit = (node: PatternNode): void => {
    if (needed.has(node.kind) && !namesPart(node)) names.add(node.symbol);
    if (node.kind === K.Str && node.text?.kind === 'exact') (node.role === R.Source ? modules : texts).add(node.text.text);
    if (node.kind !== K.Deep || node.children[0]?.kind !== K.Name) for (const child of node.children) if (child.role !== R.Type && child.role !== R.Super) visit(child);
  };
  for (const part of parts) visit(part);
  return { needs: [...names], texts: [...texts], modules: [...modules] };
}
