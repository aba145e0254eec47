import { type IrModule, op } from '#model/ir.ts';
import { type States, step } from './api-automaton.ts';
import { type ClassTable, everything } from './classes.ts';
import { constantAt } from './constants.ts';
import { Guards } from './guards.ts';
import type { Heap } from './heap.ts';
import { objectKind } from './objects.ts';
import { answerOf } from './own-checks.ts';
import { keyMask } from './pollution.ts';
import type { Knowledge } from './knowledge.ts';
import { isNumberField } from './number-fields.ts';
import { isOwnAddress, isOwnSetting, isPathOfRequest } from './own-addresses.ts';

/** Adds what only taint takes and needs all objects known: refined values, text put together. */
export function addTaintEdges(heap: Heap, knowledge: Knowledge, classes: ClassTable): void {
  const guards = new Guards(heap, knowledge, classes);
  memberEdges(heap, knowledge, classes);
  const addresses = classes.mask(['server-side-request-forgery', 'open-redirect']);
  heap.layout.modules.forEach((ir, module) => {
    const base = heap.layout.bases[module] as number;
    for (let place = 0; place < ir.ops.length; place++) {
      const code = ir.ops[place];
      if (code === op.refine) {
        const a = base + (ir.a[place] as number);
        heap.taints(a, base + place, ~guards.proven(a, base + (ir.b[place] as number), answerOf(ir.c[place] as number)));
      } else if (code === op.concat) concat(heap, ir, base, place, { addresses, keys: keyMask(classes) });
    }
  });
}

/** `Path(x).name`: a member of which a sanitizer speaks. */
function memberEdges(heap: Heap, knowledge: Knowledge, classes: ClassTable): void {
  const { lateLoads, objects, automaton, graph, layout } = heap;
  for (let at = 0; at < lateLoads.length; at += 2) {
    const [base, value] = [lateLoads.get(at), lateLoads.get(at + 1)];
    const text = layout.at(value).textB;
    const name = step.member(text);
    let clean = 0;
    for (const object of graph.held(base)) {
      if (isNumberField(heap, object, text)) clean |= everything;
      if (objects.kinds[object] !== objectKind.external) continue;
      for (const saying of knowledge.about(automaton.move(objects.of[object] as States, name))) if (saying.kind === 'sanitizer') clean |= classes.mask(saying.said.classes);
    }
    heap.taints(base, value, ~clean);
  }
}

interface Masks {
  readonly addresses: number;
  readonly keys: number;
}

/** An address whose host is fixed by what stands before is no address of the attacker's choice, and a name with something before or after it is no `__proto__`. */
function concat(heap: Heap, ir: IrModule, base: number, place: number, { addresses, keys }: Masks): void {
  const alone = textParts(heap, ir, base, place) < 2;
  let before = '';
  const first = base + (ir.operands[ir.operandsAt[place] as number] as number);
  let fixed = !alone && isOwnAddress(heap, first);
  const isSetting = !alone && isOwnSetting(heap, first);
  for (let at = ir.operandsAt[place] as number; at < (ir.operandsAt[place + 1] as number); at++) {
    const operand = base + (ir.operands[at] as number);
    const constant = constantAt(heap, operand);
    if (constant.kind === 'constant') {
      before += constant.text;
      fixed ||= /^(?:(?:redirect|forward):)?(?:\w+:\/\/[^/?#]+[/?#]|\/[^/\\])|[?#]/.test(before) || (at > (ir.operandsAt[place] as number) && /[/?#]/.test(constant.text));
      continue;
    }
    fixed ||= before !== '' && (isSetting || isPathOfRequest(heap, operand));
    heap.taints(operand, base + place, ~((fixed ? addresses : 0) | (alone ? 0 : keys)));
    before += ' ';
  }
}

/** Operands that are more than an empty text. */
function textParts(heap: Heap, ir: IrModule, base: number, place: number): number {
  let parts = 0;
  for (let at = ir.operandsAt[place] as number; at < (ir.operandsAt[place + 1] as number); at++) {
    const constant = constantAt(heap, base + (ir.operands[at] as number));
    if (constant.kind !== 'constant' || constant.text !== '') parts++;
  }
  return parts;
}
