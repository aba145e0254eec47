import type { ClassInfo, FieldInfo, MethodInfo, ParameterInfo } from './class-info.ts';
import type { Frame } from './frame.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { arrayOf, type JavaType, plainType } from './java-type.ts';
import type { Lowering } from './lowering.ts';
import { dimensionsOf, typeOf } from './type-nodes.ts';

export const classKinds: ReadonlyMap<string, ClassInfo['kind']> = new Map([
  ['class_declaration', 'class'], ['interface_declaration', 'interface'], ['enum_declaration', 'enum'], ['record_declaration', 'record'],
  ['annotation_type_declaration', 'annotation'],
] as const);

export interface Place {
  readonly outer: ClassInfo | undefined;
  readonly frame: Frame | undefined;
  readonly name: string;
  /** What an anonymous class is made from. */
  readonly superType?: JavaType | undefined;
}

const unmade = -1;
/** Classes that lie within each other. */
const deepest = 100;

/** What a class declares. Types of members are looked up later, once all classes of the file are known. */
export function scanClass(java: Lowering, node: Node, { outer, frame, name, superType }: Place, depth = 0): ClassInfo {
  const { tree } = java;
  const kind = classKinds.get(tree.kind(node)) ?? 'class';
  const path = pathOf(java, { outer, frame, name }, node);
  const modifiers = tree.child(node, 'modifiers');
  const implicit = kind !== 'class' || outer === undefined || outer.kind === 'interface' || outer.kind === 'annotation';
  const info: ClassInfo = {
    name, path, node, kind, outer, frame,
    qualified: java.imports.packageName === '' ? path : `${java.imports.packageName}.${path}`,
    isInner: !implicit && frame === undefined && !tree.has(modifiers, 'static'),
    typeParameters: typeParameters(java, node),
    fields: new Map(), methods: new Map(), constructors: [], members: new Map(),
    superClass: superType, superTypes: superType === undefined ? [] : [superType],
    initializers: [], enumConstants: [],
    value: unmade, prototype: unmade,
  };
  java.byQualified.set(info.qualified, info);
  if (depth < deepest) for (const member of bodyNodes(java, node)) scanMemberClass(java, member, info, depth);
  return info;
}

function pathOf(java: Lowering, { outer, frame, name }: Place, node: Node): string {
  if (frame === undefined) return outer === undefined ? name : `${outer.path}.${name}`;
  return `${frame.owner?.path ?? ''}$${java.tree.start(node)}${name}`;
}

function scanMemberClass(java: Lowering, member: Node, outer: ClassInfo, depth: number): void {
  if (!classKinds.has(java.tree.kind(member))) return;
  const name = java.tree.source(java.tree.field(member, 'name'));
  outer.members.set(name, scanClass(java, member, { outer, frame: undefined, name }, depth + 1));
}

function typeParameters(java: Lowering, node: Node): Set<string> {
  const { tree } = java;
  return new Set(tree.children(tree.field(node, 'type_parameters')).map((one) => tree.source(tree.child(one, 'type_identifier', 'identifier'))));
}

/** Members, also those after the constants of an enum. */
export function bodyNodes(java: Lowering, node: Node): Node[] {
  const { tree } = java;
  if (tree.kind(node) === 'program') return tree.children(node).filter((one) => !classKinds.has(tree.kind(one)));
  const body = tree.kind(node) === 'class_body' ? node : tree.field(node, 'body') >= 0 ? tree.field(node, 'body') : tree.child(node, 'class_body');
  return tree.children(body).flatMap((one) => (['enum_body_declarations', 'ERROR'].includes(tree.kind(one)) ? tree.children(one) : [one]));
}

