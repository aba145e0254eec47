import type { Constant, IrModule } from '#model/ir.ts';

const alphabet = /^[A-Za-z0-9+/=_-]{20,}$/;
/** Share of neighbours of different kinds (small, capital, digit): names of things have a third, random text half or more. */
const leastChange = 0.4;

/** Long texts without the look of a name may be keys: they say nothing about flows, and modules are kept on disk. */
export function looksRandom(text: string): boolean {
  if (!alphabet.test(text) || !/\d/.test(text)) return false;
  const sample = text.slice(0, 400);
  let changes = 0;
  for (let at = 1; at < sample.length; at++) if (differ(kindOf(sample.charCodeAt(at)), kindOf(sample.charCodeAt(at - 1)))) changes++;
  return changes / (sample.length - 1) >= leastChange;
}

/** What stands between words is no change. */
function differ(a: number, b: number): boolean {
  return a !== b && a !== separator && b !== separator;
}

const separator = 3;

function kindOf(code: number): number {
  if (code >= 48 && code <= 57) return 0;
  if (code >= 97) return 1;
  return code >= 65 && code <= 90 ? 2 : separator;
}

/** The module without constants that look random; everything else as it was. */
export function withoutRandomConstants(ir: IrModule): IrModule {
  if (!ir.constants.some(isRandom)) return ir;
  return { ...ir, constants: ir.constants.map((constant) => (isRandom(constant) ? { kind: 'string' as const, text: '\u2026' } : constant)) };
}

function isRandom({ kind, text }: Constant): boolean {
  return kind === 'string' && text.length >= 20 && looksRandom(text);
}
