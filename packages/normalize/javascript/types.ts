import { localClass } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import type { Expression, PlainNode, TSType, TSTypeName } from './estree.ts';
import type { Lowering } from './lowering.ts';

/** Types that stand for what is between their angle brackets. */
const transparent = new Set(['Partial', 'Required', 'Readonly', 'NonNullable', 'Omit', 'Pick', 'DeepPartial']);
/** What they say is of no use: what they hold decides. */
const containers = new Set(['Promise', 'PromiseLike', 'Awaited', 'Array', 'ReadonlyArray', 'Record', 'Object', 'Function', 'Exclude', 'Extract', 'ReturnType', 'InstanceType', 'Parameters', 'Iterable']);
const deepest = 20;

/** The qualified name of a type that is imported or global, the form of `localClass` for one of the module's classes; undefined for other types of the module's own, and where it is no name. */
export function typeOf(js: Lowering, type: TSType | undefined | null, depth = 0): string | undefined {
  if (type === undefined || type === null || depth > deepest) return undefined;
  switch (type.type) {
    case 'TSNumberKeyword': return 'number';
    case 'TSBooleanKeyword': return 'boolean';
    case 'TSBigIntKeyword': return 'bigint';
    case 'TSTypeReference': return reference(js, type, depth);
    case 'TSUnionType': return ofUnion(js, type.types, depth);
    case 'TSIntersectionType': return type.types.map((one) => typeOf(js, one, depth + 1)).find((one) => one !== undefined);
    case 'TSTypeOperator': return type.operator === 'readonly' ? typeOf(js, type.typeAnnotation, depth + 1) : undefined;
    case 'TSParenthesizedType': return typeOf(js, type.typeAnnotation, depth + 1);
    case 'TSImportType': return type.qualifier?.type === 'Identifier' ? `${type.source.value}.${type.qualifier.name}` : undefined;
    default: return undefined;
  }
}

function reference(js: Lowering, type: Extract<TSType, { type: 'TSTypeReference' }>, depth: number): string | undefined {
  const name = type.typeName;
  if (name.type === 'Identifier' && transparent.has(name.name) && !js.scopes.types.has(name.name)) return typeOf(js, type.typeArguments?.params[0], depth + 1);
  return typeName(js, name, depth);
}

/** One type besides `null` and `undefined`. */
function ofUnion(js: Lowering, types: readonly TSType[], depth: number): string | undefined {
  const [only, ...more] = types.filter(({ type }) => type !== 'TSNullKeyword' && type !== 'TSUndefinedKeyword');
  return more.length === 0 ? typeOf(js, only, depth + 1) : undefined;
}

function typeName(js: Lowering, name: TSTypeName, depth: number): string | undefined {
  if (name.type === 'ThisExpression') return undefined;
  if (name.type === 'TSQualifiedName') {
    const left = depth > deepest ? undefined : typeName(js, name.left, depth + 1);
    return left === undefined ? undefined : `${left}.${name.right.name}`;
  }
  const binding = js.scope.resolve(name.name);
  if (binding !== undefined) return binding.type ?? (binding.kind === 'class' && binding.scope.kind === 'module' ? localClass(binding.name) : undefined);
  if (js.scopes.types.has(name.name)) return declared(js, name.name, depth);
  return containers.has(name.name) ? undefined : `global.${name.name}`;
}

/** A type of the module's own that extends or is another one is taken for that. */
function declared(js: Lowering, name: string, depth: number): string | undefined {
  const declaration = js.scopes.types.get(name);
  if (declaration === undefined || depth > deepest) return undefined;
  if (declaration.type === 'TSTypeAliasDeclaration') return typeOf(js, declaration['typeAnnotation'] as TSType, depth + 1);
  for (const heritage of declaration['extends'] as readonly PlainNode[]) {
    const found = ofHeritage(js, heritage['expression'] as PlainNode, depth);
    if (found !== undefined) return found;
  }
  return undefined;
}

function ofHeritage(js: Lowering, expression: PlainNode, depth: number): string | undefined {
  if (expression.type === 'Identifier') return typeName(js, expression as unknown as TSTypeName, depth + 1);
  if (expression.type !== 'MemberExpression') return undefined;
  const left = depth > deepest ? undefined : ofHeritage(js, expression['object'] as PlainNode, depth + 1);
  return left === undefined ? undefined : `${left}.${String((expression['property'] as PlainNode)['name'])}`;
}

/** `value as Type`: numbers and the like are what the program hopes for, not what it checked. */
export function asserted(js: Lowering, node: { readonly expression: Expression; readonly typeAnnotation: TSType; readonly start: number; readonly end: number }): Value {
  const type = typeOf(js, node.typeAnnotation);
  return js.typed(js.expression(node.expression), type?.includes('.') === true ? type : undefined, node);
}
