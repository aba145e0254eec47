import type { CodeRule } from './code-rule.ts';
import type { LibraryKnowledge } from './library.ts';

/** All that flow analysis knows besides the program. */
export interface FlowKnowledge {
  readonly libraries: readonly LibraryKnowledge[];
  /** Rules in use: flows of their classes are looked for, and their facts about calls. */
  readonly rules: readonly CodeRule[];
}
