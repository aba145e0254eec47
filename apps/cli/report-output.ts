import { statSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { reporters } from '#generated/registry.ts';
import type { Report } from '#model/report.ts';
import type { Reporter } from '#model/unit.ts';
import { CliError } from './command.ts';
import type { Invocation, Io, OptionValues } from './command.ts';
import { writeOutputFile } from './output-file.ts';
import { didYouMean } from './suggest.ts';

export interface Output {
  readonly format: string;
  /** Absent: stdout. */
  readonly file?: string;
}

const endings = new Map([
  ['.json', 'json'],
  ['.sarif', 'sarif'],
  ['.html', 'html'],
  ['.htm', 'html'],
  ['.md', 'markdown'],
  ['.xml', 'junit'],
  ['.txt', 'pretty'],
]);

/**
 * Where the report goes. Without `--output`: to stdout. With it: to the files, in the format that was named or that their ending
 * says; stdout keeps the readable one unless a format was named or it should be quiet.
 */
export function outputsOf(options: OptionValues): readonly Output[] {
  const named = options.flag('json') ? 'json' : options.text('format');
  const files = options.list('output').filter((file) => file !== '-');
  const toStdout = files.length === 0 || options.list('output').includes('-');
  const outputs: Output[] = files.map((file) => ({ file, format: named ?? formatOf(file) }));
  if (toStdout || (named === undefined && !options.flag('quiet'))) outputs.push({ format: named ?? 'pretty' });
  return outputs;
}

/** A scan may take minutes: that its report has nowhere to go is said before it. */
export function checkOutputs(outputs: readonly Output[]): void {
  for (const { file } of outputs) {
    if (file === undefined || statSync(dirname(file), { throwIfNoEntry: false })?.isDirectory() === true) continue;
    throw new CliError('usage', `--output ${file}: there is no folder ${dirname(file)}`, 'Make it, or name another file.');
  }
}

function formatOf(file: string): string {
  const ending = extname(file).toLowerCase();
  const format = endings.get(ending);
  if (format !== undefined) return format;
  const cure = `Name one with --format, or end the file's name with ${[...endings.keys()].join(', ')}.`;
  throw new CliError('usage', `--output ${file}: the ending "${ending}" says nothing about the format`, cure);
}

/** Renders the report for each output; files first, so that a failure there is not hidden by pages of text. */
export async function writeReport(report: Report, outputs: readonly Output[], { io, options }: Invocation): Promise<void> {
  for (const { format, file } of outputs) {
    const reporter = await loadReporter(format);
    const rendered = reporter.render(report, { color: file === undefined && io.color.stdout, width: io.columns });
    const pieces = typeof rendered === 'string' ? [rendered] : rendered;
    if (file === undefined) {
      await print(pieces, io);
      continue;
    }
    writeOutputFile(file, pieces);
    if (!options.flag('quiet')) io.stderr(`watchward: wrote ${file} (${format})\n`);
  }
}

/** No faster than it is read, so that what waits does not pile up. */
async function print(pieces: Iterable<string>, io: Io): Promise<void> {
  for (const piece of pieces) {
    io.stdout(piece);
    await io.drained();
  }
}

async function loadReporter(format: string): Promise<Reporter> {
  const loaders = new Map(Object.entries<() => Promise<{ readonly default: Reporter }>>(reporters));
  const load = loaders.get(format);
  if (load === undefined) {
    throw new CliError('usage', `there is no format "${format}"`, didYouMean(format, loaders.keys()) ?? `Known are ${[...loaders.keys()].join(', ')}.`);
  }
  return (await load()).default;
}
