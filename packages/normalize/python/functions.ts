import { type IrFunction, op } from '#model/ir.ts';
import type { FunctionBuilder } from '../ir/function-builder.ts';
import type { Value } from '../ir/module-builder.ts';
import type { Frame, Lowering, OpenClass } from './lowering.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { decorated, type Marks, marksOf } from './decorators.ts';
import { endOfBody, leave, nameParams, returnCondition } from './exits.ts';
import { typed } from './types.ts';
import { assign } from './targets.ts';

export interface Parameter {
  readonly name: string;
  readonly node: Node;
  readonly type: Node;
  /** Value where nothing is passed; made where the function is defined. */
  readonly fallback: Value;
  readonly kind: 'plain' | 'rest' | 'keywords';
}

/** What a function is, before its body is read. */
export interface FunctionShape {
  readonly name: string;
  readonly node: Node;
  readonly kind: IrFunction['kind'];
  /** The name of the receiver; empty when it has none. */
  readonly self: string;
  readonly parameters: readonly Parameter[];
  /** Names of those that are numbers, whatever comes in. */
  readonly numbers?: ReadonlySet<string>;
}

/** `def` and what stands above it. */
export function definition(py: Lowering, node: Node, above: readonly Node[] = []): void {
  const name = py.tree.source(py.tree.field(node, 'name'));
  const { body } = py.frame;
  const marks = marksOf(py, above);
  const shape = shapeOf(py, node, name, marks);
  const closure = lowerFunction(py, shape, marks);
  const value = decorated(py, closure, marks);
  if (body === undefined) py.write(name, value, node);
  else method(py, body, { name, value, marks, node });
}

/** Methods are found through instances; static ones through the class as well. */
function method(py: Lowering, body: OpenClass, { name, value, marks, node }: { name: string; value: Value; marks: Marks; node: Node }): void {
  const binding = py.frame.scope.resolve(name);
  if (binding !== undefined) py.build.write(py.variable(binding), value, py.span(node));
  if (marks.static || marks.class) py.attribute(body, name, value, node);
  else py.build.store(body.prototype, name, value, py.span(node));
}

function shapeOf(py: Lowering, node: Node, name: string, marks: Marks): FunctionShape {
  const parameters = parametersOf(py, py.tree.field(node, 'parameters'));
  const [first] = parameters;
  const inClass = py.frame.body !== undefined && !marks.static;
  // A function inside of another that calls its first parameter `self` is going to be a method.
  const takesSelf = first !== undefined && first.kind === 'plain' && (inClass || (first.name === 'self' && py.build.parent !== undefined && py.frame.receiver?.name !== 'self'));
  return { name, node, numbers: marks.numbers, kind: kindOf(py, node, marks), self: takesSelf ? first.name : '', parameters: takesSelf ? parameters.slice(1) : parameters };
}

function kindOf(py: Lowering, node: Node, marks: Marks): IrFunction['kind'] {
  if (marks.getter) return 'getter';
  if (marks.setter) return 'setter';
  if (marks.static) return 'static';
  if (py.scopes.generators.has(node) && !marks.context) return 'generator';
  if (py.tree.has(node, 'async')) return 'async';
  return py.frame.body === undefined ? 'plain' : 'method';
}

export function parametersOf(py: Lowering, node: Node): Parameter[] {
  const { tree } = py;
  return tree.children(node).flatMap((child): Parameter[] => {
    const kind = tree.kind(child);
    if (kind === 'keyword_separator' || kind === 'positional_separator' || kind === 'ERROR') return [];
    const hasDefault = kind === 'default_parameter' || kind === 'typed_default_parameter';
    const target = hasDefault ? tree.field(child, 'name') : kind === 'typed_parameter' ? tree.child(child) : child;
    const shape = tree.kind(target);
    const name = shape === 'identifier' ? target : tree.child(target, 'identifier');
    return [{
      name: shape === 'tuple_pattern' ? '' : tree.source(name),
      node: target,
      type: tree.field(child, 'type'),
      fallback: hasDefault ? py.expression(tree.field(child, 'value')) : -1,
      kind: shape === 'list_splat_pattern' ? 'rest' : shape === 'dictionary_splat_pattern' ? 'keywords' : 'plain',
    }];
  });
}

/** Opens the function of a shape. */
export function open(py: Lowering, shape: FunctionShape): FunctionBuilder {
  return py.module.function({
    name: shape.name, start: py.tree.start(shape.node), end: headEnd(py, shape.node), params: shape.parameters.length, paramNames: shape.parameters.map(({ name }) => name), kind: shape.kind,
  }, py.build);
}

