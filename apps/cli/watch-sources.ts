import type { ReadRecords } from '#engine/watch.ts';
import { CliError } from './command.ts';
import type { Invocation } from './command.ts';
import { readSecret } from './watch-secrets.ts';

/** What `watch` reads: files may be named without `--from`. What listens or speaks over the network may not, so that the command line shows it to whoever grants the network. */
export async function addressesOf({ options, positionals }: Invocation): Promise<readonly string[]> {
  const { schemeOf } = await import('#engine/sources.ts');
  const address = positionals.find((name) => schemeOf(name) !== undefined);
  if (address !== undefined) throw new CliError('usage', `${address} is an address`, `Name it with --from ${address}.`);
  return [...positionals, ...options.list('from')];
}

/** How a run that remembers nothing reads what the user named: each source to its end. */
export async function recordsFrom(invocation: Invocation, named: ReadonlyMap<string, string> = new Map()): Promise<ReadRecords> {
  const { io, resolve, signal } = invocation;
  const [{ readRecords }, { openSource, schemeOf }] = await Promise.all([import('#engine/watch.ts'), import('#engine/sources.ts')]);
  const secrets = { secrets: named, readSecret };
  return async function* read(from, note) {
    if (typeof from !== 'string' || from === '-') return yield* readRecords(from === '-' ? io.stdin : from, note);
    const address = schemeOf(from) === undefined ? resolve(from) : from;
    const source = await openSource(address, { ...secrets, signal, follow: false, clock: () => io.now().getTime(), onDiagnostic: note, onDeadLetter: () => undefined });
    if (source.kind === 'listening') throw new CliError('usage', `${from} waits for what is sent to it`, 'Add --follow to go on listening, and keep what is heard.');
    for await (const { records } of source.read(undefined)) yield* records;
  };
}
