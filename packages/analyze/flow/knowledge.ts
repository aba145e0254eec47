import type { CallFact, CodeRule } from '#model/code-rule.ts';
import type { ApiAnswer, ApiConvention, ApiGuard, ApiPath, ApiSanitizer, ApiSink, ApiSource, ApiSummary, ApiView, CallCondition, LibraryKnowledge } from '#model/library.ts';
import type { Language } from '#model/ir.ts';
import { ApiAutomaton, type States } from './api-automaton.ts';

/** What is said about those who arrive at the end of a path. */
export type Saying =
  | { readonly kind: 'source'; readonly said: ApiSource }
  | { readonly kind: 'sink'; readonly said: ApiSink }
  | { readonly kind: 'summary'; readonly said: ApiSummary }
  | { readonly kind: 'sanitizer'; readonly said: ApiSanitizer }
  | { readonly kind: 'guard'; readonly said: ApiGuard }
  | { readonly kind: 'view'; readonly said: ApiView }
  | { readonly kind: 'shared'; readonly said: ApiPath }
  | { readonly kind: 'answer'; readonly said: ApiAnswer }
  | { readonly kind: 'fact'; readonly said: CallFact; readonly rule: string }
  | { readonly kind: 'origin'; readonly said: ApiPath };

/** Knowledge of libraries, made ready for a program. */
export class Knowledge {
  readonly automaton = new ApiAutomaton();
  readonly conventions: readonly ApiConvention[];
  /** Last names of what sanitizers stand at, members of things among them. */
  readonly cleanMembers: ReadonlySet<string>;
  private readonly sayings: Saying[] = [];
  private readonly byStates = new Map<States, readonly Saying[]>();

  constructor(language: Language, libraries: readonly LibraryKnowledge[], rules: readonly CodeRule[]) {
    this.conventions = libraries.flatMap((library) => (library.language === language ? library.conventions : []));
    const ends = libraries.flatMap((library) => (library.language === language ? library.sanitizers.map(({ path }) => path.slice(-2)) : []));
    this.cleanMembers = new Set(ends.flatMap(([of, last]) => (of?.kind === 'instance' && last?.kind === 'member' ? last.names : [])));
    for (const library of libraries) {
      if (library.language !== language) continue;
      for (const said of library.sources) this.add(said.path, { kind: 'source', said });
      for (const said of library.sinks) this.add(said.path, { kind: 'sink', said });
      for (const said of library.summaries) this.add(said.path, { kind: 'summary', said });
      for (const said of library.sanitizers) this.add(said.path, { kind: 'sanitizer', said });
      for (const said of library.guards) this.add(said.path, { kind: 'guard', said });
      for (const said of library.views) {
        this.add(said.path, { kind: 'view', said });
        for (const path of said.shared) this.add(path, { kind: 'shared', said: path });
      }
      for (const said of library.answers) this.add(said.path, { kind: 'answer', said });
      for (const { path, is } of library.same) this.automaton.same(path, is);
      for (const said of [...library.sinks, ...library.sanitizers, ...library.answers]) this.addOrigins(said.when);
    }
    for (const rule of rules) if ('calls' in rule) for (const said of rule.calls) if (said.language === language) this.addFact(rule.id, said);
  }

  private addFact(rule: string, said: CallFact): void {
    this.add(said.path, { kind: 'fact', said, rule });
    this.addOrigins(said.when);
    for (const path of said.value?.from ?? []) this.add(path, { kind: 'origin', said: path });
  }

  private addOrigins(conditions: readonly CallCondition[]): void {
    for (const { test } of conditions) {
      for (const path of test.from ?? []) this.add(path, { kind: 'origin', said: path });
      for (const call of [test.made, test.with, test.without]) if (call !== undefined) this.addOrigins(call.when);
    }
  }

  private add(path: ApiPath, saying: Saying): void {
    this.automaton.add(path, this.sayings.push(saying) - 1);
  }

  about(states: States): readonly Saying[] {
    let said = this.byStates.get(states);
    if (said === undefined) {
      said = this.automaton.accepts(states).map((at) => this.sayings[at] as Saying);
      this.byStates.set(states, said);
    }
    return said;
  }
}
