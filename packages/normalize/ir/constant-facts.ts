import type { Constant } from '#model/ir.ts';

/** Whether a condition that is this constant holds; undefined when that is not known. */
export function truthOf(constant: Constant | undefined): boolean | undefined {
  if (constant === undefined) return undefined;
  const { kind, text } = constant;
  if (kind === 'boolean') return text === 'true';
  if (kind === 'string') return text !== '';
  if (kind === 'number') return Number(text) !== 0 && !Number.isNaN(Number(text));
  return kind === 'regexp';
}

/** The name of a member that this constant, in brackets, names. */
export function fixedName(constant: Constant | undefined): string | undefined {
  if (constant?.kind === 'string' || constant?.kind === 'number') return constant.text;
  return undefined;
}
