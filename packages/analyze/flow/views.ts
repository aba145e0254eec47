import { type IrModule, op, unencodedOutput } from '#model/ir.ts';
import type { ApiView } from '#model/library.ts';
import type { Node } from './graph.ts';
import { type Heap, type Site, wait } from './heap.ts';
import type { Knowledge } from './knowledge.ts';
import { placeNode } from './constants.ts';
import { readPlace } from './places.ts';
import { possibleAt } from './possible-values.ts';

/** The object itself, by the name that templates have for it. */
const whole: ReadonlySet<string> = new Set(['locals', 'it', 'self']);

interface Template {
  readonly module: number;
  /** Its path without extension, behind a slash. */
  readonly path: string;
  readonly extension: string;
}

/** Templates see what they are rendered with: names that they do not bind are members of that. */
export function renderViews(heap: Heap, knowledge: Knowledge): void {
  const templates = templatesOf(heap);
  if (templates.length === 0) return;
  for (const site of heap.sites.slice()) {
    for (const saying of site.externals.flatMap((states) => knowledge.about(states))) if (saying.kind === 'view') render(heap, site, saying.said, templates);
  }
}

function render(heap: Heap, site: Site, said: ApiView, templates: readonly Template[]): void {
  const name = placeNode(heap, site, said.name);
  const locals = readPlace(heap, site, said.locals);
  if (name === undefined || locals.length === 0) return;
  const texts = possibleAt(heap, name).constants.flatMap(({ text, type }) => (type === 'string' ? [text] : []));
  for (const one of texts.flatMap((text) => named(templates, text))) fill(heap, one, locals, site);
}

/** What a template does not bind is no global of the language's surroundings. */
export function isTemplate({ strings }: Pick<IrModule, 'strings'>): boolean {
  return strings.includes(unencodedOutput);
}

function templatesOf(heap: Heap): Template[] {
  return heap.layout.modules.flatMap((ir, module) => {
    const { path } = ir;
    if (!isTemplate(ir)) return [];
    const dot = path.lastIndexOf('.');
    return [{ module, path: `/${path.slice(0, dot)}`, extension: path.slice(dot) }];
  });
}

/** Those whose path ends so; of several the ones that lie least deep. */
function named(templates: readonly Template[], name: string): Template[] {
  const wanted = `/${name.replace(/^(?:\.{0,2}\/)+/, '')}`;
  const found = templates.filter(({ path, extension }) => path.endsWith(wanted) || `${path}${extension}`.endsWith(wanted));
  const least = Math.min(...found.map(({ path }) => path.split('/').length));
  return found.filter(({ path }) => path.split('/').length === least);
}

function fill(heap: Heap, { module }: Template, locals: readonly Node[], { module: from }: Site): void {
  const ir = heap.layout.modules[module];
  if (ir === undefined || from === module) return;
  const base = heap.layout.bases[module] as number;
  ir.ops.forEach((code, place) => {
    if (code !== op.global) return;
    const name = ir.strings[ir.a[place] as number] ?? '';
    for (const node of name === unencodedOutput ? [] : locals) {
      if (whole.has(name)) heap.graph.copy(node, base + place);
      else heap.wait(node, wait.load, heap.layout.names.number(name), base + place);
      heap.taints(node, base + place);
    }
  });
}
