import { type CodeTree, K } from '#model/code-tree.ts';

/** What one metavariable stands for: nodes (several for `$...ARGS`), or a piece of text. */
export interface Binding {
  readonly name: string;
  /** First node; -1 for mere text. */
  readonly node: number;
  /** Last node of a run of siblings; `node` when it is one; -1 for none. */
  readonly last: number;
  readonly start: number;
  readonly end: number;
  /** Set when it is the inside of a string, or a constant. */
  readonly text: string | undefined;
  /** The text is the constant behind a name or expression. */
  readonly constant?: true;
  readonly next: Environment;
}

/** Bindings, newest first. */
export type Environment = Binding | undefined;

export function lookUp(environment: Environment, name: string): Binding | undefined {
  for (let at = environment; at !== undefined; at = at.next) if (at.name === name) return at;
  return undefined;
}

/** Both bind the same names to the same places. */
export function sameEnvironment(a: Environment, b: Environment): boolean {
  let size = 0;
  for (let at = a; at !== undefined; at = at.next) {
    const other = lookUp(b, at.name);
    if (other === undefined || other.start !== at.start || other.end !== at.end || other.text !== at.text) return false;
    size++;
  }
  for (let at = b; at !== undefined; at = at.next) size--;
  return size === 0;
}

export function textOf(tree: CodeTree, binding: Binding): string {
  return binding.text ?? tree.text.slice(binding.start, binding.end);
}

/** Two subtrees of one or two files say the same. */
export function sameCode(tree: CodeTree, a: number, b: number, other: CodeTree = tree): boolean {
  if (a === b && tree === other) return true;
  const size = (tree.next[a] as number) - a;
  if (size !== (other.next[b] as number) - b) return false;
  for (let at = 0; at < size; at++) {
    if (tree.kind[a + at] !== other.kind[b + at]) return false;
    if (at > 0 && tree.role[a + at] !== other.role[b + at]) return false;
    if (tree === other ? tree.symbol[a + at] !== tree.symbol[b + at] : tree.symbols[tree.symbol[a + at] as number] !== other.symbols[other.symbol[b + at] as number]) return false;
    if ((tree.next[a + at] as number) - a !== (other.next[b + at] as number) - b) return false;
  }
  return true;
}

/** Both stand for the same: as code, or as text where one is the inside of a string. */
export function sameBinding(tree: CodeTree, a: Binding, b: Binding): boolean {
  if (a.start === b.start && a.end === b.end && a.text === b.text) return true;
  if (a.text !== undefined || b.text !== undefined) return plainText(tree, a) === plainText(tree, b);
  if (a.node === -1 || b.node === -1) return textOf(tree, a) === textOf(tree, b);
  const [ofA, ofB] = [nodesOf(tree, a), nodesOf(tree, b)];
  return ofA.length === ofB.length && ofA.every((node, at) => sameCode(tree, node, ofB[at] as number));
}

function plainText(tree: CodeTree, binding: Binding): string {
  if (binding.text !== undefined) return binding.text;
  return binding.node !== -1 && tree.kind[binding.node] === K.Str ? (tree.symbols[tree.symbol[binding.node] as number] as string) : textOf(tree, binding);
}

export function nodesOf(tree: CodeTree, binding: Binding): number[] {
  const nodes: number[] = [];
  if (binding.node === -1 || binding.last === -1) return nodes;
  for (let node = binding.node; node <= binding.last; node = tree.next[node] as number) nodes.push(node);
  return nodes;
}

/** All that both bind, if they agree where both do. */
export function joined(tree: CodeTree, a: Environment, b: Environment): { readonly environment: Environment } | undefined {
  let environment = a;
  for (let at = b; at !== undefined; at = at.next) {
    const known = lookUp(a, at.name);
    if (known === undefined) environment = { ...at, next: environment };
    else if (!sameBinding(tree, known, at)) return undefined;
  }
  return { environment };
}
