import { K, R } from '#model/code-tree.ts';
import { child, children, type EsNode, word } from './es-node.ts';
import type { Lowering, ScriptLowering } from './script-code.ts';

const through =
  (property: string): Lowering =>
  (into, node, role) =>
    into.put(child(node, property), role);

/** JSX. */
export const markup: Record<string, Lowering> = {
  JSXElement: element,
  JSXFragment: element,
  JSXIdentifier: (into, node, role) => into.name(node, role, word(node, 'name')),
  JSXNamespacedName: (into, node, role) => into.name(node, role, into.text.slice(node.start, node.end)),
  JSXMemberExpression: (into, node, role) => into.record(K.Member, role, node, [[child(node, 'object'), R.Object], [child(node, 'property'), R.Name]]),
  JSXAttribute: (into, node, role) => into.record(K.Attribute, role, node, [[child(node, 'name'), R.Name], [child(node, 'value'), R.Value]]),
  JSXSpreadAttribute: (into, node, role) => into.record(K.Spread, role, node, [[child(node, 'argument'), R.Operand]]),
  JSXExpressionContainer: through('expression'),
  JSXSpreadChild: through('expression'),
  JSXEmptyExpression: () => undefined,
  JSXText: (into, node, role) => {
    const text = into.text.slice(node.start, node.end).trim();
    if (text !== '') into.leaf(K.Str, role, node.start, node.end, text);
  },
};

function element(into: ScriptLowering, node: EsNode, role: number): void {
  const opening = child(node, 'openingElement');
  into.open(K.Element, role, node.start, node.end);
  if (opening !== undefined) {
    into.put(child(opening, 'name'), R.Name);
    into.list(K.Attributes, R.Attributes, children(opening, 'attributes'), opening.start, opening.end);
  }
  into.list(K.List, R.Items, children(node, 'children'), opening?.end ?? node.start, node.end);
  into.close();
}
