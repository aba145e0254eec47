import { basename } from 'node:path';
import { CliError, defineCommand, exitCodes } from '../command.ts';
import type { Invocation } from '../command.ts';
import { readBounded } from '../read-bounded.ts';
import { jsonText, renderOptions, writeRendered } from '../rendered-output.ts';

const file = [{ name: 'file', help: 'CSV, JSON or JSON lines, as `watchward query` prints them; - for standard input', required: true }] as const;
const shared = {
  ...renderOptions(['pretty', 'json', 'html']),
  time: { type: 'string', value: 'COLUMN', help: 'Column of the time; found by its name if not given' },
  title: { type: 'string', value: 'TEXT', help: 'What to write above it; the name of the file if not given' },
} as const;
const surprise = { type: 'string', value: 'N', number: { min: 0, max: 20, whole: false } } as const;
const surpriseHelp = 'Mark what is at least so odd: 2 is once in a hundred times, 3 once in a thousand';
const mostMegabytes = 64;

export default defineCommand({
  name: 'plot',
  summary: 'Draw a series with its band, or a week against its baseline',
  description: 'Reads a table, learns from it as a watch would, value by value, and draws it: in the terminal, or as a page that asks the network for nothing.',
  unconfigured: true,
  subcommands: [
    {
      name: 'series', summary: 'A series of numbers, where each was expected, and what was odd',
      description: 'Each value is judged by those before it. Where the table has columns low, high and surprise of its own, these are drawn.',
      unconfigured: true, positionals: file,
      options: {
        ...shared, value: { type: 'string', value: 'COLUMN', help: 'Column of the number; found by its name if not given' }, unit: { type: 'string', value: 'TEXT', help: 'What the number counts, as req/s' }, surprise: { ...surprise, help: `${surpriseHelp}; if not given 2, where what lasts is marked once, and 3 where the table says it itself` },
      },
      examples: [{ command: 'watchward plot series cpu.csv --unit % --output cpu.html', explain: 'A page, and the same in the terminal.' }],
      run: series,
    },
    {
      name: 'week', summary: 'When somebody was active in the newest week, and whether that is usual',
      description: 'The table holds one row for each event of a user, a service or a host. The newest seven days are drawn hour by hour over what the days before them made usual.',
      unconfigured: true, positionals: file, options: { ...shared, surprise: { ...surprise, default: '2', help: surpriseHelp } },
      examples: [{ command: 'watchward plot week mira.csv', explain: 'A week of whoever the events are of.' }],
      run: week,
    },
  ],
});

async function series(invocation: Invocation): Promise<number> {
  const { options } = invocation;
  const text = await textOf(invocation);
  const [{ seriesOf }, printer] = await Promise.all([import('#engine/plot-data.ts'), import('#engine/plot-printer.ts')]);
  const { omitted, plot } = seriesOf(text, { time: options.text('time'), value: options.text('value') }, { title: titleOf(invocation), unit: options.text('unit') ?? '', marked: options.number('surprise') });
  writeRendered({ pretty: (look) => printer.seriesText(plot, look), html: () => printer.seriesPage(plot), json: () => jsonText(plot) }, invocation);
  return told(invocation, omitted);
}

async function week(invocation: Invocation): Promise<number> {
  const { options } = invocation;
  const text = await textOf(invocation);
  const [{ weekOf }, printer] = await Promise.all([import('#engine/plot-data.ts'), import('#engine/plot-printer.ts')]);
  const { omitted, plot } = weekOf(text, { time: options.text('time') }, { title: titleOf(invocation), marked: options.number('surprise') ?? 2 });
  writeRendered({ pretty: (look) => printer.weekText(plot, look), html: () => printer.weekPage(plot), json: () => jsonText(plot) }, invocation);
  return told(invocation, omitted);
}

function told({ io, options }: Invocation, omitted: number): number {
  if (omitted > 0 && !options.flag('quiet')) io.stderr(`watchward: note: ${omitted.toLocaleString('en')} rows could not be drawn: they lack a time or a number, or are beyond the limit of 500,000\n`);
  return exitCodes.clean;
}

function titleOf({ options, positionals }: Invocation): string {
  const [name = '-'] = positionals;
  return options.text('title') ?? (name === '-' ? 'standard input' : basename(name));
}

async function textOf({ io, positionals, resolve }: Invocation): Promise<string> {
  const [name = '-'] = positionals;
  const limit = mostMegabytes * 1024 * 1024;
  const tooLarge = (): CliError => new CliError('usage', `${name} is larger than ${mostMegabytes} MiB`, 'Draw a part of it: `watchward query` cuts and counts.');
  if (name !== '-') {
    try {
      const text = readBounded(resolve(name), { limit, regular: false });
      if (text === undefined) throw tooLarge();
      return text;
    } catch (cause) {
      if (cause instanceof CliError) throw cause;
      throw new CliError('usage', `${name} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, 'Check the path.', cause);
    }
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of io.stdin) {
    const bytes = Buffer.from(chunk as string | Uint8Array);
    length += bytes.length;
    if (length > limit) throw tooLarge();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
