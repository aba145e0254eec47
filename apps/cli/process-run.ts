import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('launch.mjs', import.meta.url));

export interface ProcessResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own for a test. */
export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'watchward-')));
}

/** The environment of a test: nothing of the machine's settings, one state folder for all so that a start is as quick as it is later. */
export function cleanEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: join(tmpdir(), 'watchward-test-home'),
    WATCHWARD_STATE_DIR: join(tmpdir(), 'watchward-test-state'),
    ...extra,
  };
}

/** Starts the command as a user does. */
export function startWatchward(args: readonly string[], cwd: string, env?: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [launcher, ...args], { cwd, env: cleanEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Waits for the end and gives what was printed. */
export function finished(child: ChildProcess): Promise<ProcessResult> {
  const out: string[] = [];
  const err: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => err.push(text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout: out.join(''), stderr: err.join('') }));
  });
}

export function watchward(args: readonly string[], cwd: string, env?: NodeJS.ProcessEnv): Promise<ProcessResult> {
  return finished(startWatchward(args, cwd, env));
}

/** A line of shell in which `watchward` is the command. */
export function shell(line: string, cwd: string, env?: NodeJS.ProcessEnv): Promise<ProcessResult> {
  const script = `watchward() { '${process.execPath}' '${launcher}' "$@"; }\n${line}`;
  return finished(spawn('bash', ['-c', script], { cwd, env: cleanEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] }));
}
