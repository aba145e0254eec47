import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import type { BodyStatement, NodeOf, PlainNode } from './estree.ts';
import { bodyOf } from './functions.ts';
import { nameOf, rootOf } from './import-names.ts';
import { type Lowering, newFrame } from './lowering.ts';

type Enum = NodeOf<BodyStatement, 'TSEnumDeclaration'>;

/** An object whose members are constants where nothing else is said. */
export function enumDeclaration(js: Lowering, node: Enum): void {
  const made = existing(js, node.id.name, node);
  js.write(node.id.name, made, node);
  if (node.declare) return;
  let next: Value | undefined = js.module.literal('number', '0');
  for (const { id, initializer } of node.body.members) {
    const value: Value = initializer === null ? (next ?? js.unknown(node)) : js.expression(initializer);
    const name = id.type === 'TemplateLiteral' ? (id.quasis[0]?.value.cooked ?? '') : nameOf(id);
    js.build.store(made, name, value, id);
    next = js.module.constantOf(value)?.kind === 'number' ? js.build.arithmetic('+', value, js.module.literal('number', '1'), id) : undefined;
  }
}

/** Declarations of one name add to one object. */
function existing(js: Lowering, name: string, node: PlainSpan): Value {
  const binding = js.scope.resolve(name);
  const before = binding !== undefined && binding.writes > 1 ? js.read(name, node) : undefined;
  const first = before === undefined || js.module.constantOf(before) !== undefined;
  return first ? js.build.emit(op.object, node) : before;
}

interface PlainSpan {
  readonly start: number;
  readonly end: number;
}

/** A namespace is an object with what its body exports. */
export function namespaceDeclaration(js: Lowering, node: NodeOf<BodyStatement, 'TSModuleDeclaration'>): void {
  if (node.declare || node.body === null || (node.id.type !== 'Identifier' && node.id.type !== 'TSQualifiedName') || node.kind === 'global') return;
  const root = node.id.type === 'Identifier' ? node.id.name : rootOf(node.id as unknown as PlainNode);
  let made = existing(js, root, node);
  js.write(root, made, node);
  for (const part of partsOf(node.id as unknown as PlainNode).slice(1)) {
    const inner = js.build.emit(op.object, node);
    js.build.store(made, part, inner, node);
    made = inner;
  }
  const scope = js.scopes.of.get(node) ?? js.scope;
  js.builders.set(scope, js.build);
  const { body } = node.body;
  js.inside({ ...newFrame(js.build, undefined), later: js.frame.later, handlers: js.frame.handlers }, scope, () => {
    bodyOf(js, body.map((one) => (one.type === 'ExportNamedDeclaration' && one.declaration !== null ? one.declaration : one)));
    for (const name of scope.names()) js.build.store(made, name, js.read(name, node), node);
  });
}

function partsOf(name: PlainNode): string[] {
  const parts: string[] = [];
  let at = name;
  while (at.type === 'TSQualifiedName') {
    parts.push(String((at['right'] as PlainNode)['name']));
    at = at['left'] as PlainNode;
  }
  return [String(at['name']), ...parts.toReversed()];
}
