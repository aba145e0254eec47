import { fstatSync, writeSync } from 'node:fs';
import process from 'node:process';
import { isatty } from 'node:tty';
import type { Io } from './command.ts';

type Env = Io['env'];

/** no-color.org, bixense.com/clicolors (FORCE_COLOR), and terminals that say they are dumb. */
export function wantsColor(isTTY: boolean, env: Env, noColor: boolean): boolean {
  if (noColor) return false;
  const force = env['FORCE_COLOR'];
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if ((env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return false;
  return isTTY;
}

export interface ProcessIo extends Io {
  /** What went wrong with stdout other than its reader going away: a full disk. */
  readonly outputError: Error | undefined;
  /** Resolves when all that was written has left the process. */
  flushed(): Promise<void>;
}

/** The real process. `onClosed` is called when the reader of stdout has gone. */
export function processIo(noColor: boolean, onClosed: () => void): ProcessIo {
  const { stdout, stderr, env } = process;
  let closed = false;
  let outputError: Error | undefined;
  const onOutputError = (error: Error): void => {
    if (!('code' in error && error.code === 'EPIPE')) outputError ??= error;
    closed = true;
    onClosed();
  };
  stdout.on('error', onOutputError);
  const file = isFile(1);
  // Nobody is left to be told.
  stderr.on('error', () => undefined);
  return {
    stdout(text) {
      if (closed) return;
      if (file) writeWhole(1, text, onOutputError);
      else stdout.write(text);
    },
    stderr(text) {
      stderr.write(text);
    },
    async drained() {
      if (closed || !stdout.writableNeedDrain) return;
      await new Promise<void>((resume) => {
        const done = (): void => {
          stdout.off('drain', done).off('error', done).off('close', done);
          resume();
        };
        stdout.on('drain', done).on('error', done).on('close', done);
      });
    },
    async flushed() {
      await new Promise<void>((resume) => (closed ? resume() : stdout.write('', () => resume())));
      await new Promise<void>((resume) => stderr.write('', () => resume()));
    },
    get closed() {
      return closed;
    },
    get outputError() {
      return outputError;
    },
    // Touching `process.stdin` opens it, so only on demand.
    get stdin() {
      return process.stdin;
    },
    stdinIsTTY: isatty(0),
    stdoutIsTTY: stdout.isTTY === true,
    stderrIsTTY: stderr.isTTY === true,
    color: { stdout: wantsColor(stdout.isTTY === true, env, noColor), stderr: wantsColor(stderr.isTTY === true, env, noColor) },
    columns: columnsOf(env, stdout.columns ?? stderr.columns),
    env,
    cwd: process.cwd(),
    now: () => new Date(),
  };
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}

/** Node's own stream for a file writes once and does not look whether the disk took all of it. */
function writeWhole(descriptor: number, text: string | Uint8Array, onError: (error: Error) => void): void {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
  } catch (error) {
    onError(error instanceof Error ? error : new Error(String(error)));
  }
}

function columnsOf(env: Env, terminal: number | undefined): number {
  const named = Number(env['COLUMNS']);
  if (Number.isInteger(named) && named >= 20) return Math.min(named, 500);
  return terminal === undefined || terminal < 20 ? 80 : terminal;
}
