import { op } from '#model/ir.ts';
import { type ClassTable, everything } from './classes.ts';
import { constantAt } from './constants.ts';
import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';
import type { Instruction } from './layout.ts';
import { allowedBy, excludedBy, excludedText, leadingHome } from './text-guards.ts';

/** Methods without arguments that tell texts of letters and digits only. */
const plainTexts: ReadonlySet<string> = new Set(['isdigit', 'isdecimal', 'isnumeric', 'isalnum', 'isalpha', 'isidentifier']);
const matches: ReadonlySet<string> = new Set(['match', 'fullmatch', 'search']);
const numberTypes: ReadonlySet<string> = new Set(['int', 'float', 'bool', 'complex']);

export interface Asked {
  readonly heap: Heap;
  readonly classes: ClassTable;
  /** Whether a node is the value that is asked about. */
  readonly isOf: (node: Node) => boolean;
  readonly holds: boolean;
}

/** What a method call proves of a value in Python: `x.isdigit()`, `re.match(pattern, x)`, `compiled.match(x)`. */
export function pythonMethod({ heap, classes, isOf, holds }: Asked, call: Instruction): number {
  const [first, second] = call.operands;
  if (first === undefined) return holds && plainTexts.has(call.textB) && isOf(call.a) ? everything : 0;
  if (!matches.has(call.textB)) return 0;
  const compiled = patternOf(heap, call.a);
  const [source, text] = compiled === undefined ? [textAt(heap, first), second] : [compiled, first];
  if (source === undefined || text === undefined || !isOf(text)) return 0;
  const whole = anchored(source, call.textB);
  return holds ? allowedBy(whole, classes) | leadingHome(whole, classes) : excludedBy(source, classes);
}

/** The expression of `re.compile(...)`. */
export function patternOf(heap: Heap, node: Node): string | undefined {
  if (node < 0 || node >= heap.layout.values) return undefined;
  const made = heap.layout.at(node);
  const [pattern] = made.operands;
  return made.op === op.invoke && pattern !== undefined && made.textB === 'compile' ? textAt(heap, pattern) : undefined;
}

/** The text that a node is, where it is a constant. */
export function textAt(heap: Heap, node: Node): string | undefined {
  const constant = constantAt(heap, node);
  return constant.kind === 'constant' ? constant.text : undefined;
}

/** As JavaScript would write it: `match` starts at the start, `fullmatch` ends at the end. */
function anchored(source: string, method: string): string {
  const body = source.replace(/^\\A/, '^').replace(/\\Z$/, '$');
  const started = method === 'search' || body.startsWith('^') ? body : `^${body}`;
  return method === 'fullmatch' && !/(?<!\\)\$$/.test(started) ? `${started}$` : started;
}

/** `isinstance(x, int)`, `'..' in x`. */
export function pythonTest({ heap, classes, isOf, holds }: Asked, test: Instruction): number {
  if (test.textC === 'instanceof') return holds && isOf(test.a) && isNumberType(heap, test.b) ? everything : 0;
  if (test.textC !== 'in' || holds || !isOf(test.b)) return 0;
  const text = textAt(heap, test.a);
  return text === undefined ? 0 : excludedText(text, classes);
}

function isNumberType(heap: Heap, node: Node): boolean {
  if (node < 0 || node >= heap.layout.values) return false;
  const made = heap.layout.at(node);
  return made.op === op.global && numberTypes.has(made.textA);
}
