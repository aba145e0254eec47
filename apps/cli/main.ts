/**
 * The program. `launch.mjs` starts it with its permissions; only what is built into Node is imported before the handlers stand,
 * so that whatever fails ends with the exit code of a failure and never with that of a finding.
 */
import { homedir } from 'node:os';
import process from 'node:process';

const failed = 2;

function die(error: unknown): never {
  process.stderr.write(`watchward: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(failed);
}
process.on('uncaughtException', die);
process.on('unhandledRejection', die);

const interrupt = new AbortController();
let interruptedAt = 0;

/** A terminal sends the signal to every process of the group and a parent may pass it on: twice within a second is once. */
function onSignal(signal: NodeJS.Signals): void {
  if (interrupt.signal.aborted) {
    if (Date.now() - interruptedAt > 1000) process.exit(signal === 'SIGINT' ? 130 : 143);
    return;
  }
  interruptedAt = Date.now();
  process.stderr.write(`\nwatchward: ${signal} received, ending with what there is; once more to stop at once\n`);
  interrupt.abort(new Error(`interrupted by ${signal}`));
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);

async function main(args: readonly string[]): Promise<number> {
  const [{ processIo }, { failureOf }, { runCommandLine }, { registeredCommands }] = await Promise.all([
    import('./io.ts'), import('./failure.ts'), import('./run.ts'), import('./registry.ts'),
  ]);
  const noColor = args.includes('--no-color') || (process.env['WATCHWARD_NO_COLOR'] ?? '') !== '';
  const io = processIo(noColor, () => interrupt.abort(new Error('the reader of the output has gone')));
  let code: number;
  try {
    code = await runCommandLine(args, { io, signal: interrupt.signal, home: homedir(), commands: await registeredCommands() });
  } catch (error) {
    const failure = failureOf(error, (process.env['WATCHWARD_DEBUG'] ?? '') !== '');
    io.stderr(failure.text);
    code = failure.exitCode;
  }
  await io.flushed();
  if (io.outputError === undefined) return code;
  process.stderr.write(`watchward: the output could not be written: ${io.outputError.message}\n`);
  return failed;
}

process.exit(await main(process.argv.slice(2)));
