import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '#model/report.ts';
import { finished, startWatchward } from './process-run.ts';
import type { ProcessResult } from './process-run.ts';
import { sampleSecretLine } from './sample-secret.ts';

/** Runs the command on what was made to break it, and looks at what must hold whatever it is given. */

export const secretLine = sampleSecretLine('hostile');
export const secret = secretLine.slice(secretLine.indexOf('=') + 1);
/** Column of the secret in a line that holds nothing before it. */
export const secretColumn = secretLine.indexOf('=') + 2;

export interface HostileResult extends ProcessResult {
  readonly seconds: number;
  /** Largest resident set; 0 where the system does not tell. */
  readonly megabytes: number;
}

export interface HostileOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Of the time that it may take on a machine of two cores that does nothing else. What it works is held against it; what it waits for others is not. */
  readonly seconds?: number;
  /** What it may take of memory, in MB. */
  readonly megabytes?: number;
}

const mostMegabytes = 1_000;
const cores = 2;
/** How many times longer it may take than alone. */
const patience = 8;

/** Runs it and demands: an end in time, no trace of a crash, no secret in what it prints, memory within bounds. */
export async function hostileRun(args: readonly string[], cwd: string, { env, seconds = 30, megabytes: most = mostMegabytes }: HostileOptions = {}): Promise<HostileResult> {
  const started = performance.now();
  const child = startWatchward(args, cwd, env);
  let megabytes = 0;
  let worked = 0;
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, peakOf(child.pid));
    worked = Math.max(worked, workOf(child.pid));
    if (worked > cores * seconds) child.kill('SIGKILL');
  }, 25);
  const end = setTimeout(() => child.kill('SIGKILL'), patience * seconds * 1000);
  const result = await finished(child);
  clearInterval(watch);
  clearTimeout(end);
  const printed = result.stdout + result.stderr;
  assert.notEqual(result.code, null, `not ended after ${worked} s of work and ${Math.round((performance.now() - started) / 1000)} s, or killed: ${result.stderr}`);
  assert.doesNotMatch(result.stderr, /internal error|^ {4}at /m);
  assert.equal(printed.includes(secret), false, 'a secret was printed');
  assert.ok(megabytes < most, `${Math.round(megabytes)} MB of memory`);
  return { ...result, megabytes, seconds: (performance.now() - started) / 1000 };
}

/** Linux keeps the peak; the launcher replaces itself, so the number of the process stays. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Seconds of processor time so far, of all threads (proc_pid_stat(5), fields 14 and 15, in hundredths); 0 where the system does not tell. */
function workOf(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

export interface Seen {
  readonly code: number | null;
  readonly findings: readonly string[];
  /** Codes of the ledger, each once. */
  readonly ledger: readonly string[];
}

/** Scans as JSON and gives what matters of the report. */
export async function scanHostile(folder: string, args: readonly string[] = [], options?: HostileOptions): Promise<Seen & { readonly report: Report }> {
  const { code, stdout, stderr } = await hostileRun(['scan', '.', '--json', '-q', ...args], folder, options);
  assert.notEqual(stdout, '', stderr);
  const report = JSON.parse(stdout) as Report;
  assert.equal(code, report.run.exitCode);
  return {
    code,
    findings: report.findings.map(({ location: { path, region } }) => `${path}:${region.startLine}:${region.startColumn}`),
    ledger: [...new Set(report.ledger.diagnostics.map((diagnostic) => diagnostic.code))],
    report,
  };
}

/** Files under a folder that hold the secret. */
export function leaksIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && readFileSync(path).includes(secret));
}
