import { join } from 'node:path';
import { CliError, defineCommand, exitCodes } from '../command.ts';
import type { Invocation, OptionSpec } from '../command.ts';

const lake: OptionSpec = { type: 'string', value: 'DIR', path: true, setting: 'user', help: 'The lake (default: lake in the state folder)' };
const json: OptionSpec = { type: 'boolean', help: 'Print JSON' };

export default defineCommand({
  name: 'lake',
  summary: 'Look after the lake of events',
  description:
    'The lake holds every event that was watched, as Parquet by class and day. A watch that runs keeps it in order by itself: it merges the small ' +
    'files of days that are over, and takes away the oldest days. These commands do it when none runs. `watchward query` asks the lake.',
  subcommands: [
    {
      name: 'status',
      summary: 'Say what the lake holds',
      description: 'Prints days, files and bytes for each class of events. It may run beside a watch.',
      options: { lake, json },
      examples: [{ command: 'watchward lake status', explain: 'How large is it, and how far back does it reach?' }],
      run: status,
    },
    {
      name: 'compact',
      summary: 'Merge the small files of days that are over',
      description: 'Many small files of one class and day become one. It can be stopped at any moment: nothing is lost, and nothing is there twice.',
      options: { lake },
      examples: [{ command: 'watchward lake compact', explain: 'After a long replay, for faster queries.' }],
      run: compact,
    },
    {
      name: 'retain',
      summary: 'Take away the oldest events',
      description: 'Takes away the days before a number of days ago, then the oldest files until the rest fits. What is taken away is gone.',
      options: {
        lake,
        days: { type: 'string', value: 'N', number: { min: 1, max: 36_500, whole: true }, help: 'Keep this many days before today' },
        megabytes: { type: 'string', value: 'MB', number: { min: 0, max: 1_000_000_000, whole: true }, help: 'Keep at most this much' },
      },
      examples: [{ command: 'watchward lake retain --days 90', explain: 'Keep a quarter of a year.' }],
      run: retain,
    },
  ],
});

function folderOf({ options, stateDir }: Invocation): string {
  return options.text('lake') ?? join(stateDir, 'lake');
}

async function status(invocation: Invocation): Promise<number> {
  const { options, io } = invocation;
  const { lakeStatus } = await import('#engine/lake.ts');
  const found = lakeStatus(folderOf(invocation));
  if (options.flag('json')) {
    io.stdout(`${JSON.stringify(found, undefined, 2)}\n`);
    return exitCodes.clean;
  }
  for (const { name, days, first, last, parts, bytes } of found.classes) {
    io.stdout(`${name.padEnd(28)} ${String(days).padStart(5)} days, ${first} to ${last}, ${parts} files, ${sizeOf(bytes)}\n`);
  }
  io.stdout(`${found.parts} files, ${sizeOf(found.bytes)}; ${sizeOf(found.hotBytes)} not in one yet\n`);
  return exitCodes.clean;
}

async function compact(invocation: Invocation): Promise<number> {
  const { io, signal, options } = invocation;
  const { compactLake } = await import('#engine/lake.ts');
  const { from, to } = await compactLake(folderOf(invocation), io.now().getTime(), signal);
  if (!options.flag('quiet')) io.stderr(`watchward: ${from} files became ${to}${signal.aborted ? '; stopped before the end' : ''}\n`);
  return signal.aborted ? exitCodes.failed : exitCodes.clean;
}

async function retain(invocation: Invocation): Promise<number> {
  const { options, io } = invocation;
  const days = options.number('days');
  const most = options.number('megabytes');
  if (days === undefined && most === undefined) throw new CliError('usage', 'retain needs --days or --megabytes', 'Say how much is to be kept.');
  const { retainLake } = await import('#engine/lake.ts');
  const taken = await retainLake(folderOf(invocation), { days, bytes: most === undefined ? Number.POSITIVE_INFINITY : most * 1_000_000 }, io.now().getTime());
  const which = taken.days.length === 0 ? '' : `, of ${taken.days[0]}${taken.days.length > 1 ? ` to ${taken.days.at(-1)}` : ''}`;
  if (!options.flag('quiet')) io.stderr(`watchward: ${taken.parts} files taken away (${sizeOf(taken.bytes)})${which}\n`);
  return exitCodes.clean;
}

function sizeOf(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
