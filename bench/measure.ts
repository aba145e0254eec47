import { type ChildProcess, type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Timing {
  readonly seconds: number;
  readonly result: SpawnSyncReturns<string>;
}

/** Runs a whole process; its own streams are kept. */
export function time(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Timing {
  const started = performance.now();
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 30, env });
  return { seconds: (performance.now() - started) / 1000, result };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}

/** The command as a user of the checkout has it, without npm. */
export const launcher = fileURLToPath(new URL('../apps/cli/launch.mjs', import.meta.url));

/** Peak resident memory of a child, MiB; undefined where `/usr/bin/time` is absent. */
export function peakMemory(command: string, args: readonly string[]): number | undefined {
  const { stderr, error } = spawnSync('/usr/bin/time', ['-f', '%M', command, ...args], { encoding: 'utf8', maxBuffer: 1 << 30 });
  const last = (stderr ?? '').trim().split('\n').at(-1) ?? '';
  return error === undefined && /^\d+$/.test(last) ? Math.round(Number(last) / 1024) : undefined;
}

/** Works in a folder of its own, which is gone afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'watchward-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a process holds in memory now, MiB; 0 once it has ended. */
export function residentMiB({ pid }: ChildProcess): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
