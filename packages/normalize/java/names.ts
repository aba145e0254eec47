import type { ClassInfo, FieldInfo } from './class-info.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { intType, type JavaType } from './java-type.ts';
import type { ExpressionRule, Lowering, Typed } from './lowering.ts';
import { qualified, startsAsClass, typeOf } from './type-nodes.ts';

const identifier: ExpressionRule = (java, node) => {
  const name = java.tree.source(node);
  const local = java.findLocal(name);
  if (local !== undefined) {
    const value = java.read(local, node);
    if (local.contents === undefined) return { value, type: local.type };
    if (local.frame === java.frame) return { value, type: local.type, holder: local.contents };
    local.contents.lose();
    return { value, type: local.type };
  }
  const found = java.findField(name);
  if (found !== undefined) return readField(java, found, node);
  const type = typeNamed(java, node);
  return type === undefined ? inherited(java, name, node) : { value: java.classValue(type), type: undefined };
};

/** A name that the file does not declare: imported, or a member of a class that this one extends. */
function inherited(java: Lowering, name: string, node: Node): Typed {
  const owners = java.imports.staticOwners(name);
  const { thisValue, owner } = java.frame;
  if (java.imports.isStaticImport(name) || (owners.length > 0 && owner?.superTypes.length === 0)) {
    return { value: java.build.load(java.importOf(owners), name, java.span(node)), type: undefined };
  }
  if (thisValue !== undefined) return { value: java.build.load(thisValue, name, java.span(node)), type: undefined };
  return owner === undefined ? java.unknown(node) : { value: java.build.load(owner.value, name, java.span(node)), type: undefined };
}

function readField(java: Lowering, { field, owner }: { field: FieldInfo; owner: ClassInfo }, node: Node, base?: Typed): Typed {
  if (field.constant !== undefined) return { value: field.constant, type: field.type };
  const from = field.isStatic ? owner.value : (base?.value ?? java.thisOf(owner, node));
  if (from === undefined) return { value: java.unknown(node).value, type: field.type };
  return { value: java.typed(java.build.load(from, field.name, java.span(node)), field.type, node), type: field.type };
}

const fieldAccess: ExpressionRule = (java, node) => {
  const { tree } = java;
  const [object, member] = [tree.field(node, 'object'), tree.field(node, 'field')];
  const name = tree.source(member);
  const type = typeNamed(java, object);
  if (tree.kind(member) === 'this') return outerThis(java, type, node);
  const whole = type === undefined ? typeNamed(java, node) : undefined;
  if (whole !== undefined) return { value: java.classValue(whole), type: undefined };
  if (type !== undefined) return staticField(java, type, name, node);
  if (tree.kind(object) === 'super') return inherited(java, name, node);
  const base = java.held(object);
  const length = name === 'length' ? base.holder?.length : undefined;
  if (length !== undefined) return { value: java.module.literal('number', String(length)), type: intType };
  const owner = java.classOf(base.type);
  const field = owner?.fields.get(name);
  if (owner !== undefined && field !== undefined) return readField(java, { field, owner }, node, base);
  return { value: java.build.load(base.value, name, java.span(node)), type: name === 'length' && base.type !== undefined && base.type.dimensions > 0 ? intType : undefined };
};

function outerThis(java: Lowering, type: JavaType | undefined, node: Node): Typed {
  const value = java.thisOf(java.classOf(type), node);
  return value === undefined ? java.unknown(node) : { value, type };
}

function staticField(java: Lowering, type: JavaType, name: string, node: Node): Typed {
  const owner = java.classOf(type);
  const field = owner?.fields.get(name);
  if (owner !== undefined && field !== undefined) return readField(java, { field, owner }, node);
  const inner = owner?.members.get(name);
  if (inner !== undefined) return { value: inner.value, type: undefined };
  return { value: java.build.load(java.classValue(type), name, java.span(node)), type: undefined };
}

/** The class that an expression names (`Foo`, `a.b.Foo`, `Outer.Inner`), when it names one and no value. */
export function typeNamed(java: Lowering, node: Node): JavaType | undefined {
  const { tree } = java;
  const kind = tree.kind(node);
  if (kind !== 'identifier' && kind !== 'field_access') return kind.endsWith('_type') || kind === 'scoped_type_identifier' ? typeOf(java, node) : undefined;
  const parts: string[] = [];
  let at = node;
  for (; tree.kind(at) === 'field_access' && parts.length < 100; at = tree.field(at, 'object')) {
    const member = tree.field(at, 'field');
    if (tree.kind(member) !== 'identifier') return undefined;
    parts.push(tree.source(member));
  }
  if (tree.kind(at) !== 'identifier') return undefined;
  const first = tree.source(at);
  parts.push(first);
  parts.reverse();
  if (!looksLikeClass(java, parts) || java.findLocal(first) !== undefined || java.findField(first) !== undefined) return undefined;
  return qualified(java, parts);
}

/** Packages in small letters, then classes: a name in capitals after a class is a constant. */
function looksLikeClass(java: Lowering, parts: readonly string[]): boolean {
  const [first = ''] = parts;
  const at = parts.findIndex(startsAsClass);
  if (parts.length === 1) return java.findClass(first) !== undefined || java.imports.isImported(first) || (at === 0 && !isInheritedConstant(java, first));
  if (at < 0) return false;
  return parts.slice(at + 1).every((part) => startsAsClass(part) && (/[a-z]/.test(part) || java.findClass(part) !== undefined));
}

function isInheritedConstant(java: Lowering, name: string): boolean {
  if (java.imports.isStaticImport(name)) return true;
  return /^[A-Z][A-Z\d]*_[A-Z\d_]+$/.test(name) && ((java.frame.owner?.superTypes.length ?? 0) > 0 || java.imports.staticOwners(name).length > 0);
}

const self: ExpressionRule = (java, node) => {
  const { thisValue, owner } = java.frame;
  if (thisValue === undefined || owner === undefined) return java.unknown(node);
  return { value: thisValue, type: { names: [owner.qualified], dimensions: 0, arguments: [] } };
};

export const nameRules: Readonly<Record<string, ExpressionRule>> = {
  identifier,
  field_access: fieldAccess,
  this: self,
  super: self,
};
