import { K, R } from '#model/code-tree.ts';
import { alike } from './alike-code.ts';
import { body, many } from './alike-statements.ts';
import { type Lowerings, members, type NodeLowering, through, type TreeLowering } from './tree-lowering.ts';

/** What C and C++ call otherwise than their relatives. */
export const c: Lowerings = new Map<string, NodeLowering>([
  ...alike,
  ['condition_clause', (into, node, role) => into.put(into.raw.by(node, 'value'), role)],
  ['subscript_argument_list', through],
  ['declaration', declaration],
  ['parameter_declaration', (into, node, role) => {
    const { name, type } = declared(into, into.raw.by(node, 'declarator'));
    into.at(K.Param, role, node);
    typeOf(into, into.raw.by(node, 'type'), type);
    into.put(name, R.Target);
    into.close();
  }],
  ['field_declaration', declaration],
  ['type_descriptor', (into, node, role) => {
    into.at(K.Other, role, node, into.raw.text(node).replace(/\s+/g, ' '));
    into.close();
  }],
  ['concatenated_string', (into, node, role) => {
    const parts = into.raw.named(node);
    if (parts.some((part) => !/string/.test(into.raw.kind(part)))) return into.list(K.Template, role, node, parts);
    into.leafAt(K.Str, role, node, parts.map((part) => /^\w*"([\s\S]*)"$/.exec(into.raw.text(part))?.[1] ?? '').join(''));
  }],
  ['char_literal', (into, node, role) => into.leafAt(K.Num, role, node)],
  ...many('preproc_if preproc_ifdef preproc_else preproc_elif linkage_specification namespace_definition', members(K.Other)),
  ['labeled_statement', (into, node, role) => into.put(into.raw.named(node).at(-1) ?? -1, role)],
  ['for_range_loop', (into, node, role) => {
    const { raw } = into;
    into.at(K.ForEach, role, node, 'in');
    into.put(declared(into, raw.by(node, 'declarator')).name, R.Target);
    into.put(raw.by(node, 'right'), R.Source);
    body(into, raw.by(node, 'body'), R.Body);
    into.close();
  }],
  ['initializer_list', members(K.Array)],
]);

/** The name within a declarator, and what stands round it: `*`, `[10]`. */
function declared({ raw }: TreeLowering, declarator: number): { readonly name: number; readonly type: readonly number[]; readonly isFunction: boolean } {
  const type: number[] = [];
  let at = declarator;
  let isFunction = false;
  while (at !== -1 && raw.kind(at).endsWith('_declarator') && type.length < 20) {
    type.push(at);
    isFunction ||= raw.kind(at) === 'function_declarator';
    const inner = raw.by(at, 'declarator');
    at = inner === -1 ? (raw.named(at).at(-1) ?? -1) : inner;
  }
  return { name: at, type, isFunction };
}

/** A type with its pointers and sizes: `char[10]`. */
function typeOf(into: TreeLowering, type: number, wrappers: readonly number[]): void {
  if (type === -1) return;
  const { raw } = into;
  const size = wrappers.find((each) => raw.kind(each) === 'array_declarator');
  if (wrappers.length === 0) return into.put(type, R.Type);
  into.at(K.Other, R.Type, type, size === undefined ? '*' : '[]');
  into.put(type, R.None);
  if (size !== undefined) into.put(raw.by(size, 'size'), R.None);
  into.close();
}

function declaration(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const declarators = raw.allBy(node, 'declarator');
  if (declarators.length === 0) return into.list(K.Other, role, node, raw.named(node), raw.kind(node));
  for (const each of declarators) {
    const holds = raw.kind(each) === 'init_declarator';
    const { name, type, isFunction } = declared(into, holds ? raw.by(each, 'declarator') : each);
    if (isFunction) {
      into.list(K.Other, role, node, raw.named(node), raw.kind(node));
      continue;
    }
    into.open(K.VarDef, role, declarators.length === 1 ? raw.start(node) : raw.start(each), declarators.length === 1 ? raw.end(node) : raw.end(each));
    typeOf(into, raw.by(node, 'type'), type);
    into.put(name, R.Target);
    if (holds) into.put(raw.by(each, 'value'), R.Init);
    into.close();
  }
}
