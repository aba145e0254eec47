import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import type { Lowering } from './lowering.ts';
import type { Node } from '../syntax/tree-reader.ts';

const conversion = /%(?:\((?<key>[^)]*)\))?[-#0 +]*(?<width>\*|\d+)?(?:\.(?<precision>\*|\d+))?[hlL]?(?<type>[diouxXeEfFgGcrsab%])/g;
const numbers: ReadonlySet<string> = new Set('diouxXeEfFgG');

interface Piece {
  readonly text: string;
  readonly key: string | undefined;
  /** Values that it takes from the right side. */
  readonly takes: number;
  readonly number: boolean;
}

/** `'... %s ...' % right` with a text that is known. */
export function percentFormat(py: Lowering, text: string, right: Node, node: Node): Value {
  const pieces = piecesOf(text);
  const takes = pieces.reduce((sum, { takes: each }) => sum + each, 0);
  const values = rightSide(py, right, takes);
  let at = 0;
  const parts = pieces.flatMap(({ text: constant, key, takes: count, number }) => {
    const value = key === undefined ? values(at + count - 1) : keyed(py, values(-1), key, node);
    at += count;
    const shown = count === 0 && key === undefined ? [] : [number ? py.build.arithmetic('+', value, undefined, py.span(node)) : value];
    return constant === '' ? shown : [py.text(constant), ...shown];
  });
  return py.build.concat(parts, py.span(node));
}

function keyed(py: Lowering, mapping: Value, key: string, node: Node): Value {
  return py.item(mapping, py.text(key), node);
}

/** What stands on the right, by number; -1: the whole of it. */
function rightSide(py: Lowering, right: Node, takes: number): (at: number) => Value {
  if (py.tree.kind(right) === 'tuple') {
    const values = py.tree.children(right).map((one) => py.expression(one));
    return (at) => values[at] ?? py.module.nothing();
  }
  const whole = py.expression(right);
  return (at) => (at < 0 || takes <= 1 ? whole : py.item(whole, py.number(at), right));
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let before = '';
  for (const match of text.matchAll(conversion)) {
    const { key, width, precision, type = 's' } = match.groups ?? {};
    before += text.slice(from, match.index);
    from = match.index + match[0].length;
    if (type === '%') {
      before += '%';
      continue;
    }
    const takes = key === undefined ? 1 + [width, precision].filter((one) => one === '*').length : 0;
    pieces.push({ text: before, key, takes, number: numbers.has(type) });
    before = '';
  }
  pieces.push({ text: before + text.slice(from), key: undefined, takes: 0, number: false });
  return pieces;
}

/** What a replacement field of `str.format` names: its first part, the members behind it, and whether it is shown as a number. */
export interface ReplacementField {
  readonly first: string;
  readonly members: readonly { readonly name: string; readonly element: boolean }[];
  readonly number: boolean;
}

/** The constant texts of a format and the fields between them; undefined when it is malformed. */
export function fieldsOf(text: string): { readonly texts: readonly string[]; readonly fields: readonly ReplacementField[] } | undefined {
  const texts: string[] = [];
  const fields: ReplacementField[] = [];
  let constant = '';
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if ((sign === '{' || sign === '}') && text[at + 1] === sign) {
      constant += sign;
      at++;
    } else if (sign === '{') {
      const end = closing(text, at);
      if (end < 0) return undefined;
      texts.push(constant);
      constant = '';
      fields.push(fieldOf(text.slice(at + 1, end)));
      at = end;
    } else constant += sign;
  }
  texts.push(constant);
  return { texts, fields };
}

function closing(text: string, from: number): number {
  let open = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') open++;
    else if (text[at] === '}' && --open === 0) return at;
  }
  return -1;
}

function fieldOf(text: string): ReplacementField {
  const [, name = '', specification = ''] = /^([^:!]*)(?:![a-z])?(?::(.*))?$/s.exec(text) ?? [];
  const [, first = '', members = ''] = /^([^.[]*)(.*)$/s.exec(name) ?? [];
  return { first, members: [...members.matchAll(/\.(\w+)|\[([^\]]*)\]/g)].map(([, member, element]) => ({ name: member ?? element ?? '', element: member === undefined })), number: isNumberFormat(specification) };
}

/** `d`, `.2f`, `08x`: whatever is shown so is a number. */
export function isNumberFormat(specification: string): boolean {
  return /^[^{}]*[bdeEfFgGnoxX%]$/.test(specification);
}

/** Texts with the values between them. */
export function interleaved(py: Lowering, texts: readonly string[], values: readonly Value[], node: Node): Value {
  const parts = texts.flatMap((text, at) => {
    const value = values[at];
    return [...(text === '' ? [] : [py.text(text)]), ...(value === undefined ? [] : [value])];
  });
  return py.build.concat(parts, py.span(node));
}

/** A value that is shown as a number is one. */
export function asNumber(py: Lowering, value: Value, node: Node): Value {
  return py.module.opOf(value) === op.arithmetic ? value : py.build.arithmetic('+', value, undefined, py.span(node));
}
