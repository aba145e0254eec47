import type { Constant, IrFunction, IrGap, IrModule, Language } from '#model/ir.ts';

/**
 * A module of the normal form as one piece of shared memory: it crosses threads without a copy and goes to disk as it is. Reading it
 * back makes views, not copies.
 *
 *     number of bytes in head, head (JSON, padded), Int32 arrays one after the other, operations, text of all strings (UTF-8)
 */
interface Head {
  readonly path: string;
  readonly language: Language;
  readonly length: number;
  readonly cells: number;
  readonly instructions: number;
  readonly operands: number;
  readonly functions: number;
  /** Texts: of `strings`, of constants, of functions with their parameters, in this order. */
  readonly strings: number;
  readonly constants: number;
  readonly texts: number;
  readonly gaps: readonly IrGap[];
}

const kinds: readonly IrFunction['kind'][] = ['plain', 'arrow', 'async', 'generator', 'constructor', 'getter', 'setter', 'static', 'method'];
const constantKinds: readonly Constant['kind'][] = ['string', 'number', 'boolean', 'null', 'undefined', 'regexp'];
/** Numbers kept of each function: parent, start, end, params, kind, number of names of parameters. */
const perFunction = 6;

export function toBytes(ir: IrModule): Uint8Array {
  const texts = [...ir.strings, ...ir.constants.map(({ text }) => text), ...ir.functions.flatMap(({ name, paramNames }) => [name, ...paramNames])];
  const head: Head = {
    path: ir.path,
    language: ir.language,
    length: ir.length,
    cells: ir.cells,
    instructions: ir.ops.length,
    operands: ir.operands.length,
    functions: ir.functions.length,
    strings: ir.strings.length,
    constants: ir.constants.length,
    texts: texts.length,
    gaps: ir.gaps,
  };
  const encoder = new TextEncoder();
  const headBytes = encoder.encode(JSON.stringify(head));
  const text = encoder.encode(texts.join(''));
  const lengths = Int32Array.from(texts, (one) => one.length);
  const functions = Int32Array.from(ir.functions.flatMap((one) => [one.parent, one.start, one.end, one.params, kinds.indexOf(one.kind), one.paramNames.length]));
  const constants = Int32Array.from(ir.constants, ({ kind }) => constantKinds.indexOf(kind));
  const numbers = [ir.a, ir.b, ir.c, ir.operandsAt, ir.operands, ir.starts, ir.ends, ir.owners, functions, constants, lengths];
  const headSpace = 4 + align(headBytes.length);
  const size = headSpace + 4 * numbers.reduce((sum, array) => sum + array.length, 0) + ir.ops.length + text.length;
  const bytes = new Uint8Array(new SharedArrayBuffer(align(size)));
  new DataView(bytes.buffer).setUint32(0, headBytes.length, true);
  bytes.set(headBytes, 4);
  let at = headSpace;
  for (const array of numbers) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  bytes.set(ir.ops, at);
  bytes.set(text, at + ir.ops.length);
  // How much of the padding at the end is none of the text follows from the lengths.
  return bytes;
}

/** `bytes` must begin at a multiple of four in its memory; the result looks into it. */
export function fromBytes(bytes: Uint8Array): IrModule {
  const headLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const head = JSON.parse(textOf(bytes.subarray(4, 4 + headLength))) as Head;
  let at = 4 + align(headLength);
  const take = (count: number): Int32Array => {
    const view = new Int32Array(bytes.buffer, bytes.byteOffset + at, count);
    at += 4 * count;
    return view;
  };
  const { instructions, operands } = head;
  const [a, b, c, operandsAt] = [take(instructions), take(instructions), take(instructions), take(instructions + 1)];
  const arrays = { a, b, c, operandsAt, operands: take(operands), starts: take(instructions), ends: take(instructions), owners: take(instructions) };
  const functions = take(perFunction * head.functions);
  const constants = take(head.constants);
  const lengths = take(head.texts);
  const ops = bytes.subarray(at, at + instructions);
  const texts = cut(textOf(bytes.subarray(at + instructions)), lengths);
  return {
    path: head.path,
    language: head.language,
    length: head.length,
    cells: head.cells,
    ops,
    ...arrays,
    strings: texts.slice(0, head.strings),
    constants: Array.from(constants, (kind, index) => ({ kind: constantKinds[kind] as Constant['kind'], text: texts[head.strings + index] as string })),
    functions: functionsOf(functions, texts, head.strings + head.constants),
    gaps: head.gaps,
  };
}

/** Where instructions stand, without reading the rest. */
export function positionsIn(bytes: Uint8Array): Pick<IrModule, 'starts' | 'ends'> {
  const headLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const { instructions, operands } = JSON.parse(textOf(bytes.subarray(4, 4 + headLength))) as Head;
  const at = bytes.byteOffset + 4 + align(headLength) + 4 * (4 * instructions + 1 + operands);
  return { starts: new Int32Array(bytes.buffer, at, instructions), ends: new Int32Array(bytes.buffer, at + 4 * instructions, instructions) };
}

function cut(text: string, lengths: Int32Array): string[] {
  const texts: string[] = [];
  let at = 0;
  for (const length of lengths) {
    texts.push(text.slice(at, at + length));
    at += length;
  }
  return texts;
}

function functionsOf(numbers: Int32Array, texts: readonly string[], from: number): IrFunction[] {
  const functions: IrFunction[] = [];
  let text = from;
  for (let at = 0; at < numbers.length; at += perFunction) {
    const [parent, start, end, params, kind, names] = numbers.subarray(at, at + perFunction) as unknown as [number, number, number, number, number, number];
    functions.push({ name: texts[text] as string, parent, start, end, params, paramNames: texts.slice(text + 1, text + 1 + names), kind: kinds[kind] as IrFunction['kind'] });
    text += 1 + names;
  }
  return functions;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function align(size: number): number {
  return (size + 3) & ~3;
}
