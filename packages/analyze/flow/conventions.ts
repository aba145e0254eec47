import type { ApiPath } from '#model/library.ts';
import type { ProgramModule } from '#model/program.ts';
import { type States, step } from './api-automaton.ts';
import { type Heap, wait } from './heap.ts';
import type { Knowledge } from './knowledge.ts';
import { objectKind } from './objects.ts';

/** Hands what frameworks find without being told in code: exports of files in a certain place, functions with certain parameters. */
export function applyConventions(heap: Heap, knowledge: Knowledge): void {
  for (const one of knowledge.conventions) if ('parameters' in one) fillParameters(heap, one.parameters, statesOf(heap, one.is));
  const lending = knowledge.conventions.filter((one) => 'files' in one).map(({ files, exports, is }) => ({ files: files.map(pathPattern), exports, states: statesOf(heap, is) }));
  heap.layout.program.modules.forEach((module, at) => {
    if (module.role !== 'code') return;
    const path = pathInPackage(heap, module);
    for (const { files, exports, states } of lending) {
      if (!files.some((one) => one.test(path))) continue;
      for (const name of exports) lendExport(heap, at, name, states);
    }
  });
}

function pathInPackage(heap: Heap, module: ProgramModule): string {
  const folder = heap.layout.program.packages[module.package]?.folder ?? '';
  return folder !== '' && module.ir.path.startsWith(`${folder}/`) ? module.ir.path.slice(folder.length + 1) : module.ir.path;
}

/** Where a path such as `next.registerApi(arg0)` leads. */
function statesOf(heap: Heap, path: ApiPath): States {
  return path.reduce<States>((states, one) => {
    if (one.kind === 'root') return heap.automaton.start(one.names[0] ?? '');
    if (one.kind === 'argument' && typeof one.at === 'number') return heap.automaton.move(states, step.argument(one.at));
    return heap.automaton.move(states, one.kind === 'member' ? step.member(one.names[0] ?? '') : step.result);
  }, 0);
}

/** An export by its name, also where the module exports one object that holds it (`module.exports = { name }`). */
function lendExport(heap: Heap, module: number, name: string, states: States): void {
  const { objects, graph, layout } = heap;
  const exports = objects.object(objectKind.exports, module);
  if (name === '*') return objects.eachField(exports, (_, node) => heap.wait(node, wait.lend, states));
  const number = layout.names.number(name);
  heap.wait(objects.field(exports, number), wait.lend, states);
  if (name === 'default') return;
  const within = graph.node();
  heap.wait(objects.field(exports, layout.names.number('default')), wait.load, number, within);
  heap.wait(within, wait.lend, states);
}

/** Functions that take one after the other what is called so are called with it, whoever hands them to whom. */
function fillParameters(heap: Heap, parameters: readonly (readonly string[])[], states: States): void {
  const { layout } = heap;
  const wanted = parameters.map((names) => new Set(names));
  layout.modules.forEach(({ functions }, module) => functions.forEach(({ paramNames }, own) => {
    const first = paramNames.findIndex((_, at) => wanted.every((names, index) => names.has(paramNames[at + index] ?? '')));
    if (first < 0) return;
    const fn = (layout.functionBases[module] as number) + own;
    wanted.forEach((_, index) => heap.addExternal(heap.param(fn, first + index), heap.automaton.move(states, step.parameter(index))));
  }));
}

/** Globs of our own knowledge: `**` is any path, `*` a name, `{a,b}` one of these. */
function pathPattern(glob: string): RegExp {
  const source = glob.replace(/\*\*\/?|[*{},]|[.+?^$()|[\]\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    const known = braces.get(part);
    return known ?? `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}

const braces = new Map([['*', '[^/]*'], ['{', '(?:'], ['}', ')'], [',', '|']]);
