import { CliError, defineCommand } from '../command.ts';
import type { Invocation } from '../command.ts';
import { exitCode, footer } from '../watch-footer.ts';
import { WatchNotes } from '../watch-notes.ts';
import { outputOptions, unitOptions, watchOutput, watchUnits } from '../watch-options.ts';
import { recordsFrom } from '../watch-sources.ts';

export default defineCommand({
  name: 'replay',
  summary: 'Run recorded events as if they came now',
  description:
    'Puts the records of all files in the order of their time, runs them through the line that watches live events, and tells the incidents. Time is that of the events: the answer ' +
    'is the one that `watchward watch` would have given, and the same every time. Without a file it replays a recorded day of a made-up company whose build was turned against it.',
  positionals: [{ name: 'file', help: 'Recordings: JSON lines, text lines, EVTX, gzip or plain; - for standard input', many: true }],
  options: { ...unitOptions, ...outputOptions, incident: { type: 'string', value: 'ID', help: 'Tell this incident whole, and no other; the beginning of its id will do' } },
  examples: [
    { command: 'watchward replay', explain: 'The recorded day that comes with watchward.', exitCode: 1 },
    { command: 'watchward replay --incident inc-5c6cb9b6', explain: 'One incident with every step, by the id that the list gives.', exitCode: 1 },
    { command: 'watchward replay audit.jsonl --show both --format ocsf', explain: 'Signals and incidents for programs.' },
  ],
  run,
});

async function run(invocation: Invocation): Promise<number> {
  const { io, options, positionals } = invocation;
  if (positionals.filter((name) => name === '-').length > 1) throw new CliError('usage', 'standard input can be read only once', 'Give - once.');
  const notes = new WatchNotes(io, options.flag('quiet'));
  const only = options.text('incident');
  const [{ replay }, { dataFile }, read, units, output] = await Promise.all([
    import('#engine/replay.ts'), import('#engine/place.ts'), recordsFrom(invocation), watchUnits(invocation, (diagnostic) => notes.add(diagnostic)), watchOutput(invocation, false, only === undefined ? {} : { only }),
  ]);
  if (positionals.length === 0 && !options.flag('quiet')) io.stderr('watchward: replaying the recorded day that comes with watchward\n');
  const summary = await replay({
    ...units, from: positionals.length === 0 ? [dataFile('ci-compromise.jsonl.gz')] : positionals, read, onDiagnostic: (diagnostic) => notes.add(diagnostic),
    onSignal: (signal) => output.signal(signal), onUpdate: (update) => output.update(update),
  });
  const told = await output.finish();
  notes.close();
  if (options.flag('quiet')) return exitCode(summary, output.counts.at);
  if (told > 1) io.stderr('watchward: --incident ID tells one of them whole\n');
  io.stderr(footer(summary, output.counts));
  return exitCode(summary, output.counts.at);
}
