import type { TextRule } from './rule.ts';

/** Compiled content for scans and gates: `.generated/content.json`. */
export interface ContentBundle {
  /** SHA-256 over every content file, hex. */
  readonly hash: string;
  /** ISO date of the last change. */
  readonly date: string;
  readonly rules: readonly TextRule[];
  readonly policies: readonly { readonly name: string; readonly text: string }[];
}

/** Compiled content for streams: `.generated/events.json`. Sigma stays as text; its parser names mistakes by line. */
export interface EventBundle {
  readonly hash: string;
  readonly date: string;
  readonly sigma: readonly { readonly id: string; readonly yaml: string }[];
}
