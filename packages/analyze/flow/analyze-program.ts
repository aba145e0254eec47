import type { CodeRule } from '#model/code-rule.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { FlowKnowledge } from '#model/flow-knowledge.ts';
import { type IrModule, type Language, op } from '#model/ir.ts';
import type { Program, ProgramContext, ProgramResult, ProgramStatistics } from '#model/program.ts';
import { personas } from '#model/severity.ts';
import { countCalls } from './call-counts.ts';
import { callRules } from './call-rules.ts';
import { ClassTable } from './classes.ts';
import { constrainModule } from './constraints.ts';
import { applyConventions } from './conventions.ts';
import { applyEffects, callBack, cleanedAt, passByName, passOnUnknown } from './effects.ts';
import { Heap, type Site } from './heap.ts';
import { Knowledge } from './knowledge.ts';
import { builtinNames } from './builtin-methods.ts';
import { loadMember, meet } from './meetings.ts';
import { memberLoads } from './member-loads.ts';
import { findFacts } from './facts.ts';
import { findFlows, type Ranks } from './flows.ts';
import { languageNames } from './object-functions.ts';
import { objectKind } from './objects.ts';
import { takenOut } from './python-texts.ts';
import { findSinks } from './sinks.ts';
import { callStrangers } from './strangers.ts';
import { addTaintEdges } from './taint-edges.ts';
import { renderViews } from './views.ts';
import { rootOf } from './roots.ts';

/**
 * Flows of untrusted input to dangerous places in a program. Pure; gives what it has when the budget of the context is spent.
 * Source: `specs/code.md`, A1 to A6.
 */
export function analyzeProgram(program: Program, known: PreparedKnowledge, context: ProgramContext): ProgramResult {
  const knowledge = known.of(program.language);
  const { classes, ranks } = known;
  const heap = new Heap(program, knowledge.automaton, context);
  for (const name of [...plainMethods, ...builtinNames(program.language), ...(program.language === 'javascript' ? languageNames : [])]) heap.objects.builtins.add(heap.layout.names.number(name));
  heap.onMeet = (kind, x, y, object) => meet(heap, kind, x, y, object);
  heap.onReload = (parent, name, into) => loadMember(heap, parent, name, into);
  heap.onOutside = (site, states) => applyEffects(heap, knowledge, classes, site, states);
  if (program.language !== 'javascript') heap.graph.rules = callRules(heap);
  const stop = (): boolean => context.overBudget();
  if (program.language === 'python') heap.lateMembers = knowledge.cleanMembers;
  heap.layout.modules.forEach((_, module) => constrainModule(heap, module));
  applyConventions(heap, knowledge);
  let whole = heap.graph.solve(stop);
  callStrangers(heap);
  renderViews(heap, knowledge);
  whole = heap.graph.solve(stop) && whole;
  const sinks = findSinks(heap, knowledge, classes);
  whole = heap.graph.solve(stop) && whole;
  passUnresolved(heap, knowledge, classes);
  storeUnknown(heap, classes);
  whole = heap.graph.solve(stop) && whole;
  addTaintEdges(heap, knowledge, classes);
  const flows = findFlows({ heap, knowledge, classes, sinks, ranks, stop });
  return { flows: flows.matches, calls: findFacts(heap, knowledge), statistics: statistics(heap), diagnostics: diagnostics(whole && flows.whole) };
}

/** What is known, made ready for programs once: compiling API paths costs more than a small program does. */
export class PreparedKnowledge {
  readonly classes: ClassTable;
  readonly ranks: Ranks;
  private readonly known: FlowKnowledge;
  private readonly byLanguage = new Map<Language, Knowledge>();

  constructor(known: FlowKnowledge) {
    this.known = known;
    this.classes = new ClassTable(known.rules.flatMap((rule) => ('flow' in rule ? [rule.flow.class] : [])));
    this.ranks = ranksOf(known.rules);
  }

  of(language: Language): Knowledge {
    let knowledge = this.byLanguage.get(language);
    if (knowledge === undefined) {
      knowledge = new Knowledge(language, this.known.libraries, this.known.rules);
      this.byLanguage.set(language, knowledge);
    }
    return knowledge;
  }
}

/** Flow rules say who sees what comes from where. */
function ranksOf(rules: readonly CodeRule[]): Ranks {
  const table = new Map(rules.flatMap((rule) => ('flow' in rule ? [[rule.flow.class, new Map(rule.flow.sources.map(({ kind, persona }) => [kind, personas.indexOf(persona)]))] as const] : [])));
  return (flowClass, kind) => table.get(flowClass)?.get(kind);
}

