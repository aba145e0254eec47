import { K, R } from '#model/code-tree.ts';
import { child, children, type EsNode, word } from './es-node.ts';
import type { Lowering, ScriptLowering } from './script-code.ts';
import { putKey } from './script-expressions.ts';

const through =
  (property: string): Lowering =>
  (into, node, role) =>
    into.put(child(node, property), role);

export const declarations: Record<string, Lowering> = {
  VariableDeclaration: variables,
  FunctionDeclaration: (into, node, role) => func(into, node, role, K.Function),
  FunctionExpression: (into, node, role) => func(into, node, role, K.Lambda),
  ArrowFunctionExpression: (into, node, role) => func(into, node, role, K.Lambda),
  TSDeclareFunction: (into, node, role) => func(into, node, role, K.Function),
  TSEmptyBodyFunctionExpression: (into, node, role) => func(into, node, role, K.Lambda),
  ClassDeclaration: classLike,
  ClassExpression: classLike,
  ClassBody: (into, node, role) => into.list(K.ClassBody, role, children(node, 'body'), node.start, node.end),
  MethodDefinition: method,
  TSAbstractMethodDefinition: method,
  PropertyDefinition: field,
  AccessorProperty: field,
  TSAbstractPropertyDefinition: field,
  Decorator: through('expression'),
  TSTypeAnnotation: through('typeAnnotation'),
  TSTypeReference: typeReference,
  TSQualifiedName: (into, node, role) => into.record(K.Member, role, node, [[child(node, 'left'), R.Object], [child(node, 'right'), R.Name]]),
  TSModuleDeclaration: (into, node, role) => {
    into.open(K.Namespace, role, node.start, node.end);
    into.put(child(node, 'id'), R.Name);
    const body = child(node, 'body');
    if (body !== undefined) into.list(K.Block, R.Body, children(body, 'body'), body.start, body.end);
    into.close();
  },
  ImportDeclaration: imports,
  TSImportEqualsDeclaration: required,
  ExportNamedDeclaration: (into, node, role) => {
    const declaration = child(node, 'declaration');
    if (declaration !== undefined) return into.put(declaration, role);
    for (const each of children(node, 'specifiers')) into.record(K.Other, role, each, [[child(each, 'local'), R.None]], 'export');
  },
  ExportDefaultDeclaration: through('declaration'),
  ...Object.fromEntries(
    ['Any', 'BigInt', 'Boolean', 'Never', 'Null', 'Number', 'Object', 'String', 'Symbol', 'Undefined', 'Unknown', 'Void'].map((type) => [
      `TS${type}Keyword`,
      ((into, node, role) => into.name(node, role, type.toLowerCase())) satisfies Lowering,
    ]),
  ),
};

function variables(into: ScriptLowering, node: EsNode, role: number): void {
  const all = children(node, 'declarations');
  const alone = all.length === 1;
  all.forEach((each, at) => {
    const { start, end } = alone || at === 0 ? { start: node.start, end: alone ? node.end : each.end } : each;
    into.open(K.VarDef, role, start, end, word(node, 'kind'));
    target(into, child(each, 'id'), R.Target);
    into.put(child(each, 'init'), R.Init);
    into.close();
  });
}

/** What is declared, and its type beside it. */
function target(into: ScriptLowering, node: EsNode | undefined, role: number): void {
  into.put(node, role);
  if (node !== undefined) into.put(child(node, 'typeAnnotation'), R.Type);
}

function func(into: ScriptLowering, node: EsNode, role: number, kind: number, named?: EsNode): void {
  into.open(kind, role, node.start, node.end);
  into.attributes(node['async'] === true ? ['async'] : [], [], node);
  signature(into, node, named);
  into.close();
}

function signature(into: ScriptLowering, node: EsNode, named?: EsNode): void {
  if (named === undefined) into.put(child(node, 'id'), R.Name);
  const parameters = children(node, 'params');
  const body = child(node, 'body');
  into.open(K.Params, R.Params, parameters[0]?.start ?? node.start, parameters.at(-1)?.end ?? node.start);
  for (const each of parameters) parameter(into, each);
  into.close();
  into.put(child(node, 'returnType'), R.Type);
  if (body === undefined) return;
  if (body.type === 'BlockStatement' || body.type === 'FunctionBody') return into.block(body, R.Body);
  into.open(K.Block, R.Body, body.start, body.end);
  into.record(K.Return, R.None, body, [[body, R.Value]]);
  into.close();
}

