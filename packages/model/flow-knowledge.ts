import type { LibraryKnowledge } from './library.ts';

/** All that flow analysis knows besides the program. */
export interface FlowKnowledge {
  readonly libraries: readonly LibraryKnowledge[];
  /** Classes of flows that are looked for: ids of rules without `code/`. */
  readonly classes: readonly string[];
}