/** Methods that give numbers, truth values or nothing, whatever they are asked of. */
const plainMethods = new Set([
  'indexOf', 'lastIndexOf', 'charCodeAt', 'codePointAt', 'search', 'test', 'includes', 'startsWith', 'endsWith', 'hasOwnProperty', 'localeCompare', 'getTime', 'has', 'some', 'every', 'findIndex',
  'equals', 'equalsIgnoreCase', 'length', 'isEmpty', 'contains', 'containsKey', 'hashCode', 'size', 'compareTo', 'startswith', 'endswith', 'isdigit', 'isalnum', 'count', 'find', 'index', 'matches',
  'getClass', 'getClassLoader', 'getResource', 'getResourceAsStream',
]);

/** Of a call of which nothing is known, everything may come out that goes in. */
function passUnresolved(heap: Heap, knowledge: Knowledge, classes: ClassTable): void {
  const { program } = heap.layout;
  for (const site of heap.sites.slice()) {
    if (site.kind === 'internal' || site.targets.length > 0) continue;
    const name = heap.layout.names.text(site.name);
    if (site.kind === 'invoke' && plainMethods.has(name) && !(name === 'find' && heap.layout.modules[site.module]?.language === 'javascript')) continue;
    if (site.externals.length === 0 && program.language === 'java') callBack(heap, site);
    if (site.externals.length === 0 && isMadeByName(heap, site)) passByName(heap, classes, site);
    else if (site.externals.length === 0) passOnUnknown(heap, classes, looksUp(heap, site, name) ? { ...site, args: site.args.slice(1) } : site, ~takenOut(heap, classes, site));
    else if (site.receiver >= 0) heap.taints(site.receiver, site.value, heap.layout.program.language === 'python' ? ~cleanedAt({ heap, knowledge, classes }, site) : -1);
  }
}

/** An instance of a class whose constructor is somebody else's: a model, a form. */
function isMadeByName(heap: Heap, site: Site): boolean {
  if (heap.layout.program.language !== 'python' || site.keywords === undefined) return false;
  const held = heap.graph.held(site.value);
  return held.length > 0 && held.every((object) => heap.objects.kinds[object] === objectKind.instance);
}

/** A dictionary of the program's own is asked for a key: what comes out is what it holds. */
function looksUp(heap: Heap, site: Site, name: string): boolean {
  if (heap.layout.program.language !== 'python' || (name !== 'get' && name !== 'pop')) return false;
  const held = heap.graph.held(site.receiver);
  return held.length > 0 && held.every((object) => heap.objects.kinds[object] === objectKind.site);
}

/** What a function makes itself may go on as a whole. */
const makers: ReadonlySet<number> = new Set([op.call, op.invoke, op.construct]);

/** In Python what comes from elsewhere is asked for its members: settings, the session, the object that is being handled. */
function isForeignMember(ir: IrModule, code: number, place: number): boolean {
  return code === op.store && ir.language === 'python' && !makers.has(ir.ops[ir.a[place] as number] as number);
}

/** Members that say where an address leads. */
const leads: ReadonlySet<string> = new Set(['href', 'host', 'hostname']);
/** Members that are a part of an address which does not. */
const follows: ReadonlySet<string> = new Set(['search', 'hash']);

/** What is stored in something of which nothing is known comes out where a member of that name is read; where the name is not known, wherever one is. */
function storeUnknown(heap: Heap, classes: ClassTable): void {
  const { layout, graph, objects } = heap;
  layout.modules.forEach((ir, module) => {
    const base = layout.bases[module] as number;
    ir.ops.forEach((code, place) => {
      if (code !== op.store && code !== op.storeAt) return;
      const into = base + (ir.a[place] as number);
      const value = base + (ir.c[place] as number);
      if (graph.held(into).some((object) => objects.kinds[object] !== objectKind.external)) return;
      const name = code === op.store && layout.program.language === 'javascript' ? (ir.strings[ir.b[place] as number] ?? '') : undefined;
      if (isForeignMember(ir, code, place)) for (const at of memberLoads(ir, ir.a[place] as number, ir.b[place] as number)) heap.taints(value, base + at);
      else if (name === undefined || leads.has(name)) heap.taints(value, into);
      else if (follows.has(name)) heap.taints(value, into, ~classes.mask(['open-redirect', 'server-side-request-forgery']));
      else {
        const root = rootOf(heap, into);
        graph.add(root, objects.object(objectKind.site, root));
      }
    });
  });
}

function statistics(heap: Heap): ProgramStatistics {
  return { functions: heap.layout.functions, ...countCalls(heap), values: heap.layout.values, overflows: heap.graph.overflows };
}

function diagnostics(whole: boolean): Diagnostic[] {
  return whole ? [] : [{ code: 'run-over-budget', message: 'flow analysis reached its limit of time or facts; flows may be missing; raise --max-time or scan a part of the tree' }];
}
