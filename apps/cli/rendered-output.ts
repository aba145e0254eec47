import { CliError } from './command.ts';
import type { Invocation, OptionSpec } from './command.ts';
import { writeOutputFile } from './output-file.ts';
import { outputsOf } from './report-output.ts';

export const renderFormats = ['pretty', 'json', 'html', 'markdown'] as const;
export type RenderFormat = (typeof renderFormats)[number];

/** Options of commands whose answer can be had in several forms. */
export function renderOptions(formats: readonly RenderFormat[]): { readonly [name: string]: OptionSpec } {
  return {
    format: { type: 'string', short: 'f', choices: formats, setting: 'env', help: 'How to print; pretty if not given' },
    json: { type: 'boolean', help: 'Short for --format json' },
    output: {
      type: 'string', short: 'o', value: 'FILE', multiple: true, path: true, writes: true,
      help: `Write it to a file; the format follows from --format or from the ending (${formats.flatMap((format) => endings.get(format) ?? []).join(' ')})`,
    },
  };
}

const endings = new Map<RenderFormat, string>([['pretty', '.txt'], ['json', '.json'], ['html', '.html'], ['markdown', '.md']]);

export interface Look {
  readonly color: boolean;
  readonly width: number;
}

/** What an answer looks like in each form that it can be had in. */
export type Renderers = { readonly [format in RenderFormat]?: (look: Look) => string };

/** Prints, or writes to the files that were named. */
export function writeRendered(renderers: Renderers, { io, options }: Pick<Invocation, 'io' | 'options'>): void {
  for (const { file, format } of outputsOf(options)) {
    const known = renderFormats.find((name) => name === format);
    const render = known === undefined ? undefined : renderers[known];
    if (render === undefined) throw new CliError('usage', `this cannot be had as ${format}`, `It can as ${Object.keys(renderers).join(', ')}.`);
    if (file === undefined) io.stdout(render({ color: io.color.stdout, width: io.columns }));
    else {
      writeOutputFile(file, [render({ color: false, width: 100 })]);
      if (!options.flag('quiet')) io.stderr(`watchward: wrote ${file} (${format})\n`);
    }
  }
}

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
