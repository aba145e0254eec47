/** A match of a rule in one text. Offsets are UTF-16 code units, half-open. */
export interface PatternMatch {
  readonly start: number;
  readonly end: number;
  readonly bindings: ReadonlyMap<string, Bound>;
  /** Taint rules: where the data came from and how it went. */
  readonly trace?: readonly TraceStep[];
}

export interface TraceStep {
  readonly start: number;
  readonly end: number;
  readonly role: 'source' | 'step' | 'sink';
  /** The file, where it is another than that of the match. */
  readonly path?: string;
  /** How it went on, where that is more than being kept. */
  readonly note?: string;
}

/** What a metavariable stands for: a span of the text, and the constant behind it when that is known. */
export interface Bound {
  readonly start: number;
  readonly end: number;
  /** The text that comparisons, `regex` conditions and messages see: a string's inside, a constant's value, else the span's text. */
  readonly text: string;
  /** What is written there is no text but stands for one: `text` is the constant behind it. */
  readonly constant?: true;
  /** The node that declares what the name stands for: names are the same only where it is. */
  readonly declaration?: number;
}
