import { parseArgs } from 'node:util';
import { CliError } from './command.ts';
import type { Command, OptionSpec } from './command.ts';
import { globalOptions } from './globals.ts';
import { didYouMean } from './suggest.ts';

export type Specs = { readonly [name: string]: OptionSpec };
/** A value as it was given, before defaults: text, a switch, or a list. */
export type Given = string | boolean | readonly string[];

export interface Parsed {
  readonly values: ReadonlyMap<string, Given>;
  readonly positionals: readonly string[];
}

export function specsOf(command: Command): Specs {
  return { ...globalOptions, ...command.options };
}

function tokensOf(args: readonly string[], specs: Specs) {
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { type, short }]) => [name, short === undefined ? { type } : { type, short }]),
  );
  // `strict: false`: our own messages name the cure.
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

/** Index in `args` of the first word that is no option and no value of one. */
export function firstWord(args: readonly string[], specs: Specs): number | undefined {
  const tokens = tokensOf(args, specs);
  const end = tokens.find((token) => token.kind === 'option-terminator')?.index ?? Infinity;
  return tokens.find((token) => token.kind === 'positional' && token.index < end)?.index;
}

/** Reads a command line by the command's own record. Throws `CliError` of code `usage`. */
export function parseCommandLine(path: string, command: Command, args: readonly string[]): Parsed {
  const specs = specsOf(command);
  const help = `See \`watchward ${path} --help\`.`;
  const values = new Map<string, Given>();
  const positionals: string[] = [];
  for (const token of tokensOf(args, specs)) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
    if (spec === undefined) {
      const known = Object.keys(specs).map((name) => `--${name}`);
      throw new CliError('usage', `unknown option ${token.rawName}`, `${didYouMean(token.rawName, known) ?? ''} ${help}`.trim());
    }
    const value = spec.type === 'string' ? textValue(token, spec, help) : switchValue(token, help);
    if (spec.multiple === true && typeof value === 'string') {
      values.set(token.name, [...((values.get(token.name) as readonly string[] | undefined) ?? []), value]);
    } else values.set(token.name, value);
  }
  checkPositionals(command, positionals, values.get('help') === true, help);
  return { values, positionals };
}

interface OptionToken {
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function textValue(token: OptionToken, spec: OptionSpec, help: string): string {
  const { rawName, value, inlineValue } = token;
  if (value === undefined || (inlineValue !== true && /^-./.test(value))) {
    throw new CliError('usage', `${rawName} needs a value${spec.value === undefined ? '' : ` (${spec.value})`}`, help);
  }
  return value;
}

function switchValue(token: OptionToken, help: string): boolean {
  if (token.value === undefined || token.value === 'true') return true;
  if (token.value === 'false') return false;
  throw new CliError('usage', `${token.rawName} takes no value`, help);
}

function checkPositionals(command: Command, given: readonly string[], helping: boolean, help: string): void {
  if (helping) return;
  const specs = command.positionals ?? [];
  const missing = specs[given.length];
  if (missing?.required === true) throw new CliError('usage', `${missing.name.toUpperCase()} is missing: ${missing.help}`, help);
  if (given.length > specs.length && specs.at(-1)?.many !== true) {
    throw new CliError('usage', `unexpected argument "${given[specs.length]}"`, help);
  }
}
