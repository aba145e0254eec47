import type { ApiGuard, ApiPath, ApiSanitizer, ApiSink, ApiSource, ApiSummary, LibraryKnowledge } from '#model/library.ts';
import { ApiAutomaton, type States } from './api-automaton.ts';

/** What is said about those who arrive at the end of a path. */
export type Saying =
  | { readonly kind: 'source'; readonly said: ApiSource }
  | { readonly kind: 'sink'; readonly said: ApiSink }
  | { readonly kind: 'summary'; readonly said: ApiSummary }
  | { readonly kind: 'sanitizer'; readonly said: ApiSanitizer }
  | { readonly kind: 'guard'; readonly said: ApiGuard };

/** Knowledge of libraries, made ready for a program. */
export class Knowledge {
  readonly automaton = new ApiAutomaton();
  private readonly sayings: Saying[] = [];
  private readonly byStates = new Map<States, readonly Saying[]>();

  constructor(libraries: readonly LibraryKnowledge[]) {
    for (const library of libraries) {
      for (const said of library.sources) this.add(said.path, { kind: 'source', said });
      for (const said of library.sinks) this.add(said.path, { kind: 'sink', said });
      for (const said of library.summaries) this.add(said.path, { kind: 'summary', said });
      for (const said of library.sanitizers) this.add(said.path, { kind: 'sanitizer', said });
      for (const said of library.guards) this.add(said.path, { kind: 'guard', said });
      for (const { path, is } of library.same) this.automaton.same(path, is);
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
