import type { Command, OptionSpec } from './command.ts';
import { exitCodeHelp, globalOptions } from './globals.ts';

/** Wraps words to lines of `width` columns. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.trim().split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines;
}

/** Rows of two columns, the second wrapped. */
function table(rows: readonly (readonly [string, string])[], width: number): string[] {
  const left = Math.min(28, Math.max(0, ...rows.map(([name]) => name.length)));
  return rows.flatMap(([name, text]) => {
    const lines = wrap(text, Math.max(30, width - left - 4));
    const first = name.length > left ? [`  ${name}`, `  ${' '.repeat(left)}  ${lines[0]}`] : [`  ${name.padEnd(left)}  ${lines[0]}`];
    return [...first, ...lines.slice(1).map((line) => `  ${' '.repeat(left)}  ${line}`)];
  });
}

export function usageOf(path: string, command: Command): string {
  const parts = (command.positionals ?? []).map(({ name, required, many }) => {
    const shown = name.toUpperCase() + (many === true ? '...' : '');
    return required === true ? shown : `[${shown}]`;
  });
  const sub = command.subcommands === undefined ? [] : [command.run === undefined ? 'COMMAND' : '[COMMAND]'];
  return ['watchward', path, ...sub, ...parts, '[OPTIONS]'].filter((part) => part !== '').join(' ');
}

function optionRow(name: string, spec: OptionSpec): readonly [string, string] {
  const value = spec.type === 'string' ? ` ${spec.value ?? name.toUpperCase()}` : '';
  const notes = [
    spec.choices === undefined ? undefined : spec.choices.join(', '),
    spec.multiple === true ? 'may be given more than once' : undefined,
    typeof spec.default === 'string' && spec.default !== '' ? `default: ${spec.default}` : undefined,
  ].filter((note) => note !== undefined);
  const short = spec.short === undefined ? '    ' : `-${spec.short}, `;
  return [`${short}--${name}${value}`, notes.length === 0 ? spec.help : `${spec.help} (${notes.join('; ')})`];
}

/** Everything that a command's record says, for a terminal of `width` columns. */
export function commandHelp(path: string, command: Command, width: number): string {
  const columns = Math.min(width, 100);
  const lines = [`${command.summary}.`, '', `Usage: ${usageOf(path, command)}`, '', ...wrap(command.description, columns)];
  const section = (title: string, body: readonly string[]): void => {
    if (body.length > 0) lines.push('', `${title}:`, ...body);
  };
  section('Commands', table((command.subcommands ?? []).map(({ name, summary }) => [name, summary]), columns));
  section('Arguments', table((command.positionals ?? []).map(({ name, help }) => [name.toUpperCase(), help]), columns));
  section('Options', table(Object.entries(command.options ?? {}).map(([name, spec]) => optionRow(name, spec)), columns));
  section('Options of every command', table(Object.entries(globalOptions).map(([name, spec]) => optionRow(name, spec)), columns));
  section('Examples', (command.examples ?? []).flatMap((example) => [`  ${example.command}`, ...wrap(example.explain, columns - 6).map((line) => `      ${line}`)]));
  section('Exit codes', table(exitCodeHelp.map(([code, means]) => [String(code), means]), columns));
  return `${lines.join('\n')}\n`;
}

/** The overview: what it is, the commands, the first thing to try. */
export function overview(commands: readonly Command[], width: number): string {
  const columns = Math.min(width, 100);
  return [
    'watchward: one security platform in one command. Nothing leaves this machine.',
    '',
    'Usage: watchward [PATH]            scan a folder (default: this one)',
    '       watchward COMMAND [OPTIONS]',
    '',
    'Commands:',
    ...table([...commands].sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ name, summary }) => [name, summary]), columns),
    '',
    'Options of every command:',
    ...table(Object.entries(globalOptions).map(([name, spec]) => optionRow(name, spec)), columns),
    '',
    'Exit codes:',
    ...table(exitCodeHelp.map(([code, means]) => [String(code), means]), columns),
    '',
    'Begin with `watchward` in a repository; `watchward doctor` checks the installation.',
    '',
  ].join('\n');
}
