import { op } from '#model/ir.ts';
import { classes } from './classes.ts';
import { either } from './conditions.ts';
import { boundNames, child, type EsNode, keyName, nodes, text } from './estree.ts';
import { declareFunction, functionValue } from './functions.ts';
import { type At, type Lowering, nameOf, span } from './lowering.ts';
import { doWhile, forEach, forLoop, labelled, leave, switchStatement, whileLoop } from './loops.ts';
import { assign } from './patterns.ts';

/** A list of statements: functions first, as they are hoisted; what follows a return is left out. */
export function statements(l: Lowering, at: At, list: readonly EsNode[]): void {
  for (const one of list) {
    const declared = one.type === 'FunctionDeclaration' ? one : one.type.startsWith('Export') ? child(one, 'declaration') : undefined;
    if (declared?.type === 'FunctionDeclaration' && child(declared, 'id') !== undefined && child(declared, 'body') !== undefined) declareFunction(l, at, declared);
  }
  for (const one of list) {
    if (!at.state.builder.reachable) return;
    l.statement(at, one);
  }
}

export function statement(l: Lowering, at: At, node: EsNode, label?: string): void {
  l.deeper(at, node, () => {
    const lower = lowerings.get(node.type);
    if (lower !== undefined) lower(l, at, node, label);
    else if (!silent.has(node.type)) l.unsupported(at, node);
    return l.undefined();
  });
}

type LowerStatement = (l: Lowering, at: At, node: EsNode, label: string | undefined) => void;

/** Types, interfaces and the like say nothing about values; functions were read before. */
const silent: ReadonlySet<string> = new Set([
  'FunctionDeclaration', 'EmptyStatement', 'DebuggerStatement', 'TSTypeAliasDeclaration', 'TSInterfaceDeclaration', 'TSDeclareFunction', 'TSNamespaceExportDeclaration', 'TSGlobalDeclaration',
]);

const lowerings: ReadonlyMap<string, LowerStatement> = new Map<string, LowerStatement>([
  ['ExpressionStatement', (l, at, node) => void value(l, at, node, 'expression')],
  ['VariableDeclaration', declaration],
  ['ReturnStatement', (l, at, node) => at.state.builder.return(value(l, at, node, 'argument'), span(node))],
  ['ThrowStatement', (l, at, node) => at.state.builder.throw(value(l, at, node, 'argument'), span(node))],
  ['IfStatement', ifStatement],
  ['BlockStatement', (l, at, node) => l.statements(l.within(at, node), nodes(node, 'body'))],
  ['StaticBlock', (l, at, node) => l.statements(l.within(at, node), nodes(node, 'body'))],
  ['TSModuleBlock', (l, at, node) => l.statements(l.within(at, node), nodes(node, 'body'))],
  ['ForStatement', forLoop], ['WhileStatement', whileLoop], ['DoWhileStatement', doWhile], ['ForInStatement', forEach], ['ForOfStatement', forEach],
  ['BreakStatement', leave], ['ContinueStatement', leave], ['LabeledStatement', labelled], ['SwitchStatement', switchStatement], ['TryStatement', tryStatement],
  ['WithStatement', (l, at, node) => l.unsupported(at, node)],
  ['ClassDeclaration', (l, at, node) => void classes(l, at, node)],
  ['ImportDeclaration', importDeclaration], ['ExportNamedDeclaration', exportNamed], ['ExportDefaultDeclaration', exportDefault], ['ExportAllDeclaration', exportAll],
  ['TSExportAssignment', (l, at, node) => void at.state.builder.store(l.global(at, 'module', node), 'exports', value(l, at, node, 'expression'), span(node))],
  ['TSImportEqualsDeclaration', importEquals], ['TSEnumDeclaration', enumeration], ['TSModuleDeclaration', namespace],
]);

function value(l: Lowering, at: At, node: EsNode, key: string): number {
  const inner = child(node, key);
  return inner === undefined ? l.undefined() : l.expression(at, inner);
}

function declaration(l: Lowering, at: At, node: EsNode): void {
  for (const one of nodes(node, 'declarations')) {
    const [id, init] = [child(one, 'id'), child(one, 'init')];
    if (id !== undefined && init !== undefined) assign(l, at, id, l.expression(at, init, nameOf(id)));
  }
}

function ifStatement(l: Lowering, at: At, node: EsNode): void {
  const [test, yes, no] = [child(node, 'test'), child(node, 'consequent'), child(node, 'alternate')];
  if (test === undefined) return;
  either(l, at, test, () => yes !== undefined && l.statement(at, yes), () => no !== undefined && l.statement(at, no));
}

