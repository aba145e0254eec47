import { type CodeTree, K, R } from '#model/code-tree.ts';
import { CodeBuilder } from './code-builder.ts';
import { children, type EsNode, everyChild, isNode } from './es-node.ts';
import { declarations } from './script-declarations.ts';
import { expressions } from './script-expressions.ts';
import { markup } from './script-markup.ts';
import { statements } from './script-statements.ts';

/** Puts one node of ESTree into the tree that is being built. */
export type Lowering = (into: ScriptLowering, node: EsNode, role: number) => void;

const lowerings = new Map<string, Lowering>(Object.entries({ ...expressions, ...statements, ...declarations, ...markup }));

/** ESTree to the form in which patterns meet programs. */
export class ScriptLowering extends CodeBuilder {
  put(node: EsNode | undefined, role: number): void {
    if (node === undefined || this.tooDeep(role, node.start, node.end)) return;
    const lowering = lowerings.get(node.type);
    this.level++;
    if (lowering !== undefined) lowering(this, node, role);
    else this.putOther(node, role);
    this.level--;
  }

  /** A record: an open node with children by role. */
  record(kind: number, role: number, node: EsNode, parts: readonly (readonly [EsNode | undefined, number])[], symbol = ''): void {
    this.open(kind, role, node.start, node.end, symbol);
    for (const [part, partRole] of parts) this.put(part, partRole);
    this.close();
  }

  list(kind: number, role: number, nodes: readonly EsNode[], start: number, end: number): void {
    this.open(kind, role, start, end);
    for (const node of nodes) this.put(node, R.None);
    this.close();
  }

  name(node: EsNode, role: number, symbol: string): void {
    this.leaf(K.Name, role, node.start, node.end, symbol);
  }

  /** Statements; one that stands alone is a block of one. */
  block(node: EsNode | undefined, role: number): void {
    if (node === undefined) return;
    if (node.type === 'BlockStatement' || node.type === 'FunctionBody') this.list(K.Block, role, children(node, 'body'), node.start, node.end);
    else if (node.type === 'EmptyStatement') this.leaf(K.Block, role, node.start, node.end);
    else this.list(K.Block, role, [node], node.start, node.end);
  }

  attributes(words: readonly string[], decorators: readonly EsNode[], node: EsNode): void {
    if (words.length === 0 && decorators.length === 0) return;
    this.open(K.Attributes, R.Attributes, decorators[0]?.start ?? node.start, decorators.at(-1)?.end ?? node.start);
    for (const decorator of decorators) this.put(decorator, R.None);
    for (const each of words) this.leaf(K.Other, R.None, node.start, node.start, each);
    this.close();
  }

  private putOther(node: EsNode, role: number): void {
    const below = everyChild(node);
    if (below.length === 0) return this.leaf(K.Other, role, node.start, node.end, this.text.slice(node.start, node.end));
    this.open(K.Other, role, node.start, node.end, node.type);
    for (const each of below) this.put(each, R.None);
    this.close();
  }
}

/** `partial`: the parser met errors. */
export function lowerScript(language: string, text: string, program: unknown, partial: boolean): CodeTree {
  const into = new ScriptLowering(language, text);
  into.open(K.Program, R.None, 0, text.length);
  if (isNode(program)) for (const statement of children(program, 'body')) into.put(statement, R.None);
  into.close();
  if (partial) into.markPartial();
  return into.finish();
}