function parameter(into: ScriptLowering, node: EsNode): void {
  if (node.type === 'RestElement') return into.put(node, R.None);
  const inner = node.type === 'TSParameterProperty' ? child(node, 'parameter') : node;
  if (inner === undefined) return;
  const named = inner.type === 'AssignmentPattern' ? child(inner, 'left') : inner;
  into.open(K.Param, R.None, node.start, node.end);
  into.attributes([], children(inner, 'decorators'), inner);
  target(into, named, R.Target);
  if (inner.type === 'AssignmentPattern') into.put(child(inner, 'right'), R.Value);
  into.close();
}

function classLike(into: ScriptLowering, node: EsNode, role: number): void {
  // Decorators may stand before the word that exports what they decorate.
  into.open(K.Class, role, Math.min(node.start, children(node, 'decorators')[0]?.start ?? node.start), node.end);
  into.attributes(node['abstract'] === true ? ['abstract'] : [], children(node, 'decorators'), node);
  into.put(child(node, 'id'), R.Name);
  const parent = child(node, 'superClass');
  const above = [...(parent === undefined ? [] : [parent]), ...children(node, 'implements')];
  if (above.length > 0) into.list(K.List, R.Super, above, above[0]?.start ?? node.start, above.at(-1)?.end ?? node.start);
  into.put(child(node, 'body'), R.Body);
  into.close();
}

function memberWords(node: EsNode): string[] {
  const kind = word(node, 'kind');
  return [...(node['static'] === true ? ['static'] : []), ...(kind === 'get' || kind === 'set' ? [kind] : []), ...(word(node, 'accessibility') === '' ? [] : [word(node, 'accessibility')])];
}

function method(into: ScriptLowering, node: EsNode, role: number): void {
  into.open(K.Function, role, node.start, node.end);
  into.attributes(memberWords(node), children(node, 'decorators'), node);
  putKey(into, node, R.Name);
  const value = child(node, 'value');
  if (value !== undefined) signature(into, value, node);
  into.close();
}

function field(into: ScriptLowering, node: EsNode, role: number): void {
  into.open(K.VarDef, role, node.start, node.end);
  into.attributes(memberWords(node), children(node, 'decorators'), node);
  putKey(into, node, R.Target);
  into.put(child(node, 'typeAnnotation'), R.Type);
  into.put(child(node, 'value'), R.Init);
  into.close();
}

function typeReference(into: ScriptLowering, node: EsNode, role: number): void {
  const given = child(node, 'typeArguments') ?? child(node, 'typeParameters');
  if (given === undefined) return into.put(child(node, 'typeName'), role);
  into.open(K.Generic, role, node.start, node.end);
  into.put(child(node, 'typeName'), R.Name);
  into.list(K.List, R.TypeArgs, children(given, 'params'), given.start, given.end);
  into.close();
}

function imports(into: ScriptLowering, node: EsNode, role: number): void {
  const specifiers = children(node, 'specifiers');
  if (specifiers.length === 0) into.record(K.Import, role, node, [[child(node, 'source'), R.Source]], 'module');
  for (const each of specifiers) {
    const whole = each.type === 'ImportNamespaceSpecifier';
    into.open(K.Import, role, node.start, node.end, whole ? 'module' : 'from');
    into.put(child(node, 'source'), R.Source);
    if (each.type === 'ImportDefaultSpecifier') into.leaf(K.Name, R.Name, each.start, each.end, 'default');
    else if (!whole) into.put(child(each, 'imported'), R.Name);
    into.put(child(each, 'local'), R.Alias);
    into.close();
  }
}

/** `import x = require('m')` is a name for what a call gives, `import x = a.b` one for a name. */
function required(into: ScriptLowering, node: EsNode, role: number): void {
  const reference = child(node, 'moduleReference');
  const module = reference?.type === 'TSExternalModuleReference' ? child(reference, 'expression') : undefined;
  into.open(K.VarDef, role, node.start, node.end, 'const');
  into.put(child(node, 'id'), R.Target);
  if (reference === undefined || module === undefined) into.put(reference, R.Init);
  else {
    into.open(K.Call, R.Init, reference.start, reference.end);
    into.name({ ...reference, end: reference.start + 'require'.length }, R.Callee, 'require');
    into.list(K.Args, R.Args, [module], module.start, module.end);
    into.close();
  }
  into.close();
}
