import { parentPort, workerData } from 'node:worker_threads';
import type { CodeEntry } from './code-entry.ts';
import { serveBatches } from '../serve-batches.ts';
import { loadFrontEnds } from './front-ends.ts';
import type { LoweredFile } from './lower.ts';
import { lowerEntry, type LowerSetup } from './lower-files.ts';

/** Reads batches of files as code. */
async function serve(setup: LowerSetup & { readonly gauge: SharedArrayBuffer }): Promise<void> {
  const frontEnds = await loadFrontEnds(setup.languages);
  serveBatches<CodeEntry, LoweredFile>(setup.gauge, (entry) => lowerEntry(entry, setup.limits.fileBytes, frontEnds));
}

if (parentPort !== null && workerData !== null) await serve(workerData as LowerSetup & { readonly gauge: SharedArrayBuffer });
