import { type IrModule, op } from '#model/ir.ts';
import { ModuleBuilder } from '../ir/module-builder.ts';

/** Keys of one file that are kept. */
const mostKeys = 5_000;
const longestValue = 2_000;

/** Under what name a module that stands for a file of properties gives them. */
const propertiesExport = 'properties';

/**
 * A file of properties as a module: an object with a function for each key, which gives its value whatever default it is called with. A key that the
 * file does not have is a call of nothing, of which only the default is known.
 */
export function lowerProperties(text: string, path: string): IrModule {
  const module = new ModuleBuilder(path, 'java', text.length);
  const body = module.function({ name: '', start: 0, end: 0, params: 0, paramNames: [], kind: 'plain' }, undefined);
  const whole = { start: 0, end: 0 };
  const object = body.emit(op.object, whole);
  for (const { key, value, start, end } of entriesOf(text)) {
    const span = { start, end };
    const getter = module.function({ name: key, start, end, params: 1, paramNames: ['otherwise'], kind: 'static' }, body);
    body.store(object, key, body.emit(op.closure, span, getter.index), span);
    getter.return(module.literal('string', value), span);
  }
  body.emit(op.export, whole, module.text(propertiesExport), object);
  return module.finish();
}

interface Entry {
  readonly key: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** The last one of equal keys counts, as `java.util.Properties.load` has it. */
function entriesOf(text: string): Entry[] {
  const found = new Map<string, Entry>();
  const line = /^[ \t\f]*((?:[^\\\r\n]|\\(?:\r\n|[\s\S]))*)$/gm;
  for (let match = line.exec(text); match !== null && found.size < mostKeys; match = line.exec(text)) {
    const logical = (match[1] ?? '').replaceAll(/\\\r?\n[ \t\f]*/g, '');
    if (match[0] === '') line.lastIndex++;
    if (logical === '' || /^[#!]/.test(logical)) continue;
    const [, key = '', value = ''] = /^((?:[^\\=:\s]|\\[\s\S])*)[ \t\f]*[=:]?[ \t\f]*([\s\S]*)$/.exec(logical) ?? [];
    if (value.length <= longestValue) found.set(plain(key), { key: plain(key), value: plain(value), start: match.index, end: match.index + match[0].length });
  }
  return [...found.values()];
}

function plain(text: string): string {
  return text.replaceAll(/\\(?:u([\da-fA-F]{4})|([\s\S]))/g, (_, unit?: string, one?: string) => {
    if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
    return { n: '\n', t: '\t', r: '\r', f: '\f' }[one ?? ''] ?? one ?? '';
  });
}
