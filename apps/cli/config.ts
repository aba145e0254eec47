import type { FileSuppression } from '#engine/options.ts';
import type { Diagnostic } from '#model/diagnostic.ts';

/** What configuration files say beyond option values. */
export interface Configuration {
  /** The files that were read, strongest first. */
  readonly files: readonly string[];
  readonly suppressions: readonly FileSuppression[];
  /** People who may pass the gate by name. */
  readonly gate: { readonly bypass: readonly string[] };
  readonly limits: { readonly [name: string]: number };
  /** Notes for the ledger: settings of the scanned project that reduce coverage. */
  readonly diagnostics: readonly Diagnostic[];
}
