import { parentPort, workerData } from 'node:worker_threads';
import type { CodeEntry } from './code-entry.ts';
import { type Batch, type BatchResult, Gauge } from '../worker-protocol.ts';
import { loadFrontEnds } from './front-ends.ts';
import type { LoweredFile } from './lower.ts';
import { lowerEntry, type LowerSetup } from './lower-files.ts';

/** Reads batches of files as code. */
async function serve(setup: LowerSetup & { readonly gauge: SharedArrayBuffer }): Promise<void> {
  const gauge = new Gauge(setup.gauge);
  gauge.idle();
  const frontEnds = await loadFrontEnds(setup.languages);
  parentPort?.on('message', (batch: Batch<CodeEntry>) => {
    const results = batch.tasks.map((entry, at) => {
      gauge.beginFile(at, Date.now());
      return lowerEntry(entry, setup.limits.fileBytes, frontEnds);
    });
    gauge.idle();
    parentPort?.postMessage({ id: batch.id, results } satisfies BatchResult<LoweredFile>);
  });
}

if (parentPort !== null && workerData !== null) await serve(workerData as LowerSetup & { readonly gauge: SharedArrayBuffer });