/** Fills in members and supertypes: names of types mean what they mean inside the class. */
export function scanMembers(java: Lowering, info: ClassInfo): void {
  const { tree } = java;
  const inside = info as { -readonly [K in keyof ClassInfo]: ClassInfo[K] };
  const extended = typeOf(java, tree.child(tree.field(info.node, 'superclass')));
  const listed = [tree.field(info.node, 'interfaces'), tree.child(info.node, 'extends_interfaces')].flatMap((one) => tree.children(tree.child(one, 'type_list')));
  inside.superClass = info.superClass ?? extended;
  inside.superTypes = [info.superClass ?? extended, ...listed.map((one) => typeOf(java, one))].filter((one) => one !== undefined);
  const initializers: ClassInfo['initializers'][number][] = [];
  const constants: Node[] = [];
  if (info.kind === 'record') for (const one of parametersOf(java, tree.field(info.node, 'parameters'))) info.fields.set(one.name, component(one));
  for (const member of bodyNodes(java, info.node)) {
    const kind = tree.kind(member);
    if (kind === 'field_declaration' || kind === 'constant_declaration') {
      for (const field of fieldsOf(java, member, info)) {
        info.fields.set(field.name, field);
        initializers.push({ isStatic: field.isStatic, field, block: -1 });
      }
    } else if (kind === 'block') initializers.push({ isStatic: false, field: undefined, block: member });
    else if (kind === 'static_initializer') initializers.push({ isStatic: true, field: undefined, block: tree.child(member, 'block') });
    else if (kind === 'method_declaration') addMethod(java, member, info);
    else if (kind === 'constructor_declaration' || kind === 'compact_constructor_declaration') info.constructors.push(constructorOf(java, member, info));
    else if (kind === 'enum_constant') {
      constants.push(member);
      const name = tree.source(tree.field(member, 'name'));
      info.fields.set(name, { name, isStatic: true, isFinal: true, type: plainType(info.qualified), initial: -1, node: member, declaration: member, constant: undefined });
    }
  }
  inside.initializers = initializers;
  inside.enumConstants = constants;
}

const component = ({ name, type, node }: ParameterInfo): FieldInfo => ({ name, type, node, declaration: node, isStatic: false, isFinal: true, initial: -1, constant: undefined });

function fieldsOf(java: Lowering, node: Node, info: ClassInfo): FieldInfo[] {
  const { tree } = java;
  const modifiers = tree.child(node, 'modifiers');
  const stated = typeOf(java, tree.field(node, 'type'));
  const fixed = info.kind === 'interface' || info.kind === 'annotation';
  return tree.fieldNodes(node, 'declarator').map((one) => {
    const dimensions = dimensionsOf(java, tree.field(one, 'dimensions'));
    return {
      name: tree.source(tree.field(one, 'name')),
      isStatic: fixed || tree.has(modifiers, 'static'),
      isFinal: fixed || tree.has(modifiers, 'final'),
      type: stated === undefined ? undefined : arrayOf(stated, dimensions),
      initial: tree.field(one, 'value'),
      node: one,
      declaration: node,
      constant: undefined,
    };
  });
}

function addMethod(java: Lowering, node: Node, info: ClassInfo): void {
  const { tree } = java;
  const name = tree.source(tree.field(node, 'name'));
  const own = typeParameters(java, node);
  const stated = typeOf(java, tree.field(node, 'type'));
  const dimensions = dimensionsOf(java, tree.field(node, 'dimensions'));
  const method: MethodInfo = {
    name,
    isStatic: tree.has(tree.child(node, 'modifiers'), 'static'),
    parameters: parametersOf(java, tree.field(node, 'parameters'), own),
    returns: stated === undefined || own.has(tree.source(tree.field(node, 'type'))) ? undefined : arrayOf(stated, dimensions),
    body: tree.field(node, 'body'),
    node,
  };
  const all = info.methods.get(name);
  if (all === undefined) info.methods.set(name, [method]);
  else all.push(method);
}

function constructorOf(java: Lowering, node: Node, info: ClassInfo): MethodInfo {
  const { tree } = java;
  const compact = tree.kind(node) === 'compact_constructor_declaration';
  const parameters = parametersOf(java, tree.field(compact ? info.node : node, 'parameters'));
  return { name: info.name, isStatic: false, parameters, returns: undefined, body: tree.field(node, 'body'), node };
}

export function parametersOf(java: Lowering, node: Node, generic: ReadonlySet<string> = new Set()): ParameterInfo[] {
  const { tree } = java;
  return tree.children(node).filter((one) => ['formal_parameter', 'spread_parameter'].includes(tree.kind(one))).map((one) => {
    if (tree.kind(one) === 'spread_parameter') return spread(java, one);
    const stated = tree.field(one, 'type');
    const type = generic.has(tree.source(stated)) ? undefined : typeOf(java, stated);
    const dimensions = dimensionsOf(java, tree.field(one, 'dimensions'));
    return { name: tree.source(tree.field(one, 'name')), type: type === undefined ? undefined : arrayOf(type, dimensions), node: one, collects: false };
  });
}

function spread(java: Lowering, node: Node): ParameterInfo {
  const { tree } = java;
  const declarator = tree.child(node, 'variable_declarator');
  const stated = tree.children(node).find((one) => one !== declarator && tree.kind(one) !== 'modifiers') ?? -1;
  const type = typeOf(java, stated);
  return { name: tree.source(tree.field(declarator, 'name')), type: type === undefined ? undefined : arrayOf(type), node, collects: true };
}
