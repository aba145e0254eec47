import { op } from '#model/ir.ts';
import type { Block, FunctionBuilder } from './function-builder.ts';
import type { ModuleBuilder, Span, Value, Variable } from './module-builder.ts';

/** Parameters of one function that are told of where control leaves it. */
export const mostToldParams = 8;
/** Control leaves without giving anything back. */
export const falls: Value = -1;

interface Place {
  readonly module: ModuleBuilder;
  readonly build: FunctionBuilder;
}

/** Says what the parameters are where control leaves; false where nothing was asked of them. */
export function tellExit({ module, build }: Place, params: readonly Variable[] | undefined, value: Value, span: Span): boolean {
  if (params === undefined || !build.reachable) return false;
  const values = params.map((one) => build.read(one));
  if (!wereAsked(module, values)) return false;
  build.emit(op.exit, span, value, -1, -1, values);
  return true;
}

/** Something was asked of one of the values. */
export function wereAsked(module: ModuleBuilder, values: readonly Value[]): boolean {
  return values.some((one) => module.opOf(one) === op.refine || module.opOf(one) === op.phi);
}

/** Gives true and false back, each on the way where a condition gave it. */
export function returnAnswers(at: Place, { yes, no }: { readonly yes: Block; readonly no: Block }, params: readonly Variable[] | undefined, span: Span): void {
  for (const [block, answer] of [[yes, true], [no, false]] as const) {
    at.build.enter(block);
    if (!at.build.reachable) continue;
    const value = at.module.literal('boolean', String(answer));
    at.build.return(value, span, tellExit(at, params, value, span));
  }
}
