/** Bytes from a source, named. Sources make them; nothing later touches the file system. */
export interface Artifact {
  /** Relative to the scanned root, `/` separators, valid Unicode. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The normal form of a text artifact. Made once, shared by every unit that needs it. */
export interface Document {
  readonly path: string;
  /** UTF-8 (or the original single-byte encoding), without a byte order mark. */
  readonly bytes: Uint8Array;
  /** One character per byte (Latin-1 view of `bytes`): offsets into both are the same. */
  readonly text: string;
  readonly traits: PathTraits;
  /** True for minified, bundled or machine-written content. */
  readonly generated: boolean;
}

/** What a path alone says about a file. */
export interface PathTraits {
  readonly test: boolean;
  readonly example: boolean;
  readonly documentation: boolean;
  readonly vendored: boolean;
  readonly lockfile: boolean;
  readonly config: boolean;
  /** Lower-case extension without the dot, or the whole lower-case file name when it has none. */
  readonly extension: string;
}

/** One record as a stream source delivered it, before normalising. */
export interface RawRecord {
  /** Where it came from: a file path or `-`. */
  readonly source: string;
  /** 1-based record number within the source. */
  readonly sequence: number;
  readonly value: unknown;
  /** When the source was last written to, in milliseconds since the epoch: for times that name no year. Absent: now. */
  readonly written?: number;
}
