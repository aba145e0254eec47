import { type IrModule, isLocal, op } from '#model/ir.ts';

/** What joining modules into programs needs to know of one; small beside the module itself. */
export interface ModuleHead {
  readonly path: string;
  readonly language: IrModule['language'];
  /** Strings of `import` and `typed` instructions, each once. */
  readonly imports: readonly string[];
  /** Names of `export` instructions, each once. */
  readonly exports: readonly string[];
}

/** More of one file are left out: nothing is then known of what they name. */
const most = 5_000;

export function headOf(ir: IrModule): ModuleHead {
  const imports = new Set<string>();
  const exports = new Set<string>();
  for (let value = 0; value < ir.ops.length; value++) {
    const code = ir.ops[value];
    if (code === op.import) keep(imports, ir.strings[ir.a[value] as number]);
    else if (code === op.typed) keep(imports, ir.strings[ir.b[value] as number]);
    else if (code === op.export) keep(exports, ir.strings[ir.a[value] as number]);
  }
  return { path: ir.path, language: ir.language, imports: [...imports], exports: [...exports] };
}

function keep(set: Set<string>, text: string | undefined): void {
  if (text !== undefined && !isLocal(text) && set.size < most) set.add(text);
}
