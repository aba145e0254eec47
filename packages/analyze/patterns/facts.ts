import { type CodeTree, K, R } from '#model/code-tree.ts';
import { type Aliases, findAliases } from './aliases.ts';
import { valueBefore } from './earlier-values.ts';
import { requiredBy } from './import-forms.ts';
import { childBy, findScopes, implicitGlobals, type Scopes, symbolOf, type Variable } from './scopes.ts';

/** A constant that an expression is known to be. */
export interface Constant {
  /** `K.Str`, `K.Num`, `K.Bool` or `K.Null`. */
  readonly kind: number;
  readonly text: string;
}

/** The nodes that are constant texts, ascending, and these texts. */
interface ConstantTexts {
  readonly nodes: readonly number[];
  readonly values: ReadonlySet<string>;
}

const deepest = 30;
/** A constant longer than this is not put together. */
const longest = 100_000;

/** What is known of one tree besides its form; each part is made when it is first asked for. */
export class TreeFacts {
  readonly tree: CodeTree;
  /** Comparisons, and steps of data, that rules took on this tree. */
  steps = 0;
  private scopeTable: Scopes | undefined;
  private aliasTable: Aliases | undefined;
  private nodeIndex: NodeIndex | undefined;
  /** Parts of the paths of what is imported. */
  private meant: ReadonlySet<string> | undefined;
  private sources: ReadonlySet<string> | undefined;
  private required: readonly number[] | undefined;
  private globals: ReadonlyMap<string, Variable> | undefined;
  private constantTexts: ConstantTexts | undefined;
  private readonly constants = new Map<number, Constant | null>();

  constructor(tree: CodeTree) {
    this.tree = tree;
  }

  get scopes(): Scopes {
    return (this.scopeTable ??= findScopes(this.tree));
  }

  /** Names of the file and what they were imported as: `cp` is `child_process`, `exec` is `child_process`, `exec`. */
  get aliases(): Aliases {
    return (this.aliasTable ??= findAliases(this.tree));
  }

  get index(): NodeIndex {
    return (this.nodeIndex ??= indexNodes(this.tree, this.aliases));
  }

  variable(node: number): Variable | undefined {
    const { tree } = this;
    if (tree.kind[node] === K.Name) return this.scopes.resolve(symbolOf(tree, node), node) ?? this.implicit(symbolOf(tree, node));
    if (tree.kind[node] !== K.Member) return undefined;
    const name = symbolOf(tree, childBy(tree, node, R.Name));
    const object = childBy(tree, node, R.Object);
    const owner = tree.kind[object] === K.Name ? symbolOf(tree, object) : '';
    if (owner === 'this' || owner === 'self') return this.scopes.memberOf(this.scopes.enclosingClass(node), name);
    const declared = owner === '' ? undefined : this.scopes.resolve(owner, object);
    return declared !== undefined && tree.kind[declared.declaration] === K.Class ? this.scopes.memberOf(declared.declaration, name) : undefined;
  }

  /** In JavaScript, what is assigned and declared nowhere is a variable of all. */
  private implicit(name: string): Variable | undefined {
    if (this.tree.language !== 'javascript') return undefined;
    this.globals ??= implicitGlobals(this.tree, this.index.byKind(K.Assign), this.scopes);
    return this.globals.get(name);
  }

  /** Whether a module, or a part of it, is named as the source of an import. */
  imports(module: string): boolean {
    const { tree } = this;
    this.sources ??= new Set([...this.index.byKind(K.Import).map((node) => symbolOf(tree, childBy(tree, node, R.Source))), ...this.requires.map((node) => symbolOf(tree, requiredBy(tree, node)))]);
    if (this.sources.has(module)) return true;
    for (const source of this.sources) if (source.startsWith(`${module}/`)) return true;
    return false;
  }

  /** Declarations by which `require` imports a module as a whole, ascending. */
  get requires(): readonly number[] {
    const { tree, index } = this;
    return (this.required ??= index.byHead(K.Call, 'require').map((call) => tree.parent[call] as number).filter((node) => tree.kind[node] === K.VarDef && requiredBy(tree, node) !== -1));
  }

  /** Where a name stands, ascending; undefined for one that may be meant where it is not written. */
  placesOfName(name: string): readonly (readonly number[])[] | undefined {
    this.meant ??= new Set(this.aliases.paths().flat().flatMap((part) => [part, part.slice(part.lastIndexOf('/') + 1)]));
    return this.meant.has(name) ? undefined : [this.index.byHead(K.Name, name)];
  }

  /** All that is known to be a constant text. */
  get texts(): ConstantTexts {
    return (this.constantTexts ??= this.findTexts());
  }

  private findTexts(): ConstantTexts {
    const values = new Set<string>();
    const nodes = this.index.byKinds([K.Str, K.Name, K.Member, K.Binary, K.Template]).filter((node) => {
      const constant = this.constant(node);
      if (constant?.kind === K.Str) values.add(constant.text);
      return constant?.kind === K.Str;
    });
    return { nodes, values };
  }

  /** The node that declares what a name stands for; undefined for what is no name, or declared elsewhere. */
  declarationOf(node: number): number | undefined {
    const { tree } = this;
    const variable = tree.kind[node] === K.Name ? this.scopes.resolve(symbolOf(tree, node), node) : undefined;
    if (variable === undefined || variable.writes.length === 1) return variable?.declaration;
    // One that is declared again is another from there on.
    return variable.writes.findLast((write) => write <= node && tree.kind[write] === K.VarDef) ?? variable.declaration;
  }

