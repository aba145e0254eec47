import { join } from 'node:path';
import type { ListeningSource, ReplayableSource } from '#model/intake.ts';
import type { Invocation } from './command.ts';
import { exitCodes } from './command.ts';
import { exitCode, footer } from './watch-footer.ts';
import { readSecret, secretsOf } from './watch-secrets.ts';
import { WatchNotes } from './watch-notes.ts';
import { watchOutput, watchUnits } from './watch-options.ts';

/** `watch` with --keep, --follow or --to: remembers, listens and hands on. */
export async function watchLive(invocation: Invocation): Promise<number> {
  const { io, options, resolve, signal, stateDir } = invocation;
  const follow = options.flag('follow');
  const notes = new WatchNotes(io, options.flag('quiet'));
  const [{ liveWatch }, { openSource, schemeOf }, { openSinks }, { watchFolder }, { openLake }, { signalEvent }, units, output] = await Promise.all([
    import('#engine/live-watch.ts'), import('#engine/sources.ts'), import('#engine/sinks.ts'), import('#engine/incidents.ts'), import('#engine/lake.ts'), import('#engine/incident-printer.ts'),
    watchUnits(invocation, (diagnostic) => notes.add(diagnostic)), watchOutput(invocation, follow),
  ]);
  const onDiagnostic = (diagnostic: Parameters<typeof notes.add>[0]): void => notes.add(diagnostic);
  const clock = (): number => io.now().getTime();
  const secrets = { secrets: secretsOf(invocation), readSecret };
  const folder = watchFolder(stateDir);
  const opened = await Promise.all(options.list('from').map((address) => openSource(schemeOf(address) === undefined && address !== '-' ? resolve(address) : address, { ...secrets, signal, follow, clock, onDiagnostic, onDeadLetter: () => undefined })));
  const sinks = await openSinks(options.list('to'), { ...secrets, signal, clock });
  const summary = await liveWatch({
    ...units, folder, follow, sinks, onDiagnostic, signalEvent: signalEvent(), lake: openLake(join(stateDir, 'lake'), { clock, onNote: (message) => onDiagnostic({ code: 'lake-note', message }) }),
    replayable: opened.filter((source): source is ReplayableSource => source.kind === 'replayable'),
    listening: opened.filter((source): source is ListeningSource => source.kind === 'listening'),
    onSignal: (found) => output.signal(found), onUpdate: (update) => output.update(update),
    onListening: (source, addresses) => void (options.flag('quiet') || io.stderr(`watchward: ${source} listens at ${addresses.join(', ')}\n`)),
  });
  await output.finish();
  notes.close();
  if (!options.flag('quiet')) io.stderr(footer(summary, output.counts, sinks.map(({ name }) => name.split(' ')[0] ?? name)));
  // Whoever follows ends by being interrupted: that is no failure, and silence is none either.
  if (follow && !summary.degraded) return output.counts.at > 0 ? exitCodes.findings : exitCodes.clean;
  return exitCode(summary, output.counts.at);
}
