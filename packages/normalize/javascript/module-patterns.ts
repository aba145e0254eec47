import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import type { Lowering } from './lowering.ts';

const joiners: ReadonlySet<string> = new Set(['join', 'resolve']);

/** The files that a name may mean which is put together when the program runs: `./routes/*` for `'./routes/' + name`. Undefined where no folder is said. */
export function modulePattern(js: Lowering, name: Value): string | undefined {
  const text = patternOf(js, name);
  if (text === undefined || !/^\.{1,2}\/(?:[^*]*\/)?[^*/]*\*[^*/]*$/.test(text)) return undefined;
  return text;
}

function patternOf(js: Lowering, name: Value): string | undefined {
  const made = js.module.at(name);
  if (made.code === op.concat) return made.operands.map((part) => textOf(js, part)).join('');
  if (made.code !== op.invoke || !joiners.has(js.module.textAt(made.b))) return undefined;
  return made.operands.map((part) => textOf(js, part)).join('/').replaceAll(/\/(?:\.?\/)+/g, '/');
}

/** What is not known may be any one name. */
function textOf(js: Lowering, part: Value): string {
  const constant = js.module.constantOf(part);
  if (constant?.kind === 'string') return constant.text;
  const made = js.module.at(part);
  return made.code === op.global && js.module.textAt(made.a) === '__dirname' ? '.' : '*';
}
