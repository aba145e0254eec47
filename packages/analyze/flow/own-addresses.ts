import { op } from '#model/ir.ts';
import type { Node } from './graph.ts';
import { constantAt } from './constants.ts';
import type { Heap, Site } from './heap.ts';
import type { Instruction } from './layout.ts';
import { rootOf } from './roots.ts';

/** Names of settings that hold an address of the program's own: `serverURL`, `API_BASE`. */
const ownNames = /^(?!.*(?:redirect|return|next|callback|target))(?:.*[a-z_])?(?:base|root|site|home|server|api|app|public|external|end_?point|origin|domain|host|prefix)s?_?(?:ur[il]|address|href|path|host|origin|name)?$/i;
/** Members that are a path from the root on, whatever they are members of. */
const rooted: ReadonlySet<string> = new Set(['originalUrl', 'pathname', 'baseUrl']);
const ofRequests: ReadonlySet<string> = new Set(['url', 'path']);
const requests = /^_?(?:req|request|ctx|context|incoming)$/i;

/** The page's own address, or a part of it with which it begins: `location.origin + path` stays there, whatever follows. */
export function isOwnAddress(heap: Heap, operand: number): boolean {
  return beginsWith(heap, operand, (at) => {
    const made = heap.layout.at(at);
    if (made.op === op.construct) return isUrl(heap, made) && made.operands.length === 1 && isOwnAddress(heap, made.operands[0] as number);
    if (made.op !== op.load) return isLocation(heap, at);
    return isLocation(heap, at) || (ownWholes.has(made.textB) && isLocation(heap, made.a)) || (ofDocument.has(made.textB) && isDocument(heap, made.a));
  });
}

/** Members of the page's address with which it begins, and of its document that are that address. */
const ownWholes: ReadonlySet<string> = new Set(['href', 'origin']);
const ofDocument: ReadonlySet<string> = new Set(['URL', 'documentURI', 'baseURI']);

function isDocument(heap: Heap, node: number): boolean {
  const made = node >= 0 && node < heap.layout.values ? heap.layout.at(node) : undefined;
  return (made?.op === op.global && made.textA === 'document') || (made?.op === op.load && made.textB === 'document');
}

function isUrl(heap: Heap, { a }: Instruction): boolean {
  const made = a < heap.layout.values ? heap.layout.at(a) : undefined;
  return (made?.op === op.global && made.textA === 'URL') || (made?.op === op.load && made.textB === 'URL');
}

/** `new URL(path, location.href)`: the page's own address says no more of it than where it leads to: home. */
export function isOwnBase(heap: Heap, { value, args }: Site): boolean {
  const [, base] = args;
  return base !== undefined && value < heap.layout.values && isUrl(heap, heap.layout.at(value)) && isOwnAddress(heap, base);
}

/** Something that bears the name of an address of the program's own: what follows does not choose the host. */
export function isOwnSetting(heap: Heap, operand: number): boolean {
  return beginsWith(heap, operand, (at) => {
    const made = heap.layout.at(at);
    return ownNames.test(made.op === op.load ? made.textB : made.op === op.global ? made.textA : paramName(heap, at));
  });
}

function beginsWith(heap: Heap, operand: number, isIt: (at: Node) => boolean): boolean {
  let at = rootOf(heap, operand);
  for (let round = 0; round < mostSteps && at < heap.layout.values; round++) {
    const made = heap.layout.at(at);
    if (isIt(at)) return true;
    if (made.op !== op.concat && !isBeginning(heap, at)) return false;
    at = rootOf(heap, made.op === op.concat ? (made.operands[0] as number) : made.a);
  }
  return false;
}

/** It begins with a slash: after anything else it is no part of a host's name. */
export function isPathOfRequest(heap: Heap, operand: number): boolean {
  const at = rootOf(heap, operand);
  if (at >= heap.layout.values) return false;
  const made = heap.layout.at(at);
  if (made.op !== op.load) return false;
  return rooted.has(made.textB) || (ofRequests.has(made.textB) && requests.test(paramName(heap, rootOf(heap, made.a))));
}

function paramName(heap: Heap, node: number): string {
  if (node >= heap.layout.values) return '';
  const { op: code, ir, place, rawA } = heap.layout.at(node);
  return code === op.param && rawA >= 0 ? (ir.functions[ir.owners[place] as number]?.paramNames[rawA] ?? '') : '';
}

/** What a text begins with, or all of it: `x.slice(0, n)`, `x.split('#')[0]`. */
function isBeginning(heap: Heap, at: number): boolean {
  const made = heap.layout.at(at);
  if (made.op === op.load && made.textB === '0') {
    const list = rootOf(heap, made.a);
    return list < heap.layout.values && heap.layout.at(list).op === op.invoke && heap.layout.at(list).textB === 'split';
  }
  if (made.op !== op.invoke) return false;
  const from = beginnings.has(made.textB) && made.operands[0] !== undefined ? constantAt(heap, made.operands[0]) : undefined;
  return keepsBeginning.has(made.textB) || (made.textB === 'split' && made.operands.length > 0) || (from?.kind === 'constant' && from.text === '0');
}

const beginnings: ReadonlySet<string> = new Set(['slice', 'substring', 'substr']);
const mostSteps = 6;
const keepsBeginning: ReadonlySet<string> = new Set(['replace', 'toString', 'trim']);

/** Parts of its address that a page cannot be sent to with a content of somebody's choice, or whose danger is told of by themselves. */
const ownParts: ReadonlySet<string> = new Set(['hostname', 'host', 'port', 'protocol', 'origin', 'pathname']);

/** What is read there is not as dangerous as the address that it is read from. */
export function isPartOfOwnAddress(heap: Heap, node: Node, member: string): boolean {
  return ownParts.has(member) && isLocation(heap, node);
}

function isLocation(heap: Heap, node: number): boolean {
  if (node >= heap.layout.values) return false;
  const made = heap.layout.at(node);
  return (made.op === op.load && made.textB === 'location') || (made.op === op.global && made.textA === 'location');
}
