import { CliError } from './command.ts';
import type { Invocation } from './command.ts';
import { readBounded } from './read-bounded.ts';

const longest = 1_048_576;

/** `--secret NAME=FILE`: the files by the names that sources and receivers ask for. */
export function secretsOf({ options, resolve }: Pick<Invocation, 'options' | 'resolve'>): Map<string, string> {
  const named = new Map<string, string>();
  for (const text of options.list('secret')) {
    const at = text.indexOf('=');
    // What was written may be the secret itself: it is not repeated.
    if (at < 1 || at === text.length - 1) throw new CliError('usage', '--secret takes NAME=FILE', 'Write the secret into a file that only you can read, and name the file.');
    named.set(text.slice(0, at), resolve(text.slice(at + 1)));
  }
  return named;
}

export function readSecret(path: string): string {
  let text: string | undefined;
  try {
    text = readBounded(path, { limit: longest, regular: false });
  } catch (cause) {
    throw new CliError('usage', `the secret in ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, 'Check the path given with --secret.', cause);
  }
  if (text === undefined) throw new CliError('usage', `${path} is too large for a secret`, 'Check the path given with --secret.');
  return text;
}
