/** The thread of the lake: writes Parquet while the watch goes on. */
import { parentPort } from 'node:worker_threads';
import { reasonOf } from '../store-error.ts';
import { doWork, type Work, type WorkDone } from './work.ts';

export type Answer = WorkDone | { readonly failed: string };

async function answer(work: Work): Promise<Answer> {
  try {
    return await doWork(work);
  } catch (error) {
    return { failed: reasonOf(error) };
  }
}

parentPort?.on('message', async (work: Work) => parentPort?.postMessage(await answer(work)));
