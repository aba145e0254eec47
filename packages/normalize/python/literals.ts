import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import type { Lowering } from './lowering.ts';
import { asNumber, interleaved, isNumberFormat } from './percent-format.ts';
import type { Node } from '../syntax/tree-reader.ts';

const escapes: ReadonlyMap<string, string> = new Map([['a', '\u0007'], ['b', '\b'], ['f', '\f'], ['n', '\n'], ['r', '\r'], ['t', '\t'], ['v', '\v'], ['\\', '\\'], ['\'', '\''], ['"', '"']]);

/** A text, with what is put into it. */
export function string(py: Lowering, node: Node): Value {
  const { texts, values } = stringParts(py, node);
  return interleaved(py, texts, values, node);
}

export function concatenated(py: Lowering, node: Node): Value {
  const texts = [''];
  const values: Value[] = [];
  for (const part of py.tree.children(node)) {
    const one = stringParts(py, part);
    texts[texts.length - 1] += one.texts[0] ?? '';
    texts.push(...one.texts.slice(1));
    values.push(...one.values);
  }
  return interleaved(py, texts, values, node);
}

function stringParts(py: Lowering, node: Node): { readonly texts: string[]; readonly values: readonly Value[] } {
  const { tree } = py;
  const prefix = tree.source(tree.child(node, 'string_start')).toLowerCase();
  const raw = prefix.includes('r');
  const texts = [''];
  const values: Value[] = [];
  for (const child of tree.children(node)) {
    const kind = tree.kind(child);
    if (kind === 'string_content') texts[texts.length - 1] += contentOf(py, child, raw);
    else if (kind === 'interpolation') {
      values.push(interpolation(py, child));
      texts.push('');
    }
  }
  return { texts, values };
}

/** The text of a literal that nothing is put into; undefined for others. */
export function plainText(py: Lowering, node: Node): string | undefined {
  if (py.tree.kind(node) !== 'string' || py.tree.child(node, 'interpolation') >= 0) return undefined;
  return stringParts(py, node).texts[0];
}

function contentOf({ tree }: Lowering, node: Node, raw: boolean): string {
  let text = '';
  let from = tree.start(node);
  for (const child of tree.children(node)) {
    const kind = tree.kind(child);
    if (kind === 'escape_interpolation') text += tree.text.slice(from, tree.start(child) + 1);
    else if (kind === 'escape_sequence' && !raw) text += tree.text.slice(from, tree.start(child)) + unescape(tree.source(child));
    else continue;
    from = tree.end(child);
  }
  return text + tree.text.slice(from, tree.end(node));
}

function unescape(escape: string): string {
  const sign = escape[1] ?? '';
  if (sign === '\n' || sign === '\r') return '';
  const known = escapes.get(sign);
  if (known !== undefined) return known;
  if (sign === 'N') return '\uFFFD';
  const code = /[xuU]/.test(sign) ? Number.parseInt(escape.slice(2), 16) : Number.parseInt(escape.slice(1), 8);
  return Number.isNaN(code) || code > 0x10_FFFF ? escape : String.fromCodePoint(code);
}

/** `{value!r:>10}` */
function interpolation(py: Lowering, node: Node): Value {
  const { tree } = py;
  const value = py.expression(tree.field(node, 'expression'));
  const specification = tree.field(node, 'format_specifier');
  const inner = tree.children(specification).map((child) => py.expression(tree.field(child, 'expression')));
  if (specification >= 0 && inner.length === 0 && isNumberFormat(tree.source(specification).slice(1))) return asNumber(py, value, node);
  return inner.length === 0 ? value : py.build.concat([value, ...inner], py.span(node));
}

export function integer(py: Lowering, node: Node): Value {
  const text = py.tree.source(node).replaceAll('_', '').toLowerCase().replace(/l$/, '');
  if (text.endsWith('j')) return py.unknown(node);
  const number = /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
  return Number.isNaN(number) ? py.unknown(node) : py.module.literal('number', String(number));
}

export function float(py: Lowering, node: Node): Value {
  const number = Number(py.tree.source(node).replaceAll('_', ''));
  return Number.isNaN(number) ? py.unknown(node) : py.module.literal('number', String(number));
}

export function truth(py: Lowering, node: Node): Value {
  return py.module.literal('boolean', py.tree.kind(node));
}

/** Elements of a list, tuple or set that are kept when all of them are constants. */
const mostConstants = 500;

export function list(py: Lowering, node: Node): Value {
  const { tree, build } = py;
  const made = build.emit(op.array, py.span(node));
  let open = false;
  let constants = 0;
  tree.children(node).forEach((child, at) => {
    const value = element(py, child);
    if (tree.kind(child) === 'list_splat') open = true;
    if (py.module.constantOf(value) !== undefined && ++constants > mostConstants) return;
    if (open) py.addTo(made, value, child);
    else py.setItem(made, py.number(at), value, child);
  });
  return made;
}

/** `*more` stands for what it holds. */
function element(py: Lowering, node: Node): Value {
  if (py.tree.kind(node) !== 'list_splat') return py.expression(node);
  return py.build.emit(op.element, py.span(node), py.expression(py.tree.child(node)));
}

export function dictionary(py: Lowering, node: Node): Value {
  const { tree, build } = py;
  const span = py.span(node);
  const parts = tree.children(node);
  const splats = parts.filter((part) => tree.kind(part) === 'dictionary_splat').map((part) => py.expression(tree.child(part)));
  const made = splats.length === 0 ? build.emit(op.object, span) : build.emit(op.copy, span, build.phi(splats, span));
  for (const part of parts) {
    if (tree.kind(part) !== 'pair') continue;
    const key = py.expression(tree.field(part, 'key'));
    py.setItem(made, key, py.expression(tree.field(part, 'value')), part);
  }
  return made;
}

/** A slice is some of what there was: the same elements, the same text. */
export function subscript(py: Lowering, node: Node): Value {
  const { tree } = py;
  const base = py.expression(tree.field(node, 'value'));
  const keys = tree.fieldNodes(node, 'subscript');
  const [key, ...more] = keys;
  if (key === undefined) return py.unknown(node);
  if (keys.some((one) => tree.kind(one) === 'slice')) {
    for (const one of keys) slice(py, one);
    return py.part(base, node);
  }
  return py.item(base, keyOf(py, key, more), node);
}

function slice(py: Lowering, node: Node): void {
  if (py.tree.kind(node) !== 'slice') return void py.expression(node);
  for (const bound of py.tree.children(node)) py.expression(bound);
}

export function keyOf(py: Lowering, key: Node, more: readonly Node[]): Value {
  if (more.length > 0) return py.list([key, ...more].map((one) => (py.tree.kind(one) === 'slice' ? py.unknown(one) : py.expression(one))), key);
  if (py.tree.kind(key) !== 'slice') return py.expression(key);
  slice(py, key);
  return py.unknown(key);
}

export function attribute(py: Lowering, node: Node): Value {
  return py.build.load(py.expression(py.tree.field(node, 'object')), py.tree.source(py.tree.field(node, 'attribute')), py.span(node));
}
