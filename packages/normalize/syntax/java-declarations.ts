import { K, R } from '#model/code-tree.ts';
import { members, type NodeLowering, through, type TreeLowering } from './tree-lowering.ts';

/** Declarations and types. */
export const javaTypes: readonly (readonly [string, NodeLowering])[] = [
  ['generic_type', generic],
  ['annotated_type', (into, node, role) => into.put(into.raw.named(node).at(-1) ?? -1, role)],
  ['modifiers', modifiers],
  ['annotation', annotation],
  ['marker_annotation', annotation],
  ['local_variable_declaration', variables],
  ['field_declaration', variables],
  ['formal_parameters', members(K.Params)],
  ['formal_parameter', parameter],
  ['spread_parameter', (into, node, role) => {
    const { raw } = into;
    const inner = raw.named(node);
    const declared = raw.ofKind(node, 'variable_declarator');
    into.record(K.Param, role, node, [[declared === -1 ? -1 : raw.by(declared, 'name'), R.Target], [inner.find((each) => each !== declared && raw.kind(each) !== 'modifiers') ?? -1, R.Type]]);
  }],
  ['method_declaration', method],
  ['constructor_declaration', method],
  ['compact_constructor_declaration', method],
  ['class_declaration', classLike],
  ['interface_declaration', classLike],
  ['enum_declaration', classLike],
  ['record_declaration', classLike],
  ['annotation_type_declaration', classLike],
  ['class_body', members(K.ClassBody)],
  ['interface_body', members(K.ClassBody)],
  ['enum_body', members(K.ClassBody)],
  ['static_initializer', through],
  ['import_declaration', importDeclaration],
  ['package_declaration', (into, node, role) => into.list(K.Other, role, node, into.raw.named(node), 'package')],
];

function generic(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const [name = -1, given = -1] = raw.named(node);
  into.at(K.Generic, role, node);
  into.put(name, R.Name);
  if (given !== -1) into.list(K.List, R.TypeArgs, given, raw.named(given));
  into.close();
}

function modifiers(into: TreeLowering, node: number): void {
  const { raw } = into;
  into.at(K.Attributes, R.Attributes, node);
  for (const each of raw.all(node)) {
    if (raw.isNamed(each)) into.put(each, R.None);
    else into.leafAt(K.Other, R.None, each);
  }
  into.close();
}

/** `@A(x)` is a call of `A`, `@A` its name. */
function annotation(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const given = raw.by(node, 'arguments');
  if (given === -1) return into.record(K.Attribute, role, node, [[raw.by(node, 'name'), R.Name]]);
  into.at(K.Attribute, role, node);
  into.put(raw.by(node, 'name'), R.Name);
  into.put(given, R.Args);
  into.close();
}

function variables(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const declared = raw.allBy(node, 'declarator');
  const words = raw.ofKind(node, 'modifiers');
  for (const each of declared) {
    const whole = declared.length === 1 ? node : each;
    into.open(K.VarDef, role, raw.start(each === declared[0] ? node : whole), raw.end(whole));
    if (words !== -1) into.put(words, R.Attributes);
    into.put(raw.by(node, 'type'), R.Type);
    into.put(raw.by(each, 'name'), R.Target);
    into.put(raw.by(each, 'value'), R.Init);
    into.close();
  }
}

function parameter(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  into.at(K.Param, role, node);
  into.put(raw.ofKind(node, 'modifiers'), R.Attributes);
  into.put(raw.by(node, 'type'), R.Type);
  into.put(raw.by(node, 'name'), R.Target);
  into.close();
}

function method(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  into.at(K.Function, role, node);
  into.put(raw.ofKind(node, 'modifiers'), R.Attributes);
  into.put(raw.by(node, 'type'), R.Type);
  into.put(raw.by(node, 'name'), R.Name);
  into.put(raw.by(node, 'parameters'), R.Params);
  into.put(raw.by(node, 'body'), R.Body);
  into.close();
}

function classLike(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  into.at(K.Class, role, node);
  into.put(raw.ofKind(node, 'modifiers'), R.Attributes);
  into.put(raw.by(node, 'name'), R.Name);
  const above = raw.named(node).filter((each) => ['superclass', 'super_interfaces', 'extends_interfaces'].includes(raw.kind(each)));
  const [first] = above;
  if (first !== undefined) {
    into.open(K.List, R.Super, raw.start(first), raw.end(above.at(-1) as number));
    for (const each of above) for (const inner of raw.named(each)) for (const type of raw.kind(inner) === 'type_list' ? raw.named(inner) : [inner]) into.put(type, R.None);
    into.close();
  }
  into.put(raw.by(node, 'body'), R.Body);
  into.close();
}

function importDeclaration(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const [path = -1, all] = raw.named(node);
  into.at(K.Import, role, node, 'from');
  if (path !== -1 && all === undefined) {
    const scope = raw.by(path, 'scope');
    if (scope !== -1) into.leafAt(K.Name, R.Source, scope);
    into.put(raw.by(path, 'name') === -1 ? path : raw.by(path, 'name'), R.Name);
  } else if (path !== -1) {
    into.leafAt(K.Name, R.Source, path);
    into.leafAt(K.Name, R.Name, all as number, '*');
  }
  into.close();
}