  /** The constant behind an expression; undefined when it is none, or not known. */
  constant(node: number, depth = 0): Constant | undefined {
    const known = this.constants.get(node);
    if (known !== undefined) return known ?? undefined;
    if (depth > deepest) return undefined;
    this.constants.set(node, null);
    const found = this.fold(node, depth);
    this.constants.set(node, found ?? null);
    return found;
  }

  private fold(node: number, depth: number): Constant | undefined {
    const { tree } = this;
    const kind = tree.kind[node] as number;
    switch (kind) {
      case K.Str:
      case K.Num:
      case K.Bool:
      case K.Null:
        return { kind, text: symbolOf(tree, node) };
      case K.Name:
      case K.Member: {
        // What a class of Python has may be another one's in what it is asked of.
        const variable = kind === K.Member && tree.language === 'python' ? undefined : this.variable(node);
        const value = variable === undefined ? -1 : valueBefore(tree, variable, node);
        return value === -1 ? undefined : this.constant(value, depth + 1);
      }
      case K.Binary:
        return symbolOf(tree, node) === '+' ? this.sum(this.constant(childBy(tree, node, R.Left), depth + 1), this.constant(childBy(tree, node, R.Right), depth + 1)) : undefined;
      case K.Unary: {
        const operand = this.constant(node + 1, depth + 1);
        return symbolOf(tree, node) === '-' && operand?.kind === K.Num ? { kind: K.Num, text: `-${operand.text}` } : undefined;
      }
      case K.Template:
        return this.parts(node, depth);
      default:
        return undefined;
    }
  }

  private sum(left: Constant | undefined, right: Constant | undefined): Constant | undefined {
    if (left === undefined || right === undefined || left.text.length + right.text.length > longest) return undefined;
    if (left.kind === K.Str || right.kind === K.Str) return { kind: K.Str, text: left.text + right.text };
    return left.kind === K.Num && right.kind === K.Num ? { kind: K.Num, text: String(Number(left.text) + Number(right.text)) } : undefined;
  }

  private parts(node: number, depth: number): Constant | undefined {
    const { tree } = this;
    let text = '';
    for (let part = node + 1; part < (tree.next[node] as number); part = tree.next[part] as number) {
      const value = this.constant(part, depth + 1);
      if (value === undefined || text.length > longest) return undefined;
      text += value.text;
    }
    return { kind: K.Str, text };
  }
}

/** Nodes by kind, and by kind and head (the last name of what is called, the member's name). */
export interface NodeIndex {
  byKind(kind: number): readonly number[];
  byHead(kind: number, head: string): readonly number[];
  /** Those of several kinds, ascending; made once. */
  byKinds(kinds: readonly number[]): readonly number[];
  byHeads(kinds: readonly number[], head: string): readonly number[];
  /** The file has this name, literal or operator, or imports it. */
  has(symbol: string): boolean;
}

const none: readonly number[] = [];

function indexNodes(tree: CodeTree, aliases: Aliases): NodeIndex {
  const kinds: number[][] = [];
  const heads = new Map<string, number[]>();
  for (let node = 0; node < tree.size; node++) {
    const kind = tree.kind[node] as number;
    (kinds[kind] ??= []).push(node);
    const head = headOf(tree, node);
    if (head === undefined) continue;
    put(heads, `${kind} ${head}`, node);
    for (const other of new Set(aliases.everywhere(head).map((path) => path.at(-1)))) if (other !== undefined && other !== head) put(heads, `${kind} ${other}`, node);
  }
  const symbols = new Set([...tree.symbols, ...aliases.paths().flat().flatMap((part) => [part, part.slice(part.lastIndexOf('/') + 1)])]);
  const known = new Map<string, readonly number[]>();
  const joined = (key: string, lists: readonly (readonly number[])[]): readonly number[] => {
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = merged(lists)));
    return found;
  };
  const byKind = (kind: number): readonly number[] => kinds[kind] ?? none;
  const byHead = (kind: number, head: string): readonly number[] => heads.get(`${kind} ${head}`) ?? none;
  return {
    byKind,
    byHead,
    byKinds: (all) => joined(all.join(), all.map(byKind)),
    byHeads: (all, head) => joined(`${all.join()} ${head}`, all.map((kind) => byHead(kind, head))),
    has: (symbol) => symbols.has(symbol),
  };
}

function merged(lists: readonly (readonly number[])[]): readonly number[] {
  const full = lists.filter((list) => list.length > 0);
  if (full.length <= 1) return full[0] ?? none;
  return [...new Set(full.flat())].sort((a, b) => a - b);
}

function put(map: Map<string, number[]>, key: string, node: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [node]);
  else list.push(node);
}

function headOf(tree: CodeTree, node: number): string | undefined {
  switch (tree.kind[node]) {
    case K.Call:
    case K.New:
      return tailName(tree, childBy(tree, node, R.Callee));
    case K.Member:
      return tailName(tree, node);
    case K.Name:
      return symbolOf(tree, node);
    default:
      return undefined;
  }
}

function tailName(tree: CodeTree, node: number): string | undefined {
  if (node === -1) return undefined;
  if (tree.kind[node] === K.Name) return symbolOf(tree, node);
  if (tree.kind[node] === K.Generic) return tailName(tree, node + 1);
  if (tree.kind[node] !== K.Member) return undefined;
  const name = childBy(tree, node, R.Name);
  return name !== -1 && tree.kind[name] === K.Name ? symbolOf(tree, name) : undefined;
}
