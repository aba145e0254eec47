import { createHash } from 'node:crypto';
import type { IrModule } from '#model/ir.ts';

/**
 * A digest of all that a module says but where it stands in its file: comments, blank lines and indentation change a file, and not this.
 * Which instructions have no place counts, for they are no steps of a flow.
 */
export function meaningOf(ir: IrModule): string {
  const hash = createHash('sha256');
  const functions = ir.functions.map(({ name, parent, params, paramNames, kind }) => [name, parent, params, paramNames, kind]);
  hash.update(JSON.stringify([ir.path, ir.language, ir.cells, ir.ops.length, ir.operands.length, ir.strings, ir.constants, functions]));
  for (const array of [ir.ops, ir.a, ir.b, ir.c, ir.operandsAt, ir.operands, ir.owners]) hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return hash.update(Uint8Array.from(ir.ends, (end) => (end === 0 ? 0 : 1))).digest('hex');
}
