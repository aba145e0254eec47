import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import type { Lowering } from './lowering.ts';
import type { Block } from '../ir/function-builder.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { assign } from './targets.ts';

/** `[body for x in xs if test]`: a loop that fills a list. */
export function comprehension(py: Lowering, node: Node): Value {
  const list = py.build.emit(py.tree.kind(node) === 'dictionary_comprehension' ? op.object : op.array, py.span(node));
  const body = py.tree.field(node, 'body');
  loop(py, node, () => {
    if (py.tree.kind(body) !== 'pair') return py.addTo(list, py.expression(body), body);
    const key = py.expression(py.tree.field(body, 'key'));
    py.setItem(list, key, py.expression(py.tree.field(body, 'value')), body);
  });
  return list;
}

/** What goes over it gets its elements; it is made at once. */
export function generator(py: Lowering, node: Node): Value {
  return comprehension(py, node);
}

function loop(py: Lowering, node: Node, body: () => void): void {
  const { tree } = py;
  const scope = py.scopes.at.get(node) ?? py.frame.scope;
  const clauses = tree.children(node).filter((child) => tree.kind(child) === 'for_in_clause' || tree.kind(child) === 'if_clause');
  const [first] = clauses;
  const over = first === undefined ? [] : tree.fieldNodes(first, 'right').map((one) => py.expression(one));
  const inner = { ...py.frame, scope, body: undefined };
  py.inside(inner, () => {
    const headers: { readonly header: Block; readonly exit: Block }[] = [];
    let skips: Block[] = [];
    clauses.forEach((clause, at) => {
      if (tree.kind(clause) === 'for_in_clause') {
        const values = at === 0 ? over : tree.fieldNodes(clause, 'right').map((one) => py.expression(one));
        headers.push(enterLoop(py, clause, values));
      } else {
        const { yes, no } = py.condition(tree.child(clause));
        skips = [...skips, no];
        py.build.enter(yes);
      }
    });
    body();
    leaveLoops(py, headers, skips);
  });
}

function enterLoop(py: Lowering, clause: Node, over: readonly Value[]): { readonly header: Block; readonly exit: Block } {
  const { build, tree } = py;
  const header = build.block();
  build.jump(header);
  build.enter(header);
  const { yes, no } = build.branch(py.unknown(clause), [], py.span(clause));
  build.enter(yes);
  const elements = over.map((one) => build.emit(op.element, py.span(clause), one));
  const [only] = elements;
  if (only !== undefined) assign(py, tree.field(clause, 'left'), elements.length === 1 ? only : py.list(elements, clause));
  return { header, exit: no };
}

/** What a condition leaves out goes on with the innermost loop. */
function leaveLoops(py: Lowering, loops: readonly { readonly header: Block; readonly exit: Block }[], skips: readonly Block[]): void {
  const { build } = py;
  const innermost = loops.at(-1);
  if (innermost === undefined) return;
  build.jump(innermost.header);
  for (const skip of skips) {
    build.enter(skip);
    build.jump(innermost.header);
  }
  for (const { header, exit } of loops.toReversed()) {
    build.seal(header);
    build.enter(exit);
    const outer = loops[loops.findIndex((one) => one.header === header) - 1];
    if (outer !== undefined) build.jump(outer.header);
  }
}
