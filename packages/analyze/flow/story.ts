import { op, outcome } from '#model/ir.ts';
import type { CodeSpan, ProgramStep, SourceKind } from '#model/program.ts';
import { shortfallOf } from './checks.ts';
import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';
import type { Sink } from './sinks.ts';

/** Steps that are told of one flow. */
const mostSteps = 40;

/** The place in the source that a node stands for; undefined for what has none. */
export function nodeSpan(heap: Heap, node: Node): CodeSpan | undefined {
  if (node < 0) return undefined;
  if (node < heap.layout.values) {
    const made = heap.layout.at(node);
    return made.end === 0 ? undefined : { module: made.module, start: made.start, end: made.end };
  }
  const param = heap.paramOf(node);
  if (param === undefined) return undefined;
  return nodeSpan(heap, heap.layout.paramValue(param.fn, param.at));
}

export function sourceLabel(heap: Heap, node: Node, kind: SourceKind): string {
  const param = heap.paramOf(node);
  if (param !== undefined) {
    const info = heap.layout.functionInfo(param.fn);
    const name = info.paramNames[param.at] ?? '';
    const of = info.name === '' ? '' : ` of ${info.name}`;
    return kind === 'parameter' ? `parameter ${name === '' ? String(param.at + 1) : `"${name}"`}${of}, which others call` : `parameter ${name}${of}`;
  }
  return labels[kind];
}

const labels: Readonly<Record<SourceKind, string>> = {
  request: 'part of a request', argument: 'an argument of the command line', environment: 'the environment', file: 'the content of a file', message: 'a message', page: 'what a link to it can hold', network: 'an answer from the network',
  database: 'a row of a database', parameter: 'a parameter of what others call',
};

/** A flow as steps of the source; neighbours on one place are one. */
export function describe(heap: Heap, way: readonly Node[], sink: Sink, place: CodeSpan): ProgramStep[] {
  const steps: ProgramStep[] = [];
  way.forEach((node, at) => {
    const span = nodeSpan(heap, node);
    const last = steps.at(-1);
    if (span === undefined || isHandedOn(heap, node)) return;
    const check = checkAt(heap, node);
    if (last !== undefined && last.module === span.module && last.start === span.start) {
      if (check !== undefined && last.check === undefined && steps.length > 1) steps[steps.length - 1] = { ...last, ...told(check) };
      return;
    }
    steps.push({ ...span, message: at === 0 ? 'untrusted input comes in' : message(heap, node), ...(check === undefined ? {} : told(check)) });
  });
  const kept = steps.length > mostSteps ? [...steps.slice(0, mostSteps / 2), ...steps.slice(-mostSteps / 2)] : steps;
  return [...kept, { ...place, message: `reaches ${sink.label}` }];
}

/** A value that was handed to a call before; that says nothing of its way. */
function isHandedOn(heap: Heap, node: Node): boolean {
  if (node >= heap.layout.values) return false;
  const made = heap.layout.at(node);
  return made.op === op.refine && made.rawC === outcome.returned;
}

/** Why the check that a node stands for does not suffice. */
function checkAt(heap: Heap, node: Node): string | undefined {
  if (node >= heap.layout.values) return undefined;
  const made = heap.layout.at(node);
  return made.op === op.refine ? shortfallOf(heap, made.b) : undefined;
}

function told(check: string): Pick<ProgramStep, 'message' | 'check'> {
  return { message: `passes this check: ${check}`, check };
}

function message(heap: Heap, node: Node): string {
  if (node >= heap.layout.values) return paramMessage(heap, node);
  const made = heap.layout.at(node);
  switch (made.op) {
    case op.param: return 'is passed to this function';
    case op.load: return `its member ${made.textB} is read`;
    case op.loadAt:
    case op.element: return 'an element of it is read';
    case op.key: return 'one of its keys is taken';
    case op.concat: return 'becomes part of a text';
    case op.call:
    case op.invoke:
    case op.construct: return made.textB === '' || made.op !== op.invoke ? 'comes out of this call' : `comes out of ${made.textB}()`;
    case op.refine: return 'passes this check';
    default: return 'is kept here';
  }
}

function paramMessage(heap: Heap, node: Node): string {
  const param = heap.paramOf(node);
  if (param === undefined) return 'is kept here';
  const { name } = heap.layout.functionInfo(param.fn);
  return name === '' ? 'is passed to a function' : `is passed to ${name}`;
}
