import { severities } from '#model/severity.ts';
import { CliError, defineCommand } from '../command.ts';
import type { Invocation } from '../command.ts';
import { exitCode, footer } from '../watch-footer.ts';
import { watchLive } from '../watch-live.ts';
import { secretsOf } from '../watch-secrets.ts';
import { addressesOf } from '../watch-sources.ts';
import { WatchNotes } from '../watch-notes.ts';
import { outputOptions, unitOptions, watchOutput, watchUnits } from '../watch-options.ts';

export default defineCommand({
  name: 'watch',
  summary: 'Find attacks in logs and events',
  description:
    'Reads what systems say from files, archives, folders, brokers and the network, brings it into one form (OCSF), tries every event rule and detector on it, and makes ' +
    'few incidents of many signals. Without --keep nothing is remembered and the same records give the same output. With it, what was read, what the ' +
    'detectors know, events and incidents are kept in the state folder, and a run that was killed goes on where it was. Nothing leaves this machine but to addresses given with --to.',
  positionals: [{ name: 'file', help: 'Files, patterns, folders and archives to read; the same as --from', many: true }],
  options: {
    from: { type: 'string', value: 'ADDRESS', multiple: true, help: 'File, pattern, folder, archive, - for standard input, or an address to listen at or to read from' },
    to: { type: 'string', value: 'ADDRESS', multiple: true, help: 'Where incidents and signals are handed to' },
    'to-severity': { type: 'string', choices: severities, default: 'low', setting: 'user', help: 'Lowest severity that is handed to receivers' },
    follow: { type: 'boolean', help: 'Go on with what comes, until interrupted; implies --keep' },
    tui: { type: 'boolean', help: 'With --follow on a terminal: a live view of rates, incidents and signals' },
    keep: { type: 'boolean', help: 'Remember positions, events and incidents in the state folder' },
    secret: { type: 'string', value: 'NAME=FILE', multiple: true, help: 'A secret by the file it is in: token=FILE for sources that ask for it, slack.token=FILE for one kind of source or receiver' },
    ...unitOptions,
    ...outputOptions,
  },
  examples: [
    { command: 'watchward watch audit.jsonl', explain: 'Find signals in a file of records.' },
    { command: 'watchward watch --from - --rules sigma/rules --severity high', explain: 'Read standard input and add Sigma rules of your own.' },
    { command: 'watchward watch --keep --from audit.jsonl --show incidents', explain: 'Keep incidents for `watchward incidents` and events for `watchward query`.' },
  ],
  run,
});

async function run(invocation: Invocation): Promise<number> {
  const { options } = invocation;
  const from = await addressesOf(invocation);
  if (from.length === 0) throw new CliError('usage', 'watch needs something to read', 'Name a file, - for standard input, or --from with an address such as syslog+udp://127.0.0.1:5514.');
  if (from.filter((name) => name === '-').length > 1) throw new CliError('usage', 'standard input can be read only once', 'Give - once.');
  if (options.flag('follow') || options.flag('keep') || options.list('to').length > 0) return watchLive(invocation, from);
  return once(invocation, from);
}

async function once(invocation: Invocation, from: readonly string[]): Promise<number> {
  const { io, options } = invocation;
  const notes = new WatchNotes(io, options.flag('quiet'));
  const [{ watch }, { recordsFrom }, units, output] = await Promise.all([
    import('#engine/watch.ts'), import('../watch-sources.ts'), watchUnits(invocation, (diagnostic) => notes.add(diagnostic)), watchOutput(invocation, false),
  ]);
  const note = (diagnostic: Parameters<typeof notes.add>[0]): void => notes.add(diagnostic);
  const summary = await watch({
    ...units, from, read: await recordsFrom(invocation, secretsOf(invocation)), onDiagnostic: note,
    onSignal: (found) => output.signal(found), onUpdate: (update) => output.update(update),
  });
  await output.finish();
  notes.close();
  if (!options.flag('quiet')) io.stderr(footer(summary, output.counts));
  return exitCode(summary, output.counts.at);
}
