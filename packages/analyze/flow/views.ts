import { type IrModule, op, templateCalls, unencodedOutput } from '#model/ir.ts';
import type { ApiPath, ApiView, Place } from '#model/library.ts';
import { fileOf } from '#model/page-path.ts';
import { step, strange, type States } from './api-automaton.ts';
import { placeNode } from './constants.ts';
import type { Node } from './graph.ts';
import { type Heap, type Site, wait } from './heap.ts';
import type { Knowledge } from './knowledge.ts';
import { objectKind } from './objects.ts';
import { readPlace } from './places.ts';
import { possibleAt, returnsOf } from './possible-values.ts';
import { rootOf } from './roots.ts';

/** The object itself, by the name that templates of JavaScript have for it. */
const whole: ReadonlySet<string> = new Set(['locals', 'it', 'self']);
const calls: ReadonlySet<string> = new Set(Object.values(templateCalls));
/** Names of templates whose outputs are read by a browser. */
const page = /\.(?:x?html?|jinja2?|j2|svg|xml)$/i;
/** Templates within templates. */
const deepest = 12;

interface Template {
  readonly module: number;
  readonly file: string;
  /** Its path without extension, behind a slash. */
  readonly path: string;
  readonly extension: string;
}

/** What a template sees. */
interface Sight {
  /** Objects whose members it sees by their names. */
  readonly locals: readonly Node[];
  readonly named: ReadonlyMap<string, Node>;
  readonly globals: ReadonlyMap<string, States>;
  readonly encodes: ApiView['encodes'];
  /** Who renders it. */
  readonly module: number;
}

/** Templates see what they are rendered with: names that they do not bind are members of that. */
export function renderViews(heap: Heap, knowledge: Knowledge): void {
  const templates = templatesOf(heap);
  if (templates.length === 0) return;
  const called = callsByTemplate(heap, templates);
  for (const { module } of templates) importMacros(heap, module, { templates, called });
  const rendering = heap.sites.flatMap((site) => site.externals.flatMap((states) => knowledge.about(states)).flatMap((saying) => (saying.kind === 'view' ? [{ site, said: saying.said }] : [])));
  renderByFunction(heap, rendering, { templates, called });
  const shared = new SharedLocals(heap, knowledge);
  for (const { site, said } of rendering) if (said.sets.length === 0) render(heap, site, said, { templates, called, shared });
}

/** A call that renders a template, or hands over what one sees. */
interface ViewCall {
  readonly site: Site;
  readonly said: ApiView;
}

/** What a function puts under names is seen by the templates that it asks for, or gives back the names of. */
function renderByFunction(heap: Heap, rendering: readonly ViewCall[], known: Templates): void {
  const set = new Map<number, Map<string, Node>>();
  const asked = new Map<number, string[]>();
  for (const { site, said: { name, sets } } of rendering) {
    if (site.value >= heap.layout.values) continue;
    const fn = heap.layout.owner(site.value);
    const texts = name.flatMap((place) => textsOf(heap, nameNode(heap, site, place)));
    if (sets.length === 0) asked.set(fn, [...(asked.get(fn) ?? []), ...texts]);
    for (const value of sets.flatMap((place) => placeNode(heap, site, place) ?? [])) for (const text of texts) heap.graph.copy(value, nodeUnder(heap, set, fn, text));
  }
  for (const [fn, named] of set) {
    const sight: Sight = { locals: [], named, globals: new Map(), encodes: 'all', module: -1 };
    const given = (returnsOf(heap).get(fn) ?? []).flatMap((node) => textsOf(heap, node));
    for (const text of new Set([...(asked.get(fn) ?? []), ...given])) for (const one of meant(known.templates, text)) fill(heap, one, sight, { ...known, seen: new Set() });
  }
}

function nodeUnder(heap: Heap, set: Map<number, Map<string, Node>>, fn: number, name: string): Node {
  const names = set.get(fn) ?? new Map<string, Node>();
  const node = names.get(name) ?? heap.graph.node();
  set.set(fn, names.set(name, node));
  return node;
}

