import type { CodeRule } from '#model/code-rule.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { FlowKnowledge } from '#model/flow-knowledge.ts';
import type { Language } from '#model/ir.ts';
import type { Program, ProgramContext, ProgramResult, ProgramStatistics } from '#model/program.ts';
import { personas } from '#model/severity.ts';
import { countCalls } from './call-counts.ts';
import { callRules } from './call-rules.ts';
import { ClassTable } from './classes.ts';
import { constrainModule } from './constraints.ts';
import { applyConventions } from './conventions.ts';
import { applyEffects } from './effects.ts';
import { Heap } from './heap.ts';
import { Knowledge } from './knowledge.ts';
import { builtinNames } from './builtin-methods.ts';
import { loadMember, meet } from './meetings.ts';
import { findFacts } from './facts.ts';
import { findFlows, type Ranks } from './flows.ts';
import { declaredNumbers } from './number-fields.ts';
import { languageNames } from './object-functions.ts';
import { findSinks } from './sinks.ts';
import { callStrangers, makeDeclared } from './strangers.ts';
import { addTaintEdges } from './taint-edges.ts';
import { passUnresolved, plainMethods, storeUnknown } from './unknown.ts';
import { renderViews } from './views.ts';

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
  if (program.language === 'python') heap.lateMembers = new Set([...knowledge.cleanMembers, ...heap.layout.modules.flatMap((ir) => [...declaredNumbers(ir)])]);
  heap.layout.modules.forEach((_, module) => constrainModule(heap, module));
  applyConventions(heap, knowledge);
  let whole = heap.graph.solve(stop);
  makeDeclared(heap);
  whole = heap.graph.solve(stop) && whole;
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

function statistics(heap: Heap): ProgramStatistics {
  return { functions: heap.layout.functions, ...countCalls(heap), values: heap.layout.values, overflows: heap.graph.overflows };
}

function diagnostics(whole: boolean): Diagnostic[] {
  return whole ? [] : [{ code: 'program-over-budget', message: 'flow analysis reached its limit of time or facts, and flows may be missing; raise limits.program-ms and limits.program-facts, or exclude what is generated' }];
}
