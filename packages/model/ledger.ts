import type { Diagnostic } from './diagnostic.ts';

/** What a run covered and what it did not. "Unknown" is never shown as "clean". */
export interface CoverageLedger {
  readonly filesSeen: number;
  readonly filesAnalysed: number;
  readonly filesFromCache: number;
  readonly bytesAnalysed: number;
  readonly rulesLoaded: number;
  readonly rulesSkipped: number;
  /** Equal diagnostics are folded per code beyond a declared number; `count` holds how many. */
  readonly diagnostics: readonly Diagnostic[];
  /** True when something that should have been analysed was not. */
  readonly degraded: boolean;
  readonly bytesSent: number;
  /** Present where code was analysed as programs. */
  readonly code?: CodeCoverage;
}

/** What flow analysis covered. */
export interface CodeCoverage {
  /** Files that were read as code. */
  readonly modules: number;
  readonly modulesFromCache: number;
  /** Files of which a part could not be read. */
  readonly modulesPartial: number;
  readonly programs: number;
  readonly programsFromCache: number;
  readonly functions: number;
  readonly calls: number;
  /** Calls of which it is not known where they go. */
  readonly callsUnresolved: number;
  /** Calls to libraries of which nothing is known but that they are called. */
  readonly callsUndescribed: number;
}
