import { join } from 'node:path';
import type { OpenDeadLetters } from '#engine/dead-letters.ts';
import type { LiveWatchOptions } from '#engine/live-watch.ts';
import { severities } from '#model/severity.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { ListeningSource, ReplayableSource } from '#model/intake.ts';
import { CliError, exitCodes } from './command.ts';
import type { Invocation } from './command.ts';
import { asideText, exitCode, footer } from './watch-footer.ts';
import { WatchNotes } from './watch-notes.ts';
import { enrichmentOf, watchOutput, watchUnits } from './watch-options.ts';
import { readSecret, secretsOf } from './watch-secrets.ts';
import { startLiveView } from './watch-tui.ts';

/** Diagnostics that are said after the live view: more than a person reads. */
const heldMost = 1_000;

/** `watch` with --keep, --follow or --to: remembers, listens and hands on. */
export async function watchLive(invocation: Invocation, from: readonly string[]): Promise<number> {
  const { io, options, signal, stateDir } = invocation;
  const [follow, quiet, tui] = [options.flag('follow'), options.flag('quiet'), options.flag('tui')];
  if (tui && !(follow && io.stdoutIsTTY)) throw new CliError('usage', '--tui needs --follow and a terminal', 'Leave it out to print incidents one after the other.');
  const [{ liveWatch }, { openSinks }, { openDeadLetters }, { watchFolder }, { signalEvent }] = await Promise.all([
    import('#engine/live-watch.ts'), import('#engine/sinks.ts'), import('#engine/dead-letters.ts'), import('#engine/incidents.ts'), import('#engine/incident-printer.ts'),
  ]);
  const clock = (): number => io.now().getTime();
  const notes = new WatchNotes(io, quiet);
  const view = tui ? await startLiveView(invocation) : undefined;
  const held: Diagnostic[] = [];
  const note = (diagnostic: Diagnostic): void => {
    if (view === undefined) return notes.add(diagnostic);
    view.shown.note(diagnostic);
    // Nothing but the view may write on its screen; the rest is said when it is gone.
    if (held.length < heldMost) held.push(diagnostic);
  };
  const endView = (): void => {
    view?.stop();
    for (const diagnostic of held.splice(0)) notes.add(diagnostic);
  };
  // Until the run begins, what sources tell is shown; from then on it counts too.
  let tell = note;
  const ofSource = (diagnostic: Diagnostic): void => tell(diagnostic);
  const letters = openDeadLetters(stateDir, { clock, onDiagnostic: ofSource });
  try {
    const secrets = { secrets: secretsOf(invocation), readSecret };
    const [units, output, sinks] = await Promise.all([watchUnits(invocation, note), watchOutput(invocation, follow, { silent: tui }), openSinks(options.list('to'), { ...secrets, signal, clock })]);
    const ending = view === undefined ? signal : AbortSignal.any([signal, view.quit]);
    const opened = await openAll(invocation, from, { signal: ending, note: ofSource, letters });
    for (const { id } of opened) view?.shown.source(id);
    const summary = await liveWatch({
      ...units, folder: watchFolder(stateDir), follow, beside: { enrichment: enrichmentOf(invocation), lake: join(stateDir, 'lake') }, lake: undefined, sinks, signal: ending, handOnFrom: severities.find((name) => name === options.text('to-severity')) ?? 'low',
      onRefused: (name, payload, reason) => letters.from(name)(Buffer.from(payload), reason), signalEvent: signalEvent(), onDiagnostic: note, onBegin: (counted) => (tell = counted),
      ...byKind(opened),
      onSignal: (found) => {
        if (found.severity !== 'informational') view?.shown.signal(found);
        return output.signal(found);
      },
      onUpdate: (update) => {
        view?.shown.update(update);
        return output.update(update);
      },
      onRead: (source, records, newest) => view?.shown.read(source, records, newest),
      onCheckpoint: (_, { outbox }) => view?.shown.waiting(outbox),
      onListening: (source, addresses) => void (quiet || tui || io.stderr(`watchward: ${source} ${addresses.length === 0 ? 'is asked again and again' : `listens at ${addresses.join(', ')}`}\n`)),
    });
    endView();
    await output.finish();
    notes.close();
    if (!quiet) io.stderr(footer(summary, output.counts, sinks.map(({ name }) => name.split(' ')[0] ?? name)) + asideText(summary));
    // Whoever follows ends by being interrupted: that is no failure, and silence is none either.
    if (follow && !summary.degraded) return output.counts.at > 0 ? exitCodes.findings : exitCodes.clean;
    return exitCode(summary, output.counts.at);
  } finally {
    letters.close();
    endView();
  }
}

function byKind(opened: readonly (ReplayableSource | ListeningSource)[]): Pick<LiveWatchOptions, 'replayable' | 'listening'> {
  return {
    replayable: opened.filter((source): source is ReplayableSource => source.kind === 'replayable'),
    listening: opened.filter((source): source is ListeningSource => source.kind === 'listening'),
  };
}

interface Opening {
  readonly signal: AbortSignal;
  readonly note: (diagnostic: Diagnostic) => void;
  readonly letters: OpenDeadLetters;
}

async function openAll(invocation: Invocation, from: readonly string[], { signal, note, letters }: Opening): Promise<(ReplayableSource | ListeningSource)[]> {
  const { io, options, resolve } = invocation;
  const { openSource, schemeOf } = await import('#engine/sources.ts');
  const surroundings = { secrets: secretsOf(invocation), readSecret, signal, follow: options.flag('follow'), clock: (): number => io.now().getTime(), onDiagnostic: note };
  return Promise.all(from.map((address) => openSource(schemeOf(address) === undefined && address !== '-' ? resolve(address) : address, { ...surroundings, onDeadLetter: letters.from(address) })));
}