/** An exception may come at the beginning or at the end of the block: what happens between is seen by both. */
function tryStatement(l: Lowering, at: At, node: EsNode): void {
  const { builder } = at.state;
  const [handler, join, body] = [builder.block(), builder.block(), builder.block()];
  builder.edge(handler);
  builder.jump(body);
  builder.seal(body);
  builder.enter(body);
  const block = child(node, 'block');
  if (block !== undefined) l.statement(at, block);
  builder.edge(handler);
  builder.jump(join);
  builder.seal(handler);
  builder.enter(handler);
  const clause = child(node, 'handler');
  if (clause !== undefined && builder.reachable) {
    const inner = l.within(at, clause);
    const param = child(clause, 'param');
    if (param !== undefined) assign(l, inner, param, builder.emit(op.caught, span(param)));
    const caught = child(clause, 'body');
    if (caught !== undefined) l.statement(inner, caught);
  }
  builder.jump(join);
  builder.seal(join);
  builder.enter(join);
  const last = child(node, 'finalizer');
  if (last !== undefined) l.statement(at, last);
}

function importDeclaration(l: Lowering, at: At, node: EsNode): void {
  if (node['importKind'] === 'type') return;
  const from = l.import(at, text(child(node, 'source') ?? node, 'value'), node);
  for (const one of nodes(node, 'specifiers')) {
    const local = child(one, 'local');
    if (local === undefined) continue;
    const name = one.type === 'ImportDefaultSpecifier' ? 'default' : keyName(one, 'imported');
    l.write(at, nameOf(local), one.type === 'ImportNamespaceSpecifier' || name === undefined ? from : at.state.builder.load(from, name, span(one)), local);
  }
}

function give(l: Lowering, at: At, name: string, given: number, node: EsNode): void {
  at.state.builder.emit(op.export, span(node), name === 'default' ? -1 : l.module.text(name), given);
}

function exportNamed(l: Lowering, at: At, node: EsNode): void {
  const declared = child(node, 'declaration');
  if (declared !== undefined) {
    l.statement(at, declared);
    const names = declared.type === 'VariableDeclaration' ? nodes(declared, 'declarations').flatMap((one) => boundNames(child(one, 'id'))) : [child(declared, 'id')];
    for (const name of names.map(nameOf)) if (name !== '' && at.scope.find(name) !== undefined) give(l, at, name, l.read(at, name, node), node);
    return;
  }
  if (node['exportKind'] === 'type') return;
  const source = child(node, 'source');
  const from = source === undefined ? undefined : l.import(at, text(source, 'value'), node);
  for (const one of nodes(node, 'specifiers')) {
    const local = keyName(one, 'local') ?? '';
    give(l, at, keyName(one, 'exported') ?? local, from === undefined ? l.read(at, local, one) : at.state.builder.load(from, local, span(one)), one);
  }
}

function exportDefault(l: Lowering, at: At, node: EsNode): void {
  const declared = child(node, 'declaration');
  if (declared === undefined || declared.type === 'TSInterfaceDeclaration') return;
  const name = nameOf(child(declared, 'id'));
  if (declared.type === 'FunctionDeclaration') give(l, at, 'default', name === '' ? functionValue(l, at, declared) : l.read(at, name, declared), node);
  else if (declared.type === 'ClassDeclaration') give(l, at, 'default', classes(l, at, declared), node);
  else give(l, at, 'default', l.expression(at, declared), node);
}

function exportAll(l: Lowering, at: At, node: EsNode): void {
  const from = l.import(at, text(child(node, 'source') ?? node, 'value'), node);
  give(l, at, keyName(node, 'exported') ?? '*', from, node);
}

function importEquals(l: Lowering, at: At, node: EsNode): void {
  const [id, reference] = [child(node, 'id'), child(node, 'moduleReference')];
  if (id === undefined || reference === undefined) return;
  const outside = reference.type === 'TSExternalModuleReference' ? text(child(reference, 'expression') ?? reference, 'value') : undefined;
  l.write(at, nameOf(id), outside === undefined ? l.expression(at, reference) : l.import(at, outside, node), id);
}

function enumeration(l: Lowering, at: At, node: EsNode): void {
  const id = child(node, 'id');
  const made = at.state.builder.emit(op.object, span(node));
  for (const one of nodes(child(node, 'body') ?? node, 'members')) {
    const init = child(one, 'initializer');
    at.state.builder.store(made, keyName(one, 'id') ?? '', init === undefined ? l.unknown(at, one) : l.expression(at, init), span(one));
  }
  if (id !== undefined) l.write(at, nameOf(id), made, id);
}

/** The body runs where it stands; what it exports becomes members of an object. */
function namespace(l: Lowering, at: At, node: EsNode): void {
  const [id, body] = [child(node, 'id'), child(node, 'body')];
  if (body === undefined || id?.type !== 'Identifier') return;
  const made = at.state.builder.emit(op.object, span(node));
  const inner = l.within(at, body);
  const list = nodes(body, 'body').map((one) => (one.type === 'ExportNamedDeclaration' ? (child(one, 'declaration') ?? one) : one));
  l.statements(inner, list);
  for (const one of list) {
    const names = one.type === 'VariableDeclaration' ? nodes(one, 'declarations').flatMap((declared) => boundNames(child(declared, 'id'))) : [child(one, 'id')];
    for (const name of names.map(nameOf)) if (name !== '' && inner.scope.own(name) !== undefined) at.state.builder.store(made, name, l.read(inner, name, one), span(one));
  }
  l.write(at, nameOf(id), made, id);
}

