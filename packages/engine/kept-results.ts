import type { FileCache } from './cache.ts';
import type { Collector } from './collector.ts';
import { type FileTask, keptResult } from './file-task.ts';

/** Of a larger tree reading all files is work for several threads; these ask the cache themselves. */
const mostBytes = 64 * 1024 * 1024;
/** Milliseconds after which it is looked whether to stop. */
const restEvery = 40;

/** Hands on what earlier runs said of files that are the same, and gives those that are left: mostly so few that no thread has to be started. */
export async function takeKept(tasks: readonly FileTask[], cache: FileCache, fileBytes: number, { collected, signal }: { readonly collected: Collector; readonly signal: AbortSignal }): Promise<readonly FileTask[]> {
  if (tasks.reduce((sum, { size }) => sum + size, 0) > mostBytes) return tasks;
  const left: FileTask[] = [];
  let rested = Date.now();
  for (const task of tasks) {
    if (signal.aborted) return [];
    const kept = keptResult(task, cache, fileBytes);
    if (kept === undefined) left.push(task);
    else collected.add(kept);
    if (Date.now() - rested < restEvery) continue;
    await new Promise((resume) => setImmediate(resume));
    rested = Date.now();
  }
  return left;
}
