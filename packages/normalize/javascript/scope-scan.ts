import type { AnyFunction, BindingPattern, Class, ParamPattern, PlainNode, Program } from './estree.ts';
import { importBindings, rootOf } from './import-names.ts';
import { type BindingKind, Scope } from './scope.ts';

export interface Scopes {
  readonly module: Scope;
  /** Scopes by the node that opens them. */
  readonly of: ReadonlyMap<object, Scope>;
  /** Names of types that the module declares (with the declaration) or takes as parameters: no names of a module or of the platform. */
  readonly types: ReadonlyMap<string, PlainNode | undefined>;
}

type Work = PlainNode | 'close';
type Visit = (scan: ScopeScan, node: PlainNode) => void;

/** Parts of nodes that hold types only. */
const erased = new Set(['typeAnnotation', 'typeParameters', 'returnType', 'typeArguments', 'superTypeArguments', 'implements']);

/** Finds all bindings of a program and how they are used, in one walk without recursion. */
export function scanScopes(program: Program): Scopes {
  const scan = new ScopeScan(program.sourceType === 'module');
  scan.pushAll(program.body);
  scan.run();
  return { module: scan.module, of: scan.of, types: scan.types };
}

export class ScopeScan {
  readonly of = new Map<object, Scope>();
  readonly types = new Map<string, PlainNode | undefined>();
  readonly module = new Scope('module', undefined);
  readonly strict: boolean;
  current: Scope = this.module;
  private readonly work: Work[] = [];

  constructor(strict: boolean) {
    this.strict = strict;
  }

  run(): void {
    for (let next = this.work.pop(); next !== undefined; next = this.work.pop()) {
      if (next === 'close') this.close();
      else (visits.get(next.type) ?? children)(this, next);
    }
    this.module.close();
  }

  push(node: unknown): void {
    if (isNode(node)) this.work.push(node);
  }

  pushAll(nodes: readonly unknown[]): void {
    for (const node of nodes) this.push(node);
  }

  open(kind: Scope['kind'], node: object): Scope {
    this.current = new Scope(kind, this.current);
    this.of.set(node, this.current);
    this.work.push('close');
    return this.current;
  }

  private close(): void {
    this.current.close();
    this.current = this.current.parent ?? this.current;
  }

  /** Declares the names of a pattern; what is computed in it is read later. */
  declare(pattern: BindingPattern | ParamPattern, scope: Scope, kind: BindingKind, writes: number): void {
    this.pattern(pattern, (name) => void scope.declare(name, kind, writes));
  }

  /** The names of a pattern are given values. */
  assign(target: PlainNode): void {
    this.pattern(target, (name) => this.current.use(name, 1));
  }

  private pattern(pattern: unknown, named: (name: string) => void): void {
    const open: unknown[] = [pattern];
    while (open.length > 0) {
      const node = open.pop();
      if (!isNode(node)) continue;
      if (Array.isArray(node['decorators'])) this.pushAll(node['decorators']);
      const inner = patternParts.get(node.type);
      if (node.type === 'Identifier') named(String(node['name']));
      else if (inner === undefined) this.push(node);
      else open.push(...inner(this, node));
    }
  }
}

