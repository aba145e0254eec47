import { op } from '#model/ir.ts';
import type { Span, Value } from '../ir/module-builder.ts';
import { classValue } from './classes.ts';
import type { BodyStatement, NodeOf } from './estree.ts';
import { functionExpression } from './functions.ts';
import { nameOf } from './import-names.ts';
import type { Lowering } from './lowering.ts';

type Node<K> = NodeOf<BodyStatement, K>;

export function importDeclaration(js: Lowering, node: Node<'ImportDeclaration'>): void {
  const module = js.import(node.source.value, node.source);
  for (const specifier of node.specifiers) {
    const { local } = specifier;
    if (specifier.type === 'ImportNamespaceSpecifier') js.write(local.name, module, specifier);
    else js.write(local.name, js.build.load(module, specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported), specifier), specifier);
  }
}

export function importEquals(js: Lowering, node: Node<'TSImportEqualsDeclaration'>): void {
  const { moduleReference: reference, id } = node;
  if (reference.type === 'TSExternalModuleReference') return js.write(id.name, js.import(reference.expression.value, node), node);
  js.write(id.name, dotted(js, reference), node);
}

type Dotted = { readonly type: string; readonly start: number; readonly end: number; readonly name?: string; readonly left?: Dotted; readonly right?: { readonly name: string } };

function dotted(js: Lowering, node: object): Value {
  const names: string[] = [];
  let at = node as Dotted;
  while (at.left !== undefined && at.right !== undefined) {
    names.push(at.right.name);
    at = at.left;
  }
  let value = js.read(at.name ?? '', at);
  for (const name of names.toReversed()) value = js.build.load(value, name, at);
  return value;
}

function give(js: Lowering, name: string, value: Value, span: Span): void {
  js.build.emit(op.export, span, name === 'default' ? -1 : js.module.text(name), value);
}

/** Names are exported when the module has run: that is what they hold for others. */
export function exportNamed(js: Lowering, node: Node<'ExportNamedDeclaration'>): void {
  const { declaration, source } = node;
  if (declaration !== null) {
    js.statement(declaration);
    for (const name of namesOf(declaration)) give(js, name, js.read(name, declaration), declaration);
    return;
  }
  if (source !== null) {
    const module = js.import(source.value, source);
    for (const specifier of node.specifiers) give(js, nameOf(specifier.exported), js.build.load(module, nameOf(specifier.local), specifier), specifier);
    return;
  }
  js.frame.later.push(() => {
    for (const specifier of node.specifiers) if (js.scope.resolve(nameOf(specifier.local)) !== undefined) give(js, nameOf(specifier.exported), js.read(nameOf(specifier.local), specifier), specifier);
  });
}

function namesOf(declaration: NonNullable<Node<'ExportNamedDeclaration'>['declaration']>): string[] {
  if (declaration.type !== 'VariableDeclaration') return 'id' in declaration && declaration.id?.type === 'Identifier' && !/^TS(?:Type|Interface|Declare)/.test(declaration.type) ? [declaration.id.name] : [];
  return declaration.declarations.flatMap(({ id }) => patternNames(id));
}

function patternNames(root: object): string[] {
  const names: string[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const node = open.pop() as { type?: string; name?: string; left?: unknown; argument?: unknown; value?: unknown; properties?: unknown[]; elements?: unknown[] } | null;
    if (node?.type === 'Identifier') names.push(node.name ?? '');
    else if (node !== null && node !== undefined) open.push(node.left ?? node.argument ?? node.value ?? null, ...(node.properties ?? node.elements ?? []));
  }
  return names;
}

export function exportDefault(js: Lowering, node: Node<'ExportDefaultDeclaration'>): void {
  const { declaration } = node;
  switch (declaration.type) {
    case 'FunctionDeclaration':
      return give(js, 'default', declaration.id === null ? functionExpression(js, declaration, 'default') : js.read(declaration.id.name, declaration), node);
    case 'ClassDeclaration': return give(js, 'default', classValue(js, declaration, 'default'), node);
    case 'TSInterfaceDeclaration': case 'TSDeclareFunction': case 'TSEmptyBodyFunctionExpression': return;
    case 'FunctionExpression': case 'ClassExpression':
    default: return give(js, 'default', js.expression(declaration, 'default'), node);
  }
}

export function exportAll(js: Lowering, node: Node<'ExportAllDeclaration'>): void {
  give(js, node.exported === null ? '*' : nameOf(node.exported), js.import(node.source.value, node.source), node);
}

/** `export = x`. */
export function exportAssignment(js: Lowering, node: Node<'TSExportAssignment'>): void {
  js.build.store(js.global('module', node), 'exports', js.expression(node.expression), node);
}
