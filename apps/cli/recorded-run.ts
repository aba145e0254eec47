import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { CommandCase, CommandResult } from './command-cases.ts';
import type { Io } from './command.ts';
import { failureOf } from './failure.ts';
import { registeredCommands } from './registry.ts';
import { runCommandLine } from './run.ts';

/** Runs a command line inside this process, in a fresh folder that is gone afterwards, and keeps what it printed. */
export async function recordedRun(
  { args, files = {}, env = {}, stdin = '', before = [] }: Pick<CommandCase, 'args' | 'files' | 'env' | 'stdin' | 'before'>,
  look: (result: CommandResult) => void | Promise<void>,
): Promise<void> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'watchward-')));
  const folder = join(base, 'work');
  mkdirSync(folder);
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const settings = { WATCHWARD_STATE_DIR: join(base, 'state'), XDG_CONFIG_HOME: join(base, 'config'), ...env };
    for (const earlier of before) await run(earlier, recordedIo(folder, settings, '').io, base);
    const { io, printed } = recordedIo(folder, settings, stdin);
    const exitCode = await run(args, io, base);
    await look({ exitCode, stdout: printed.stdout.join(''), stderr: printed.stderr.join(''), folder });
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

async function run(args: readonly string[], io: Io, home: string): Promise<number> {
  try {
    return await runCommandLine(args, { io, home, signal: new AbortController().signal, commands: await registeredCommands() });
  } catch (error) {
    const failure = failureOf(error, true);
    io.stderr(failure.text);
    return failure.exitCode;
  }
}

function recordedIo(cwd: string, env: Io['env'], stdin: string): { io: Io; printed: { stdout: string[]; stderr: string[] } } {
  const printed: { stdout: string[]; stderr: string[] } = { stdout: [], stderr: [] };
  const io: Io = {
    stdout: (text) => printed.stdout.push(typeof text === 'string' ? text : Buffer.from(text).toString()),
    stderr: (text) => printed.stderr.push(text),
    drained: () => Promise.resolve(),
    closed: false,
    stdin: Readable.from([Buffer.from(stdin)]),
    stdinIsTTY: false,
    stdoutIsTTY: false,
    stderrIsTTY: false,
    color: { stdout: false, stderr: false },
    columns: 80,
    env,
    cwd,
    now: () => new Date(),
  };
  return { io, printed };
}
