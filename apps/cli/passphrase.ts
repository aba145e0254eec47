import { readFileSync } from 'node:fs';
import type { ReadStream } from 'node:tty';
import { CliError } from './command.ts';
import type { Invocation, Io } from './command.ts';

/**
 * The passphrase of a key: from `--passphrase-file`, else from the environment, else asked for on a terminal. Never from the command
 * line, which every user of a machine can read.
 */
export async function readPassphrase({ options, io }: Pick<Invocation, 'options' | 'io'>, twice = false): Promise<string> {
  const file = options.text('passphrase-file');
  const given = file === undefined ? (io.env['WATCHWARD_PASSPHRASE'] ?? '') : readFirstLine(file);
  if (given !== '') return given;
  if (file === undefined && io.stdinIsTTY && io.stderrIsTTY) return ask(io, twice);
  throw new CliError('usage', 'the passphrase of the key is missing', 'Name a file that holds it with --passphrase-file, or set WATCHWARD_PASSPHRASE.');
}

function readFirstLine(file: string): string {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)[0] ?? '';
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new CliError('usage', `the passphrase file ${file} cannot be read (${reason})`, 'Check its path and permissions.', cause);
  }
}

async function ask(io: Io, twice: boolean): Promise<string> {
  const passphrase = await readHidden(io, 'Passphrase: ');
  if (passphrase === '') throw new CliError('usage', 'no passphrase was typed');
  if (twice && (await readHidden(io, 'The same again: ')) !== passphrase) throw new CliError('usage', 'the two passphrases differ');
  return passphrase;
}

/** Reads a line without showing it. */
async function readHidden(io: Io, prompt: string): Promise<string> {
  const stdin = io.stdin as ReadStream;
  io.stderr(prompt);
  stdin.setRawMode(true);
  let typed = '';
  try {
    for await (const chunk of stdin.iterator({ destroyOnReturn: false })) {
      for (const character of String(chunk)) {
        if (character === '\r' || character === '\n') return typed;
        if (character === '\u0003' || character === '\u0004') throw new CliError('failed', 'interrupted');
        typed = character === '\u007f' || character === '\b' ? [...typed].slice(0, -1).join('') : typed + character;
      }
    }
    return typed;
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    io.stderr('\n');
  }
}
