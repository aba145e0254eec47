import { describe, expect, test } from 'vitest';
import { commands } from '#generated/registry.ts';
import type { CommandCases } from './command-cases.ts';
import type { Command, OptionSpec } from './command.ts';
import { globalOptions } from './globals.ts';
import { commandHelp } from './help.ts';
import { writingOptions } from './launch.mjs';
import { recordedRun } from './recorded-run.ts';

const loaded = await Promise.all(
  Object.entries<() => Promise<{ readonly default: Command }>>(commands).map(async ([name, load]) => {
    const { default: cases } = (await import(`./commands/${name}.cases.ts`)) as { default: CommandCases };
    return { name, command: (await load()).default, cases };
  }),
);

function withSubcommands(path: string, command: Command): { path: string; command: Command }[] {
  return [{ path, command }, ...(command.subcommands ?? []).flatMap((sub) => withSubcommands(`${path} ${sub.name}`, sub))];
}
const every = loaded.flatMap(({ name, command }) => withSubcommands(name, command));

describe.each(loaded)('command $name', ({ name, command, cases }) => {
  test('is named like its file', () => expect(command.name).toBe(name));

  test.each(cases.cases.map((item) => [item.name, item] as const))('%s', async (_, item) => {
    await recordedRun(item, (result) => {
      expect(result.exitCode, result.stderr).toBe(item.exitCode);
      item.verify?.(result);
    });
  });
});

describe.each(every)('record of $path', ({ path, command }) => {
  const options = Object.entries(command.options ?? {});

  test('has one line of summary, a description, and something to do', () => {
    expect(command.summary).toMatch(/^[A-Z][^\n]*[^.\n]$/);
    expect(command.description.length).toBeGreaterThan(20);
    expect(command.run !== undefined || command.subcommands !== undefined).toBe(true);
  });

  test('names options in kebab-case, none twice, none of the global ones', () => {
    const shorts = [...options, ...Object.entries(globalOptions)].flatMap(([, { short }]) => short ?? []);
    expect(new Set(shorts).size).toBe(shorts.length);
    for (const [name, spec] of options) {
      expect(name).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
      expect(Object.hasOwn(globalOptions, name)).toBe(false);
      expect(spec.help).toMatch(/^[A-Z0-9].*[^.]$/);
    }
  });

  test('may write to exactly the files that the launcher grants', () => {
    const writing = options.filter(([, spec]) => spec.writes === true).flatMap(([name, { short }]) => [`--${name}`, ...shortOf(short)]);
    expect(writingOptions).toEqual(expect.arrayContaining(writing));
    const others = options.filter(([, spec]) => spec.writes !== true).flatMap(([name, { short }]) => [`--${name}`, ...shortOf(short)]);
    expect(others.filter((name) => writingOptions.includes(name))).toEqual([]);
  });

  test('has help that names every option and example', () => {
    const help = commandHelp(path, command, 80);
    for (const [name] of options) expect(help).toContain(`--${name}`);
    for (const { command: line } of command.examples ?? []) {
      expect(help).toContain(line);
      expect(line).toMatch(/^watchward\b/);
    }
  });
});

function shortOf(short: OptionSpec['short']): string[] {
  return short === undefined ? [] : [`-${short}`];
}
