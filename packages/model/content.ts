import type { CodeRule } from './code-rule.ts';
import type { LibraryKnowledge } from './library.ts';
import type { TextRule } from './rule.ts';

/** A model as it is kept in `content/models/`: weights as signed bytes in base64, one for each bucket, times `scale`. */
export interface ModelFile {
  readonly id: string;
  readonly version: string;
  readonly bias: number;
  readonly scale: number;
  readonly size: number;
  readonly weights: string;
}

/** Compiled content for scans and gates: `.generated/content.json`. */
export interface ContentBundle {
  /** SHA-256 over every content file, hex. */
  readonly hash: string;
  /** ISO date of the last change. */
  readonly date: string;
  readonly rules: readonly TextRule[];
  readonly models: readonly ModelFile[];
  readonly policies: readonly { readonly name: string; readonly text: string }[];
}

/** Compiled content for streams: `.generated/events.json`. Sigma stays as text; its parser names mistakes by line. */
export interface EventBundle {
  readonly hash: string;
  readonly date: string;
  readonly sigma: readonly { readonly id: string; readonly yaml: string }[];
}

/** Compiled content for the analysis of program code: `.generated/code.json`. */
export interface CodeBundle {
  readonly hash: string;
  readonly date: string;
  readonly rules: readonly CodeRule[];
  readonly libraries: readonly LibraryKnowledge[];
}