function render(heap: Heap, site: Site, said: ApiView, { shared, ...known }: Templates & { readonly shared: SharedLocals }): void {
  const texts = said.name.map((place) => textsOf(heap, nameNode(heap, site, place))).find((found) => found.length > 0) ?? [];
  const locals = said.locals.flatMap((place) => readPlace(heap, site, place));
  const named = new Map(said.named ? [...(site.keywords ?? [])].filter(([name]) => name !== '**') : []);
  const others = said.named ? site.keywords?.get('**') : undefined;
  const globals = new Map(said.globals.map(({ name, is }) => [name, statesAt(heap, is)]));
  const sight: Sight = { locals: others === undefined ? locals : [...locals, others], named, globals, encodes: said.encodes, module: site.module };
  if (sight.locals.length === 0 && named.size === 0 && globals.size === 0 && said.shared.length === 0) return;
  for (const one of texts.flatMap((text) => meant(known.templates, text))) {
    fill(heap, one, sight, { ...known, seen: new Set() });
    shared.fill(one.module, said.shared);
  }
}

/** `this`: what made the thing was told the name: `get_template(name).render(...)`. */
function nameNode(heap: Heap, site: Site, place: Place): Node | undefined {
  if (place.base !== 'this') return placeNode(heap, site, place);
  const root = site.receiver < 0 ? -1 : rootOf(heap, site.receiver);
  return root >= 0 && root < heap.layout.values ? heap.layout.at(root).operands[0] : undefined;
}

function textsOf(heap: Heap, node: Node | undefined): string[] {
  return node === undefined ? [] : possibleAt(heap, node).constants.flatMap(({ text, type }) => (type === 'string' ? [text] : []));
}

function statesAt(heap: Heap, path: ApiPath): States {
  let states: States = strange;
  for (const one of path) {
    if (one.kind === 'root') states = heap.root(one.names[0] ?? '');
    else if (one.kind === 'member') states = heap.automaton.move(states, step.member(one.names[0] ?? ''));
    else if (one.kind === 'instance') states = heap.automaton.move(states, step.instance);
  }
  return states;
}

/** What a template does not bind is no global of the language's surroundings. */
export function isTemplate({ strings }: Pick<IrModule, 'strings'>): boolean {
  return strings.includes(unencodedOutput);
}

function templatesOf(heap: Heap): Template[] {
  return heap.layout.modules.flatMap((ir, module) => {
    if (!isTemplate(ir)) return [];
    const file = fileOf(ir.path);
    const dot = file.lastIndexOf('.');
    return [{ module, file, path: `/${file.slice(0, dot)}`, extension: file.slice(dot) }];
  });
}

/** Those whose path ends so; of several the ones that lie least deep. */
function meant(templates: readonly Template[], name: string): Template[] {
  const wanted = `/${name.replace(/^(?:\.{0,2}\/)+/, '')}`;
  const found = templates.filter(({ path, extension }) => path.endsWith(wanted) || `${path}${extension}`.endsWith(wanted));
  const least = Math.min(...found.map(({ path }) => path.split('/').length));
  return found.filter(({ path }) => path.split('/').length === least);
}

/** By module, then by the name of the global. */
type CallsByTemplate = ReadonlyMap<number, ReadonlyMap<string, readonly Site[]>>;

interface Templates {
  readonly templates: readonly Template[];
  readonly called: CallsByTemplate;
}

interface Filling extends Templates {
  /** Templates that are being filled by this call. */
  readonly seen: ReadonlySet<number>;
}

function fill(heap: Heap, template: Template, sight: Sight, { templates, called, seen }: Filling): void {
  const { module, file } = template;
  const ir = heap.layout.modules[module];
  if (ir === undefined || sight.module === module || seen.has(module) || seen.size >= deepest) return;
  const base = heap.layout.bases[module] as number;
  const encoded = sight.encodes === 'all' || sight.encodes.some((ending) => file.toLowerCase().endsWith(`.${ending}`)) || !page.test(file);
  ir.ops.forEach((code, place) => {
    if (code !== op.global) return;
    const name = ir.strings[ir.a[place] as number] ?? '';
    if (name === templateCalls.output && !encoded) heap.addExternal(base + place, heap.globalName(unencodedOutput));
    if (!name.startsWith(unencodedOutput) && !calls.has(name)) show(heap, base + place, name, sight);
  });
  for (const site of called.get(module)?.get(templateCalls.include) ?? []) {
    const [name, bound] = site.args;
    const inner = { ...sight, locals: bound === undefined ? sight.locals : [...sight.locals, bound] };
    for (const text of textsOf(heap, name)) for (const one of meant(templates, text)) fill(heap, one, inner, { templates, called, seen: new Set([...seen, module]) });
  }
}

