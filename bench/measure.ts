import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
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
