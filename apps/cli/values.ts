import { resolve } from 'node:path';
import { CliError } from './command.ts';
import type { OptionSpec, OptionValues, ValueSource } from './command.ts';
import type { Given, Specs } from './parse.ts';
import { didYouMean } from './suggest.ts';

/** Values from one place, with where each stands for messages. */
export interface Layer {
  readonly source: ValueSource;
  readonly values: ReadonlyMap<string, Given>;
  /** Names the place of a value: `--severity`, `WATCHWARD_SEVERITY`, `watchward.yaml:3: severity`. */
  place(name: string): string;
  /** Folder against which relative paths count. */
  readonly folder: string;
}

interface Resolved {
  readonly value: Given | undefined;
  readonly source: ValueSource;
}

/** `state-dir` is `WATCHWARD_STATE_DIR`. */
export function variableOf(name: string): string {
  return `WATCHWARD_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** The layer of environment variables. */
export function environmentLayer(specs: Specs, env: { readonly [name: string]: string | undefined }, cwd: string): Layer {
  const values = new Map<string, Given>();
  for (const [name, spec] of Object.entries(specs)) {
    const text = env[variableOf(name)];
    if (spec.setting === undefined || text === undefined || text === '') continue;
    if (spec.type === 'boolean') values.set(name, switchOf(text, variableOf(name)));
    else if (spec.multiple === true) values.set(name, text.split(',').map((part) => part.trim()).filter((part) => part !== ''));
    else values.set(name, text);
  }
  return { source: 'env', values, place: variableOf, folder: cwd };
}

function switchOf(text: string, variable: string): boolean {
  if (/^(?:1|true|yes|on)$/i.test(text)) return true;
  if (/^(?:0|false|no|off)$/i.test(text)) return false;
  throw new CliError('config', `${variable} is "${text}"`, 'Set it to 1 or 0.');
}

/** Resolves every option from the layers, strongest first. Throws `CliError` for values that the record does not allow. */
export function resolveValues(specs: Specs, layers: readonly Layer[]): OptionValues {
  const resolved = new Map<string, Resolved>();
  for (const [name, spec] of Object.entries(specs)) {
    const layer = layers.find(({ values }) => values.has(name));
    const value = layer?.values.get(name);
    if (layer === undefined || value === undefined) {
      const standard = spec.path === true && spec.default !== undefined ? absolute(spec.default, layers[0]?.folder ?? '.') : spec.default;
      resolved.set(name, { value: standard, source: 'default' });
      continue;
    }
    const code = layer.source === 'flag' ? 'usage' : 'config';
    for (const part of Array.isArray(value) ? value : [value]) checkValue(spec, part, layer.place(name), code);
    resolved.set(name, { value: spec.path === true ? absolute(value, layer.folder) : value, source: layer.source });
  }
  return optionValues(resolved);
}

/** Throws when an option's record does not allow the value. */
export function checkValue(spec: OptionSpec, value: string | boolean, place: string, code: 'usage' | 'config'): void {
  if (typeof value === 'boolean') return;
  if (spec.choices !== undefined && !spec.choices.includes(value)) {
    const cure = `${didYouMean(value, spec.choices) ?? ''} It is one of ${spec.choices.join(', ')}.`.trim();
    throw new CliError(code, `${place}: "${value}" is not known`, cure);
  }
  if (spec.number === undefined) return;
  const number = value.trim() === '' ? NaN : Number(value);
  const { min, max, whole } = spec.number;
  if (number >= min && number <= max && (!whole || Number.isInteger(number))) return;
  throw new CliError(code, `${place}: "${value}" is not a ${whole ? 'whole ' : ''}number from ${min} to ${max}`);
}

function absolute(value: Given, folder: string): Given {
  const one = (path: string): string => (path === '-' ? path : resolve(folder, path));
  if (typeof value === 'string') return one(value);
  return typeof value === 'boolean' ? value : value.map(one);
}

function optionValues(resolved: ReadonlyMap<string, Resolved>): OptionValues {
  const get = (name: string): Resolved => {
    const found = resolved.get(name);
    if (found === undefined) throw new Error(`the command has no option "${name}"`);
    return found;
  };
  const text = (name: string): string | undefined => {
    const { value } = get(name);
    return typeof value === 'string' ? value : undefined;
  };
  return {
    text,
    number(name) {
      const value = text(name);
      return value === undefined ? undefined : Number(value);
    },
    list(name) {
      const { value } = get(name);
      return Array.isArray(value) ? value : [];
    },
    flag: (name) => get(name).value === true,
    source: (name) => get(name).source,
  };
}
