import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import type { Lowering } from './lowering.ts';
import type { Node } from '../syntax/tree-reader.ts';

/** What stands above a function or class: what it means for its form, and the rest. */
export interface Marks {
  readonly static: boolean;
  readonly class: boolean;
  readonly getter: boolean;
  readonly setter: boolean;
  /** Made for `with`: what it yields is what it gives. */
  readonly context: boolean;
  readonly dataclass: boolean;
  /** Decorators that are called, the nearest first. */
  readonly calls: readonly Node[];
  /** Parameters that a route fills with numbers or identifiers of a fixed form only: `/item/<int:number>`. */
  readonly numbers: ReadonlySet<string>;
}

const getters: ReadonlySet<string> = new Set(['property', 'cached_property', 'hybrid_property', 'abstractproperty', 'reify', 'classproperty']);
const formal: ReadonlySet<string> = new Set(['staticmethod', 'classmethod', 'abstractmethod', 'abstractclassmethod', 'abstractstaticmethod', 'override', 'overload', 'final', 'contextmanager', 'asynccontextmanager', 'dataclass', ...getters]);

export function marksOf(py: Lowering, decorators: readonly Node[]): Marks {
  const expressions = decorators.map((decorator) => py.tree.child(decorator)).filter((one) => one >= 0);
  const names = expressions.map((one) => lastName(py, one));
  const has = (...wanted: readonly string[]): boolean => names.some((name) => wanted.includes(name));
  const setter = expressions.some((one) => py.tree.kind(one) === 'attribute' && ['setter', 'deleter'].includes(lastName(py, one)));
  return {
    static: has('staticmethod', 'abstractstaticmethod'),
    class: has('classmethod', 'abstractclassmethod'),
    getter: names.some((name) => getters.has(name)),
    setter,
    context: has('contextmanager', 'asynccontextmanager'),
    dataclass: has('dataclass', 'attrs', 's', 'define', 'frozen', 'mutable'),
    numbers: new Set(expressions.flatMap((one) => routeNumbers(py, one))),
    calls: setter ? [] : expressions.filter((_, at) => !formal.has(names[at] as string)).reverse(),
  };
}

const converter = /<(?:(?:int|float|uuid)(?:\([^()<>]*\))?:(\w+)|(\w+):(?:int|float|number|uuid))>/g;

function routeNumbers({ tree }: Lowering, node: Node): string[] {
  if (tree.kind(node) !== 'call') return [];
  const first = tree.child(tree.field(node, 'arguments'));
  return first < 0 || tree.kind(first) !== 'string' ? [] : [...tree.source(first).matchAll(converter)].map(([, name, other]) => name ?? other ?? '');
}

/** `wraps` of `@functools.wraps(f)`. */
function lastName({ tree }: Lowering, node: Node): string {
  const callee = tree.kind(node) === 'call' ? tree.field(node, 'function') : node;
  return tree.source(tree.kind(callee) === 'attribute' ? tree.field(callee, 'attribute') : callee);
}

export function decorated(py: Lowering, value: Value, { calls }: Marks): Value {
  return calls.reduce((made, call) => py.build.emit(op.decorate, py.span(call), made, py.expression(call)), value);
}
