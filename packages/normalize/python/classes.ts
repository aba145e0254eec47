import { op } from '#model/ir.ts';
import type { FunctionBuilder } from '../ir/function-builder.ts';
import type { Value } from '../ir/module-builder.ts';
import { decorated, marksOf } from './decorators.ts';
import { type FunctionShape, lowerBody, open, parametersOf } from './functions.ts';
import type { Lowering, OpenClass } from './lowering.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { typed } from './types.ts';

/** A class is the closure of its constructor; what its instances have hangs on its prototype. */
export function classDefinition(py: Lowering, node: Node, above: readonly Node[] = []): void {
  const { tree, build } = py;
  const name = tree.source(tree.field(node, 'name'));
  const marks = marksOf(py, above);
  const bases = basesOf(py, node);
  const init = initializerOf(py, node);
  const shape = constructorShape(py, node, { name, init });
  const made = open(py, shape);
  const value = build.emit(op.closure, py.span(node), made.index);
  for (const base of bases) build.emit(op.inherit, py.span(node), value, base);
  const type: OpenClass = { value, prototype: build.load(value, 'prototype', py.span(node)), bases, title: '', dataclass: marks.dataclass };
  build.store(type.prototype, '__init__', value, py.span(node));
  if (init < 0) implicitConstructor(py, { shape, made, type });
  classBody(py, node, type, init);
  if (init >= 0) py.inside({ ...py.frame, scope: py.scopes.at.get(node) ?? py.frame.scope }, () => lowerBody(py, shape, made, { method: type, yields: 'yield' }));
  py.write(name, decorated(py, value, marks), node);
}

/** `metaclass=` and other settings are read and say nothing. */
function basesOf(py: Lowering, node: Node): Value[] {
  const { tree } = py;
  return tree.children(tree.field(node, 'superclasses')).flatMap((base) => {
    const kind = tree.kind(base);
    if (kind === 'keyword_argument') py.expression(tree.field(base, 'value'));
    if (kind === 'keyword_argument' || kind === 'dictionary_splat' || kind === 'list_splat') return [];
    // `Generic[T]`, `View[Model]`: what stands in brackets is for checkers.
    const named = kind === 'subscript' ? tree.field(base, 'value') : base;
    return tree.source(named) === 'object' ? [] : [py.expression(named)];
  });
}

/** The definition of `__init__` in the body of a class. */
function initializerOf({ tree }: Lowering, node: Node): Node {
  const definitions = tree.children(tree.field(node, 'body')).map((child) => (tree.kind(child) === 'decorated_definition' ? tree.field(child, 'definition') : child));
  return definitions.findLast((child) => tree.kind(child) === 'function_definition' && tree.source(tree.field(child, 'name')) === '__init__') ?? -1;
}

function constructorShape(py: Lowering, node: Node, { name, init }: { name: string; init: Node }): FunctionShape {
  if (init < 0) return { name, node, kind: 'constructor', self: '', parameters: fieldsOf(py, node) };
  const [self, ...parameters] = parametersOf(py, py.tree.field(init, 'parameters'));
  return { name, node: init, kind: 'constructor', self: self?.name ?? '', parameters };
}

/** Annotated members of a class without a constructor are what its constructor takes: data classes, models. */
function fieldsOf(py: Lowering, node: Node): FunctionShape['parameters'] {
  const { tree } = py;
  return tree.children(tree.field(node, 'body')).flatMap((statement) => {
    const field = tree.child(statement, 'assignment');
    const [name, type] = [tree.field(field, 'left'), tree.field(field, 'type')];
    if (tree.kind(name) !== 'identifier' || type < 0 || /^(?:typing\.)?ClassVar\b/.test(tree.source(type))) return [];
    return [{ name: tree.source(name), node: name, type, fallback: -1, kind: 'plain' as const }];
  });
}

interface Implicit {
  readonly shape: FunctionShape;
  readonly made: FunctionBuilder;
  readonly type: OpenClass;
}

/** Keeps the fields it is given and hands everything to the constructors above. */
function implicitConstructor(py: Lowering, { shape, made, type }: Implicit): void {
  const span = py.span(shape.node);
  const self = made.emit(op.param, span, -1);
  py.inside({ ...py.frame, build: made, body: undefined, receiver: undefined, handlers: [], loops: [] }, () => {
    shape.parameters.forEach(({ name, node, type: hint }, at) => made.store(self, name, typed(py, made.emit(op.param, py.span(node), at), hint), py.span(node)));
    const own = type.bases.filter((base) => py.module.opOf(base) !== op.global);
    if (own.length === 0) return;
    const rest = made.emit(op.spread, span, made.emit(op.param, span, shape.parameters.length, 1));
    const named = made.emit(op.param, span, shape.parameters.length + 1, 2);
    for (const base of own) made.call(base, [rest, named], span, { receiver: self, keywords: ['**'] });
  });
}

function classBody(py: Lowering, node: Node, type: OpenClass, init: Node): void {
  const { tree } = py;
  const scope = py.scopes.at.get(node) ?? py.frame.scope;
  py.inside({ ...py.frame, scope, body: type, loops: [] }, () => {
    for (const statement of tree.children(tree.field(node, 'body'))) {
      const inner = tree.kind(statement) === 'decorated_definition' ? tree.field(statement, 'definition') : statement;
      if (inner !== init || init < 0) py.statement(statement);
    }
  });
}