/** A name of the template is what it is rendered with under that name. */
function show(heap: Heap, node: Node, name: string, { locals, named, globals }: Sight): void {
  const states = globals.get(name);
  if (states !== undefined) heap.addExternal(node, states);
  const own = named.get(name);
  if (own !== undefined) heap.graph.copy(own, node);
  for (const one of locals) {
    if (whole.has(name) && heap.layout.program.language === 'javascript') heap.graph.copy(one, node);
    else heap.wait(one, wait.load, heap.layout.names.number(name), node);
    heap.taints(one, node);
  }
}

/** Calls of templates on the globals that templates have. */
function callsByTemplate(heap: Heap, templates: readonly Template[]): CallsByTemplate {
  const found = new Map(templates.map(({ module }) => [module, new Map<string, Site[]>()]));
  for (const site of heap.sites) {
    const own = found.get(site.module);
    if (own === undefined || site.callee < 0 || site.callee >= heap.layout.values) continue;
    const { module, op: code, textA: name } = heap.layout.at(site.callee);
    if (module !== site.module || code !== op.global || !calls.has(name)) continue;
    const same = own.get(name);
    if (same === undefined) own.set(name, [site]);
    else same.push(site);
  }
  return found;
}

/** Macros of one template are used by others. */
function importMacros(heap: Heap, module: number, { templates, called }: Templates): void {
  for (const site of called.get(module)?.get(templateCalls.module) ?? []) {
    const [name] = site.args;
    for (const text of textsOf(heap, name)) {
      for (const one of meant(templates, text)) if (one.module !== module) heap.graph.add(site.value, heap.objects.object(objectKind.exports, one.module));
    }
  }
}

/** What a program puts into the members of something from which all templates take names (`response.locals.user = ...`). */
class SharedLocals {
  private readonly heap: Heap;
  /** By the path that says so, and by name. */
  private readonly stored = new Map<ApiPath, Map<string, Node[]>>();
  private readonly filled = new Set<string>();

  constructor(heap: Heap, knowledge: Knowledge) {
    this.heap = heap;
    heap.layout.modules.forEach((ir, module) => {
      const base = heap.layout.bases[module] as number;
      ir.ops.forEach((code, place) => {
        if (code !== op.store) return;
        for (const path of this.pathsOf(knowledge, base + (ir.a[place] as number))) this.add(path, ir.strings[ir.b[place] as number] ?? '', base + (ir.c[place] as number));
      });
    });
    for (const { name, args: [into, ...parts] } of heap.sites) {
      if (into === undefined || heap.layout.names.text(name) !== 'assign') continue;
      for (const path of this.pathsOf(knowledge, into)) for (const part of parts) this.addAll(path, part);
    }
    for (const { states, value } of heap.outsideStores) for (const saying of knowledge.about(states)) if (saying.kind === 'shared') this.addAll(saying.said, value);
  }

  /** `Object.assign(response.locals, { user })`, `response.locals = { user }`. */
  private addAll(path: ApiPath, from: Node): void {
    const { objects, graph, layout } = this.heap;
    for (const object of graph.held(from)) {
      if (objects.kinds[object] === objectKind.site) for (const name of objects.fieldNames(object)) this.add(path, layout.names.text(name), objects.field(object, name));
    }
  }

  private pathsOf(knowledge: Knowledge, node: Node): readonly ApiPath[] {
    const { kinds, of } = this.heap.objects;
    return this.heap.graph.held(node).flatMap((object) => (kinds[object] === objectKind.external ? knowledge.about(of[object] as States).flatMap((saying) => (saying.kind === 'shared' ? [saying.said] : [])) : []));
  }

  private add(path: ApiPath, name: string, value: Node): void {
    const names = this.stored.get(path) ?? new Map<string, Node[]>();
    this.stored.set(path, names);
    names.set(name, [...(names.get(name) ?? []), value]);
  }

  fill(module: number, paths: readonly ApiPath[]): void {
    const { heap } = this;
    const ir = heap.layout.modules[module];
    const base = heap.layout.bases[module] as number;
    for (const path of paths) {
      const names = this.stored.get(path);
      const key = `${module}:${paths.indexOf(path)}`;
      if (names === undefined || this.filled.has(key)) continue;
      this.filled.add(key);
      ir?.ops.forEach((code, place) => {
        if (code === op.global) for (const value of names.get(ir.strings[ir.a[place] as number] ?? '') ?? []) heap.graph.copy(value, base + place);
      });
    }
  }
}
