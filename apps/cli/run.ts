import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CliError, exitCodes } from './command.ts';
import type { Command, Io } from './command.ts';
import { loadConfiguration, noConfiguration } from './config.ts';
import { commandHelp, overview } from './help.ts';
import { firstWord, parseCommandLine, specsOf } from './parse.ts';
import type { Parsed } from './parse.ts';
import { allCommands, unionOfOptions } from './registry.ts';
import type { CommandLoaders } from './registry.ts';
import { didYouMean } from './suggest.ts';
import { environmentLayer, resolveValues } from './values.ts';
import type { Layer } from './values.ts';

export interface Outside {
  readonly io: Io;
  readonly signal: AbortSignal;
  readonly home: string;
  readonly commands: CommandLoaders;
}

interface Chosen {
  readonly command: Command;
  /** The words that name it: `rules list`. */
  readonly path: string;
  /** The command line without those words. */
  readonly args: readonly string[];
  /** True when no command was named and it is the scan of a path. */
  readonly implied: boolean;
  /** The first word of a command line that names no command. */
  readonly word?: string;
}

/** What a command line means when it names no command. */
const impliedCommand = 'scan';

/** Runs one command line and gives its exit code. Throws what the command throws. */
export async function runCommandLine(args: readonly string[], outside: Outside): Promise<number> {
  const { io, commands } = outside;
  if (args[0] === '--version' || args[0] === '-V') return runCommandLine(['version', ...args.slice(1)], outside);
  const chosen = await choose(args, commands);
  // Before its options are read: they may be those of the command that was meant.
  if (chosen.word !== undefined) checkPath(chosen.word, io.cwd, commands);
  const { command, path, implied } = chosen;
  const parsed = parseCommandLine(path, command, chosen.args);
  if (parsed.values.get('help') === true) {
    io.stdout(implied ? overview(await allCommands(commands), io.columns) : commandHelp(path, command, io.columns));
    return exitCodes.clean;
  }
  if (command.run === undefined) {
    io.stderr(commandHelp(path, command, io.columns));
    return exitCodes.usage;
  }
  const { options, configuration } = await settle(command, parsed, outside);
  return command.run({
    options,
    positionals: parsed.positionals,
    io,
    signal: outside.signal,
    config: configuration,
    stateDir: options.text('state-dir') ?? join(resolve(io.cwd, cacheHome(io.env, outside.home)), 'watchward'),
    resolve: (name) => resolve(io.cwd, name),
  });
}

async function choose(args: readonly string[], commands: CommandLoaders): Promise<Chosen> {
  const loadImplied = commands.get(impliedCommand);
  if (loadImplied === undefined) throw new CliError('failed', `the command \`${impliedCommand}\` is missing`, 'Install watchward again.');
  const scan = (await loadImplied()).default;
  const at = firstWord(args, specsOf(scan));
  const load = at === undefined ? undefined : commands.get(args[at] ?? '');
  const word = at === undefined ? undefined : args[at];
  if (at === undefined || load === undefined) return { command: scan, path: impliedCommand, args, implied: true, ...(word === undefined ? {} : { word }) };
  return descend({ command: (await load()).default, path: args[at] ?? '', args: args.toSpliced(at, 1), implied: false });
}

/** Follows the words of subcommands. */
function descend(chosen: Chosen): Chosen {
  const { command, path, args } = chosen;
  const at = command.subcommands === undefined ? undefined : firstWord(args, specsOf(command));
  if (at === undefined) return chosen;
  const word = args[at] ?? '';
  const next = command.subcommands?.find((sub) => sub.name === word);
  if (next !== undefined) return descend({ command: next, path: `${path} ${word}`, args: args.toSpliced(at, 1), implied: false });
  if (command.run !== undefined) return chosen;
  const known = (command.subcommands ?? []).map(({ name }) => name);
  throw new CliError('usage', `\`${path}\` has no command "${word}"`, `${didYouMean(word, known) ?? ''} It has ${known.join(', ')}.`.trim());
}

/** A word that is neither a command nor a path was probably meant as a command. */
function checkPath(word: string, cwd: string, commands: CommandLoaders): void {
  if (existsSync(resolve(cwd, word))) return;
  const command = /[/\\.]/.test(word) ? undefined : didYouMean(word, commands.keys(), (name) => `\`watchward ${name}\``);
  throw new CliError('usage', `"${word}" is neither a command nor an existing path`, command ?? 'See `watchward --help`.');
}

async function settle(command: Command, parsed: Parsed, { io, home, commands }: Outside) {
  const specs = specsOf(command);
  const flags: Layer = { source: 'flag', values: parsed.values, place: (name) => `--${name}`, folder: io.cwd };
  const environment = environmentLayer(specs, io.env, io.cwd);
  const early = resolveValues(specs, [flags, environment]);
  if (command.unconfigured === true || early.flag('no-config')) return { options: early, configuration: noConfiguration };
  const { layers, configuration } = await loadConfiguration({
    start: startFolder(command, parsed, io.cwd),
    named: early.text('config'),
    env: io.env,
    home,
    specs,
    allSpecs: async () => unionOfOptions(await allCommands(commands)),
  });
  return { options: resolveValues(specs, [flags, environment, ...layers]), configuration };
}

/** The folder whose project the command is about: its PATH, else the current one. */
function startFolder(command: Command, parsed: Parsed, cwd: string): string {
  const named = command.positionals?.[0]?.name === 'path' ? parsed.positionals[0] : undefined;
  const path = resolve(cwd, named ?? '.');
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? dirname(path) : path;
}

function cacheHome(env: Io['env'], home: string): string {
  const windows = process.platform === 'win32' ? env['LOCALAPPDATA'] : undefined;
  return windows || env['XDG_CACHE_HOME'] || join(home, '.cache');
}
