/** A half-open span of a text file. Lines and columns count from 1; columns count UTF-16 code units (SARIF 2.1.0 §3.30). */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Location {
  /** Path relative to the scanned root, with `/` separators. */
  readonly path: string;
  readonly region: Region;
}
