import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isDegrading } from '#model/diagnostic.ts';
import type { Report } from '#model/report.ts';
import { launcher } from './measure.ts';

/** A scan as a user starts it, with what it cost. */
export interface MeasuredScan {
  readonly report: Report;
  /** From the start of the launcher to its end. */
  readonly seconds: number;
  /** Peak of resident memory, MiB; undefined where `/usr/bin/time` is absent. */
  readonly mebibytes: number | undefined;
}

/** Scans a folder as a process of its own, started by the given launcher; throws when it gives no report. */
export function scanProcess(folder: string, args: readonly string[], program = launcher): MeasuredScan {
  const timed = existsSync('/usr/bin/time');
  const [command, ...rest] = [...(timed ? ['/usr/bin/time', '-f', '%M'] : []), process.execPath, program, 'scan', folder, '--json', '-q', '--no-config', ...args] as [string, ...string[]];
  const started = performance.now();
  const { stdout, stderr } = spawnSync(command, rest, { encoding: 'utf8', maxBuffer: 1 << 30 });
  const seconds = (performance.now() - started) / 1000;
  if (stdout === '') throw new Error(`the scan of ${folder} gave no report: ${stderr.slice(-2_000)}`);
  const peak = Number(stderr.trim().split('\n').at(-1));
  return { report: JSON.parse(stdout) as Report, seconds, mebibytes: timed && Number.isFinite(peak) ? Math.round(peak / 1024) : undefined };
}

/** Files and programs of which something could not be analysed. */
export function degradedPlaces({ ledger }: Report): number {
  return ledger.diagnostics.filter(isDegrading).reduce((sum, { count = 1 }) => sum + count, 0);
}

export function memoryText(mebibytes: number | undefined): string {
  return mebibytes === undefined ? 'not measured: no /usr/bin/time' : `${mebibytes} MiB`;
}
