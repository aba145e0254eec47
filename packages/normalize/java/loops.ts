import { op } from '#model/ir.ts';
import type { Block } from '../ir/function-builder.ts';
import { declareLocal } from './assignments.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { arrayOf, elementOf, type JavaType } from './java-type.ts';
import type { Lowering, StatementRule } from './lowering.ts';
import { dimensionsOf, typeOf } from './type-nodes.ts';

const loopKinds: ReadonlySet<string> = new Set(['while_statement', 'do_statement', 'for_statement', 'enhanced_for_statement']);

interface Loop {
  /** Goes to the body where the loop goes on, and to the second block where it ends; without one it goes on. */
  readonly enter: (() => { readonly yes: Block; readonly no: Block }) | undefined;
  readonly body: () => void;
  readonly update?: () => void;
  readonly label: string | undefined;
}

function loop(java: Lowering, { enter, body, update, label }: Loop): void {
  const { build } = java;
  const [header, next, after] = [build.block(), build.block(), build.block()];
  build.jump(header);
  build.enter(header);
  if (enter !== undefined) {
    const { yes, no } = enter();
    build.enter(no);
    build.jump(after);
    build.enter(yes);
  }
  java.frame.within({ kind: 'loop', label, after, next }, body);
  build.jump(next);
  build.seal(next);
  build.enter(next);
  update?.();
  build.jump(header);
  build.seal(header);
  build.seal(after);
  build.enter(after);
}

function whileLoop(java: Lowering, node: Node, label: string | undefined): void {
  const { tree } = java;
  loop(java, { label, enter: () => java.condition(tree.field(node, 'condition')), body: () => java.statement(tree.field(node, 'body')) });
}

function doLoop(java: Lowering, node: Node, label: string | undefined): void {
  const { build, tree } = java;
  const [header, next, after] = [build.block(), build.block(), build.block()];
  build.jump(header);
  build.enter(header);
  java.frame.within({ kind: 'loop', label, after, next }, () => java.statement(tree.field(node, 'body')));
  build.jump(next);
  build.seal(next);
  build.enter(next);
  if (build.reachable) {
    const { yes, no } = java.condition(tree.field(node, 'condition'));
    build.enter(yes);
    build.jump(header);
    build.enter(no);
  }
  build.jump(after);
  build.seal(header);
  build.seal(after);
  build.enter(after);
}

function forLoop(java: Lowering, node: Node, label: string | undefined): void {
  const { tree } = java;
  java.frame.scoped(() => {
    for (const one of tree.fieldNodes(node, 'init')) java.statement(one);
    const condition = tree.field(node, 'condition');
    loop(java, {
      label,
      enter: condition < 0 ? undefined : () => java.condition(condition),
      body: () => java.statement(tree.field(node, 'body')),
      update: () => {
        if (java.build.reachable) for (const one of tree.fieldNodes(node, 'update')) java.held(one);
      },
    });
  });
}

function eachLoop(java: Lowering, node: Node, label: string | undefined): void {
  const { tree, build } = java;
  const [name, iterated] = [tree.field(node, 'name'), tree.field(node, 'value')];
  java.frame.scoped(() => {
    const all = java.held(iterated);
    const stated = typeOf(java, tree.field(node, 'type'));
    const dimensions = dimensionsOf(java, tree.field(node, 'dimensions'));
    const type: JavaType | undefined = stated === undefined ? (elementOf(all.type) ?? all.type?.arguments[0]) : arrayOf(stated, dimensions);
    loop(java, {
      label,
      enter: () => build.branch(build.emit(op.unknown, java.span(iterated)), [], java.span(iterated)),
      body: () => {
        const element = build.emit(op.element, java.span(iterated), all.value);
        const local = declareLocal(java, tree.source(name), type);
        build.write(local.variable, java.typed(element, type, name));
        java.statement(tree.field(node, 'body'));
      },
    });
  });
}

function anyLoop(java: Lowering, node: Node, label: string | undefined): void {
  const kind = java.tree.kind(node);
  if (kind === 'while_statement') whileLoop(java, node, label);
  else if (kind === 'do_statement') doLoop(java, node, label);
  else if (kind === 'for_statement') forLoop(java, node, label);
  else eachLoop(java, node, label);
}

const labelled: StatementRule = (java, node) => {
  const { build, tree } = java;
  const [name = -1, inner = -1] = tree.children(node);
  const label = tree.source(name);
  if (loopKinds.has(tree.kind(inner))) {
    anyLoop(java, inner, label);
    return;
  }
  const after = build.block();
  java.frame.within({ kind: 'labelled', label, after, next: undefined }, () => java.statement(inner));
  build.jump(after);
  build.seal(after);
  build.enter(after);
};

export const loopRules: Readonly<Record<string, StatementRule>> = {
  ...Object.fromEntries([...loopKinds].map((kind) => [kind, ((java, node) => anyLoop(java, node, undefined)) as StatementRule])),
  labeled_statement: labelled,
};