function headEnd(py: Lowering, node: Node): number {
  const body = py.tree.field(node, 'body');
  return body < 0 ? py.tree.end(node) : py.tree.start(body);
}

/** Gives the closure. */
function lowerFunction(py: Lowering, shape: FunctionShape, marks: Marks): Value {
  const build = open(py, shape);
  const closure = py.build.emit(op.closure, py.span(shape.node), build.index);
  lowerBody(py, shape, build, { method: py.frame.body ?? py.frame.method, yields: marks.context ? 'return' : 'yield' });
  return closure;
}

/** Reads a function's body into its builder. */
export function lowerBody(py: Lowering, shape: FunctionShape, build: FunctionBuilder, { method: owner, yields }: Pick<Frame, 'method' | 'yields'>): void {
  const scope = py.scopes.at.get(shape.node) ?? py.frame.scope;
  py.builders.set(scope, build);
  const { tree } = py;
  const self = shape.self === '' ? undefined : { name: shape.self, value: build.emit(op.param, py.span(shape.node), -1) };
  const frame: Frame = {
    build, scope, body: undefined, method: owner, receiver: self ?? py.frame.receiver, yields, result: tree.field(shape.node, 'return_type'), loops: [], handlers: [],
  };
  py.inside(frame, () => {
    if (self !== undefined) py.write(self.name, self.value, shape.node);
    bindParameters(py, shape);
    nameParams(py, shape);
    const body = tree.field(shape.node, 'body');
    if (tree.kind(shape.node) === 'lambda') build.return(py.expression(body), py.span(body));
    else py.statements(body);
    endOfBody(py, py.span(shape.node));
  });
}

const rest = 1;
const byName = 2;

function bindParameters(py: Lowering, shape: FunctionShape): void {
  const { build } = py;
  shape.parameters.forEach(({ name, node, type, fallback, kind }, at) => {
    const collects = kind === 'rest' ? rest : kind === 'keywords' ? byName : -1;
    const given = build.emit(op.param, py.span(node), at, collects);
    const number = shape.numbers?.has(name) === true ? build.emit(op.typed, py.span(node), given, py.module.text('int')) : given;
    const hinted = kind === 'plain' ? annotated(py, typed(py, number, type), type) : given;
    const known = fallback >= 0 && py.module.constantOf(fallback)?.kind !== 'null' ? build.phi([hinted, fallback], py.span(node)) : hinted;
    if (name === '') assign(py, node, known);
    else py.write(name, known, node);
  });
}

/** `Annotated[str, Query()]` marks the parameter. */
function annotated(py: Lowering, value: Value, type: Node): Value {
  const { tree } = py;
  const generic = tree.child(type, 'generic_type', 'subscript');
  if (generic < 0 || tree.source(tree.child(generic)).split('.').at(-1) !== 'Annotated') return value;
  const parts = tree.kind(generic) === 'subscript' ? tree.fieldChildren(generic, 'subscript') : tree.children(tree.child(generic, 'type_parameter'));
  const marks = parts.filter((part) => tree.counts(part)).slice(1).map((part) => (tree.kind(part) === 'type' ? tree.child(part) : part)).filter((part) => tree.kind(part) === 'call' || tree.kind(part) === 'identifier');
  return marks.reduce((marked, mark) => py.build.emit(op.decorate, py.span(mark), marked, py.expression(mark)), value);
}

export function lambda(py: Lowering, node: Node): Value {
  const shape: FunctionShape = { name: '', node, kind: 'arrow', self: '', parameters: parametersOf(py, py.tree.field(node, 'parameters')) };
  const build = open(py, shape);
  const closure = py.build.emit(op.closure, py.span(node), build.index);
  lowerBody(py, shape, build, { method: py.frame.method, yields: 'yield' });
  return closure;
}

export function returned(py: Lowering, node: Node): void {
  const child = py.tree.child(node);
  const span = py.span(node);
  if (child >= 0 && returnCondition(py, child, span)) return;
  const value = child < 0 ? py.none() : py.expression(child);
  const { result } = py.frame;
  py.build.return(result < 0 ? value : typed(py, value, result), span, leave(py, value, span));
}

export function yielded(py: Lowering, node: Node): Value {
  const { tree, build } = py;
  const child = tree.child(node);
  const value = child < 0 ? py.none() : py.expression(child);
  const span = py.span(node);
  if (py.frame.yields === 'return') {
    build.emit(op.return, span, value);
    return py.unknown(node);
  }
  if (!tree.has(node, 'from')) return build.emit(op.yield, span, value);
  build.emit(op.yield, span, build.emit(op.element, span, value));
  return value;
}

export function awaited(py: Lowering, node: Node): Value {
  return py.build.emit(op.await, py.span(node), py.expression(py.tree.child(node)));
}
