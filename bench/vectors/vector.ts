/** One line of `secret-vectors/vectors.jsonl`. */
export interface Vector {
  readonly origin: string;
  /** Its id in the origin. */
  readonly rule: string;
  /** Whether that rule has to report it. */
  readonly truth: boolean;
  readonly text: string;
  /** Where the origin says that it lies. */
  readonly path?: string;
}
