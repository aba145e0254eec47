import type { HoleSyntax } from '../pattern-text.ts';

/** One way to make a pattern a whole file that can be parsed. */
export interface Frame {
  readonly before: string;
  readonly after: string;
  /** Whether it is worth a try for this text. */
  readonly fits?: (text: string) => boolean;
  /** Numbers of children to be followed from the root to the node whose children (or which itself) are the pattern. */
  readonly part: 'program' | 'body' | 'value' | 'class-body' | 'object' | 'cases' | 'attributes' | 'arguments' | 'first';
}

/** How patterns of a language are parsed. */
export interface PatternShape {
  readonly holes: HoleSyntax;
  readonly frames: readonly Frame[];
  /** Calls of names: what the language does that others do not. */
  readonly caseInsensitiveNames?: boolean;
}
