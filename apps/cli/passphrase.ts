import { readFileSync } from 'node:fs';
import { CliError } from './command.ts';
import type { Invocation } from './command.ts';

/** The passphrase of a key: from `--passphrase-file`, else from the environment. Never from the command line, which every user of a machine can read. */
export function readPassphrase({ options, io }: Pick<Invocation, 'options' | 'io'>): string {
  const file = options.text('passphrase-file');
  const passphrase = file === undefined ? (io.env['WATCHWARD_PASSPHRASE'] ?? '') : readFirstLine(file);
  if (passphrase !== '') return passphrase;
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
