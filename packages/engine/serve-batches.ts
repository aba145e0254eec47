import { parentPort } from 'node:worker_threads';
import { whenAlive } from './time-budget.ts';
import { type Batch, type BatchResult, Gauge } from './worker-protocol.ts';

/** Answers batches in a worker, one task after the other; the gauge tells the watchdog which. */
export function serveBatches<T, R>(buffer: SharedArrayBuffer, run: (task: T) => R): void {
  const gauge = new Gauge(buffer);
  gauge.idle();
  whenAlive(() => gauge.alive());
  parentPort?.on('message', (batch: Batch<T>) => {
    const results = batch.tasks.map((task, at) => {
      gauge.beginFile(at);
      return run(task);
    });
    gauge.idle();
    parentPort?.postMessage({ id: batch.id, results } satisfies BatchResult<R>);
  });
}
