import type { IrModule } from '#model/ir.ts';

/** Stands for a folder that is a package without a file of its own. */
export function emptyModule(path: string, language: IrModule['language']): IrModule {
  const none = new Int32Array(0);
  return {
    path, language, length: 0, ops: new Uint8Array(0), a: none, b: none, c: none, operandsAt: new Int32Array(1), operands: none, starts: none, ends: none, owners: none,
    functions: [{ name: '', parent: -1, start: 0, end: 0, params: 0, paramNames: [], kind: 'plain' }], strings: [], constants: [], cells: 0, gaps: [],
  };
}