function isNode(node: unknown): node is PlainNode {
  return typeof node === 'object' && node !== null && 'type' in node;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function children(scan: ScopeScan, node: PlainNode): void {
  for (const key in node) {
    const value = node[key];
    if (typeof value !== 'object' || value === null || erased.has(key)) continue;
    if (Array.isArray(value)) scan.pushAll(value);
    else scan.push(value);
  }
}

/** What a pattern consists of; expressions in it are left to the walk. */
const patternParts = new Map<string, (scan: ScopeScan, node: PlainNode) => readonly unknown[]>([
  ['ObjectPattern', (_, node) => list(node['properties'])],
  ['ArrayPattern', (_, node) => list(node['elements'])],
  ['RestElement', (_, node) => [node['argument']]],
  // It is stored in the instance.
  ['TSParameterProperty', (scan, node) => (scan.current.use('this', 0), [node['parameter']])],
  ['AssignmentPattern', (scan, node) => (scan.push(node['right']), [node['left']])],
  ['Property', (scan, node) => (node['computed'] === true && scan.push(node['key']), [node['value']])],
]);

function aFunction(scan: ScopeScan, plain: PlainNode): void {
  const node = plain as unknown as AnyFunction;
  typeNames(scan, plain);
  if (node.body === null) return;
  if (node.type === 'FunctionDeclaration' && node.id !== null) (scan.strict ? scan.current : scan.current.hoist).declare(node.id.name, 'function', 1);
  if (node.type === 'FunctionExpression' && node.id !== null) scan.open('block', node).declare(node.id.name, 'function', 1);
  const scope = scan.open(node.type === 'ArrowFunctionExpression' ? 'arrow' : 'function', node);
  for (const param of node.params) scan.declare(param, scope, 'parameter', 1);
  if (node.body.type === 'BlockStatement') scan.pushAll(node.body.body);
  else scan.push(node.body);
}

function aClass(scan: ScopeScan, plain: PlainNode): void {
  const node = plain as unknown as Class;
  typeNames(scan, plain);
  if (node.declare === true) return;
  if (node.type === 'ClassDeclaration' && node.id !== null) scan.current.declare(node.id.name, 'class', 1);
  if (node.type === 'ClassExpression' && node.id !== null) scan.open('block', node).declare(node.id.name, 'class', 1);
  scan.push(node.superClass);
  scan.pushAll(node.decorators ?? []);
  scan.pushAll(node.body.body);
}

/** A member with a key and a value that belongs to objects, not to the class. */
function field(scan: ScopeScan, node: PlainNode): void {
  if (node['value'] !== null) scan.push({ type: 'initializer', start: 0, end: 0, of: node });
  memberKey(scan, node);
}

function memberKey(scan: ScopeScan, node: PlainNode): void {
  scan.pushAll(list(node['decorators']));
  if (node['computed'] === true) scan.push(node['key']);
}

function typeNames(scan: ScopeScan, node: PlainNode): void {
  const declared = node['typeParameters'];
  if (!isNode(declared)) return;
  for (const parameter of list(declared['params'])) if (isNode(parameter) && isNode(parameter['name'])) scan.types.set(String(parameter['name']['name']), undefined);
}

function typeDeclaration(scan: ScopeScan, node: PlainNode): void {
  typeNames(scan, node);
  if (isNode(node['id'])) scan.types.set(String(node['id']['name']), node);
}

const lexical = new Set(['ClassDeclaration', 'FunctionDeclaration', 'TSEnumDeclaration', 'TSModuleDeclaration']);

function block(scan: ScopeScan, node: PlainNode): void {
  const body = list(node['body']);
  if (body.some((one) => isNode(one) && (lexical.has(one.type) || (one.type === 'VariableDeclaration' && one['kind'] !== 'var')))) scan.open('block', node);
  scan.pushAll(body);
}

function inBlock(scan: ScopeScan, node: PlainNode): void {
  scan.open('block', node);
  children(scan, node);
}

function variables(scan: ScopeScan, node: PlainNode, given = false): void {
  if (node['declare'] === true) return;
  const scope = node['kind'] === 'var' ? scan.current.hoist : scan.current;
  for (const declarator of list(node['declarations'])) {
    if (!isNode(declarator)) continue;
    scan.declare(declarator['id'] as BindingPattern, scope, 'variable', given || declarator['init'] !== null ? 1 : 0);
    scan.push(declarator['init']);
  }
}

function forEach(scan: ScopeScan, node: PlainNode): void {
  scan.open('block', node);
  const left = node['left'];
  if (isNode(left) && left.type === 'VariableDeclaration') variables(scan, left, true);
  else if (isNode(left)) scan.assign(left);
  scan.push(node['right']);
  scan.push(node['body']);
}

function assignment(scan: ScopeScan, node: PlainNode): void {
  const left = node['left'] ?? node['argument'];
  if (isNode(left)) scan.assign(left);
  scan.push(node['right']);
}

function aCatch(scan: ScopeScan, node: PlainNode): void {
  const scope = scan.open('block', node);
  if (isNode(node['param'])) scan.declare(node['param'] as unknown as BindingPattern, scope, 'variable', 1);
  scan.push(node['body']);
}

function namespace(scan: ScopeScan, node: PlainNode): void {
  if (node['declare'] === true || !isNode(node['body']) || !isNode(node['id'])) return;
  if (node['id'].type === 'Identifier') scan.current.declare(String(node['id']['name']), 'variable', 1);
  else if (node['id'].type === 'TSQualifiedName') scan.current.declare(rootOf(node['id']), 'variable', 1);
  scan.open('initializer', node);
  scan.pushAll(list(node['body']['body']));
}


function jsxName(scan: ScopeScan, node: PlainNode): void {
  let at: unknown = node['name'];
  let member = false;
  while (isNode(at) && at.type === 'JSXMemberExpression') {
    at = at['object'];
    member = true;
  }
  if (isNode(at) && at.type === 'JSXIdentifier' && (member || !/^[a-z]/.test(String(at['name'])))) scan.current.use(String(at['name']), 0);
  scan.pushAll(list(node['attributes']));
}

const nothing: Visit = () => undefined;
const of = (...keys: readonly string[]): Visit => (scan, node) => keys.forEach((key) => scan.push(node[key]));

const visits = new Map<string, Visit>([
  ['Identifier', (scan, node) => scan.current.use(String(node['name']), 0)],
  ['ThisExpression', (scan) => scan.current.use('this', 0)], ['Super', (scan) => scan.current.use('this', 0)],
  ['FunctionDeclaration', aFunction], ['FunctionExpression', aFunction], ['ArrowFunctionExpression', aFunction],
  ['TSDeclareFunction', typeNames], ['TSEmptyBodyFunctionExpression', typeNames],
  ['ClassDeclaration', aClass], ['ClassExpression', aClass],
  ['MethodDefinition', (scan, node) => (memberKey(scan, node), scan.push(node['value']))],
  ['PropertyDefinition', field], ['AccessorProperty', field],
  ['initializer', (scan, node) => (scan.open('initializer', node['of'] as object), scan.push((node['of'] as PlainNode)['value']))],
  ['StaticBlock', (scan, node) => (scan.open('initializer', node), scan.pushAll(list(node['body'])))],
  ['TSAbstractMethodDefinition', memberKey], ['TSAbstractPropertyDefinition', memberKey], ['TSAbstractAccessorProperty', memberKey],
  ['BlockStatement', block], ['ForStatement', inBlock], ['ForInStatement', forEach], ['ForOfStatement', forEach], ['SwitchStatement', inBlock], ['CatchClause', aCatch],
  ['WithStatement', (scan, node) => (scan.push({ type: 'with', start: 0, end: 0, of: node }), scan.push(node['object']))],
  ['with', (scan, node) => (scan.open('with', node['of'] as object), scan.push((node['of'] as PlainNode)['body']))],
  ['VariableDeclaration', (scan, node) => variables(scan, node)],
  ['AssignmentExpression', assignment], ['UpdateExpression', assignment],
  ['MemberExpression', (scan, node) => (scan.push(node['object']), node['computed'] === true && scan.push(node['property']))],
  ['Property', (scan, node) => (scan.push(node['value']), node['computed'] === true && scan.push(node['key']))],
  ['LabeledStatement', of('body')], ['BreakStatement', nothing], ['ContinueStatement', nothing], ['MetaProperty', nothing], ['Literal', nothing], ['PrivateIdentifier', nothing],
  ['ImportDeclaration', importBindings], ['ExportAllDeclaration', nothing], ['ExportDefaultDeclaration', of('declaration')],
  ['ExportNamedDeclaration', (scan, node) => (node['source'] === null ? children(scan, node) : undefined)],
  ['ExportSpecifier', of('local')], ['ImportExpression', of('source', 'options')],
  ['JSXOpeningElement', jsxName], ['JSXAttribute', of('value')], ['JSXClosingElement', nothing], ['JSXIdentifier', nothing],
  ['TSEnumDeclaration', (scan, node) => (isNode(node['id']) && scan.current.declare(String(node['id']['name']), 'variable', 1), children(scan, { ...node, id: null }))],
  ['TSEnumMember', of('initializer')], ['TSModuleDeclaration', namespace],
  ['TSImportEqualsDeclaration', importBindings],
  ['TSTypeAliasDeclaration', typeDeclaration], ['TSInterfaceDeclaration', typeDeclaration], ['TSIndexSignature', nothing], ['TSNamespaceExportDeclaration', nothing],
]);
