import type { Diagnostic } from '#model/diagnostic.ts';
import type { Finding } from '#model/finding.ts';
import type { TreeListing } from '#sources/tree.ts';
import { EngineError } from './errors.ts';
import type { Selection } from './units.ts';
import type { WorkerSetup } from './worker-protocol.ts';

export interface Baseline {
  readonly diagnostics: readonly Diagnostic[];
}

export function loadBaseline(_from: string, _listing: TreeListing, _findings: readonly Finding[], _setup: Omit<WorkerSetup, 'gauge'>, _selection: Selection): Baseline {
  throw new EngineError('no-git', 'pending');
}

export function markBaseline(findings: readonly Finding[], _baseline: Baseline): Finding[] {
  return [...findings];
}
