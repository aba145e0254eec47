import type { Block, FunctionBuilder } from './function-builder.ts';
import type { Span, Value } from './module-builder.ts';

/** Ways come together; each that gets there brings a value. */
export function joinWays(build: FunctionBuilder, ways: readonly (readonly [Block, () => Value])[], span: Span): Value {
  const join = build.block();
  const values: Value[] = [];
  for (const [block, lower] of ways) {
    build.enter(block);
    const reached = build.reachable;
    const value = lower();
    if (reached && build.reachable) values.push(value);
    build.jump(join);
  }
  build.seal(join);
  build.enter(join);
  return build.phi(values, span);
}
