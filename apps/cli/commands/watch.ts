import { statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import type { Signal } from '#model/event.ts';
import { atLeast, severities } from '#model/severity.ts';
import type { Severity } from '#model/severity.ts';
import type { WatchSummary } from '#engine/watch.ts';
import { CliError, defineCommand, exitCodes } from '../command.ts';
import type { Invocation } from '../command.ts';
import { WatchNotes } from '../watch-notes.ts';

const formats = ['ocsf', 'pretty'] as const;

export default defineCommand({
  name: 'watch',
  summary: 'Find attacks in audit logs',
  description:
    'Reads audit records as JSON lines, brings GitHub audit log and AWS CloudTrail records into the form of OCSF, and tries every ' +
    'event rule on them. Each signal is printed as it is found: as an OCSF detection finding, one JSON object a line, or as a line for ' +
    'a person. The same records give the same output. Nothing leaves this machine.',
  options: {
    from: { type: 'string', value: 'FILE', multiple: true, path: true, help: 'File of JSON lines, or - for standard input; may be given more than once' },
    rules: { type: 'string', value: 'DIR', multiple: true, path: true, setting: 'user', help: 'Sigma rules of your own: a file or a folder; may be given more than once' },
    format: { type: 'string', short: 'f', choices: formats, setting: 'env', help: 'How to print signals; pretty on a terminal, ocsf elsewhere' },
    severity: { type: 'string', choices: severities, default: 'low', setting: 'user', help: 'Lowest severity that is printed and counts' },
  },
  examples: [
    { command: 'watchward watch --from audit.jsonl', explain: 'Find signals in a file of records.' },
    { command: 'watchward watch --from - --rules sigma/rules --severity high', explain: 'Read standard input and add Sigma rules of your own.' },
  ],
  run,
});

async function run({ options, io, signal }: Invocation): Promise<number> {
  const from = options.list('from');
  if (from.length === 0) throw new CliError('usage', 'watch needs --from', 'Name a file of JSON lines, or - for standard input.');
  for (const path of from) if (path !== '-' && statOf(path).isDirectory()) throw new CliError('usage', `${path} is a folder`, 'Name the files in it, or pipe them in.');
  for (const path of options.list('rules')) statOf(path);
  if (from.filter((name) => name === '-').length > 1) throw new CliError('usage', 'standard input can be read only once', 'Give --from - once.');
  const [{ watch }, { loadEventContent }, { signalPrinter }, { mappings }] = await Promise.all([
    import('#engine/watch.ts'), import('#engine/content.ts'), import('#engine/signal-printer.ts'), import('#generated/mappings.ts'),
  ]);
  const print = signalPrinter(formats.find((name) => name === options.text('format')) ?? (io.stdoutIsTTY ? 'pretty' : 'ocsf'));
  const threshold = severities.find((name) => name === options.text('severity')) ?? 'low';
  const notes = new WatchNotes(io, options.flag('quiet'));
  const counts = { at: 0, below: 0 };
  const summary = await watch({
    from: from.map((name) => (name === '-' ? io.stdin : name)),
    ruleDirs: options.list('rules'),
    mappings,
    contentRules: loadEventContent().sigma,
    clock: () => io.now().getTime(),
    onSignal: async (found) => {
      counts[counted(found, threshold)]++;
      if (counted(found, threshold) === 'at') io.stdout(`${print(found)}\n`);
      await io.drained();
    },
    onDiagnostic: (diagnostic) => notes.add(diagnostic),
    signal,
  });
  notes.close();
  if (!options.flag('quiet')) io.stderr(footer(summary, counts));
  return exitCode(summary, counts.at);
}

function counted(signal: Signal, threshold: Severity): 'at' | 'below' {
  return atLeast(severities, signal.severity, threshold) ? 'at' : 'below';
}

function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (cause) {
    throw new CliError('usage', `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, 'Check the path.', cause);
  }
}

function footer(summary: WatchSummary, { at, below }: { readonly at: number; readonly below: number }): string {
  const parts = [
    `${summary.records} records read`,
    `${summary.mapped} mapped, ${summary.unmapped} unmapped, ${summary.unreadable} unreadable`,
    `${summary.rulesLoaded} rules, ${summary.rulesSkipped} skipped`,
    `${at} signals${below === 0 ? '' : ` and ${below} below the threshold`}`,
    `${summary.seconds.toFixed(1)} s`,
    '0 bytes sent',
  ];
  return `watchward: ${parts.join('; ')}\n`;
}

/** As for a scan: what cannot be believed outweighs what was found. */
function exitCode(summary: WatchSummary, signals: number): number {
  if (summary.degraded) return exitCodes.failed;
  if (summary.records === 0) return exitCodes.nothing;
  return signals > 0 ? exitCodes.findings : exitCodes.clean;
}
