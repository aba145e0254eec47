import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { FileSuppression, Limits } from '#engine/options.ts';
import { YamlError } from '#formats/yaml.ts';
import type { YamlDocument } from '#formats/yaml-documents.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { CliError } from './command.ts';
import type { OptionSpec } from './command.ts';
import { readGate, readLimits, readSuppressions } from './config-sections.ts';
import type { Given, Specs } from './parse.ts';
import { readBounded } from './read-bounded.ts';
import { didYouMean } from './suggest.ts';
import { checkValue } from './values.ts';
import type { Layer } from './values.ts';

export interface ConfigFile {
  readonly path: string;
  readonly layer: Layer;
  readonly suppressions: readonly FileSuppression[];
  readonly exclude: readonly string[];
  readonly bypass: readonly string[];
  readonly limits: Partial<Limits>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ConfigFileRequest {
  readonly path: string;
  readonly source: 'project' | 'user';
  /** The user named it or owns it; false for a file that the scanned project brings. */
  readonly trusted: boolean;
  readonly specs: Specs;
  readonly allSpecs: () => Promise<Specs>;
}

const sections = ['suppressions', 'limits', 'gate'];
const maxBytes = 1024 * 1024;

/** Stands in messages: `watchward.yaml:3`. */
export type Place = (path: readonly (string | number)[]) => string;

export async function readConfigFile(request: ConfigFileRequest): Promise<ConfigFile> {
  const { path } = request;
  const document = await parse(request);
  const place: Place = (keys) => `${path}:${document.lineOf(keys)}`;
  const top = document.value ?? new Map<string, unknown>();
  if (!(top instanceof Map)) throw new CliError('config', `${place([])}: a configuration file is a mapping of settings to values`);
  const options = new Map<string, Given>();
  for (const [key, value] of top as Map<unknown, unknown>) {
    const name = String(key);
    if (!sections.includes(name)) {
      const given = await readOption(request, name, value, place);
      if (given !== undefined) options.set(name, given);
    }
  }
  const bypass = readGate(top.get('gate'), place);
  if (bypass.length > 0 && !request.trusted) {
    const cure = 'Whoever can change the project could let themselves through. Put it in a file that the gate is given with --config.';
    throw new CliError('config', `${place(['gate'])}: \`gate\` has no effect in the file of the project that is judged`, cure);
  }
  const exclude = options.get('exclude');
  options.delete('exclude');
  return {
    path,
    layer: { source: request.source, values: options, place: (name) => `${place([name])}: ${name}`, folder: dirname(path) },
    suppressions: readSuppressions(top.get('suppressions'), place),
    exclude: Array.isArray(exclude) ? exclude : [],
    bypass,
    limits: readLimits(top.get('limits'), place),
    diagnostics: request.trusted ? [] : notes(top, request, document),
  };
}

async function parse({ path, trusted }: ConfigFileRequest): Promise<YamlDocument> {
  if (!trusted && !isInside(dirname(path), path)) {
    throw new CliError('config', `${path} is a link that leads out of the project`, 'Put the file itself there, or name it with --config if you trust it.');
  }
  let text: string | undefined;
  try {
    text = readBounded(path, { limit: maxBytes, regular: !trusted });
  } catch (cause) {
    const reason = cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : String(cause);
    throw new CliError('config', `${path} cannot be read (${reason})`, 'Mend its permissions or use --no-config.', cause);
  }
  if (text === undefined) throw new CliError('config', `${path} is larger than 1 MiB`, 'A configuration file is a few lines; use --no-config to go without it.');
  const { parseYamlDocuments } = await import('#formats/yaml-documents.ts');
  try {
    const documents = parseYamlDocuments(text);
    if (documents.length > 1) throw new CliError('config', `${path} holds ${documents.length} documents`, 'Remove the `---` lines.');
    return documents[0] ?? { value: undefined, lineOf: () => 1 };
  } catch (cause) {
    if (!(cause instanceof YamlError)) throw cause;
    throw new CliError('config', `${path}:${cause.line ?? 1}: not YAML: ${cause.message}`, undefined, cause);
  }
}

/** Gives the value of an option of this command, undefined for one that only another command takes from here; throws for what is neither. */
async function readOption(request: ConfigFileRequest, name: string, value: unknown, place: Place): Promise<Given | undefined> {
  const own = Object.hasOwn(request.specs, name) ? request.specs[name] : undefined;
  const usable = own !== undefined && refusal(own, request.trusted) === undefined;
  const spec = usable ? own : await elsewhere(request, name, place);
  const here = place([name]);
  const given = typed(spec, value, `${here}: \`${name}\``);
  for (const part of Array.isArray(given) ? given : [given]) checkValue(spec, part, `${here}: ${name}`, 'config');
  if (spec.path === true && !request.trusted) stayInside(request.path, given, `${here}: \`${name}\``);
  return usable ? given : undefined;
}

/** The option of any command that may stand in this file. */
async function elsewhere({ allSpecs, trusted }: ConfigFileRequest, name: string, place: Place): Promise<OptionSpec> {
  const specs = await allSpecs();
  const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
  const here = place([name]);
  if (spec === undefined) {
    const known = [...sections, ...Object.entries(specs).filter(([, other]) => refusal(other, trusted) === undefined).map(([key]) => key)];
    throw new CliError('config', `${here}: unknown setting \`${name}\``, didYouMean(name, known) ?? `Known are ${known.sort().join(', ')}.`);
  }
  const cure = refusal(spec, trusted);
  if (cure === undefined) return spec;
  throw new CliError('config', `${here}: \`${name}\` cannot be set ${spec.setting === 'user' ? 'by a project' : 'in a file'}`, cure);
}

/** Why an option may not stand in a file, as what to do instead. */
function refusal({ setting }: OptionSpec, trusted: boolean): string | undefined {
  if (setting === undefined) return 'Give it on the command line.';
  if (setting === 'env') return 'Give it on the command line or in the environment.';
  return setting === 'user' && !trusted ? 'Put it in your own configuration or on the command line.' : undefined;
}

function typed(spec: OptionSpec, value: unknown, what: string): Given {
  const scalar = (item: unknown): item is string | number => typeof item === 'string' || (typeof item === 'number' && Number.isFinite(item));
  if (spec.type === 'boolean') {
    if (typeof value === 'boolean') return value;
    throw new CliError('config', `${what} must be true or false`);
  }
  if (spec.multiple === true) {
    const list = scalar(value) ? [value] : value;
    if (Array.isArray(list) && list.every(scalar)) return list.map(String);
    throw new CliError('config', `${what} must be a list of texts`);
  }
  if (scalar(value)) return String(value);
  throw new CliError('config', `${what} must be ${spec.number === undefined ? 'a text' : 'a number'}`);
}

/** A file that the project names must lie in the project. */
function stayInside(file: string, given: Given, what: string): void {
  const folder = dirname(file);
  for (const path of Array.isArray(given) ? given : [String(given)]) {
    if (!isInside(folder, resolve(folder, path))) throw new CliError('config', `${what} leads out of the project: ${path}`);
  }
}

/** Links are followed: one that leads out would show the reader's own files to whoever wrote the project. */
function isInside(folder: string, path: string): boolean {
  const lies = (way: string): boolean => !isAbsolute(way) && way.split(sep)[0] !== '..';
  if (!lies(relative(folder, path))) return false;
  try {
    return lies(relative(realpathSync(folder), realpathSync(path)));
  } catch {
    return true; // what does not exist is told by whoever reads it
  }
}

function notes(top: Map<unknown, unknown>, { path, specs }: ConfigFileRequest, document: YamlDocument): Diagnostic[] {
  const narrowing = (key: string): boolean => key === 'limits' || (Object.hasOwn(specs, key) && specs[key]?.narrows === true);
  return [...top.keys()].map(String).filter(narrowing).map((key) => ({
    code: 'config-narrowed',
    message: `the project's own configuration sets \`${key}\`, so this run may report less; --no-config leaves it out`,
    path,
    line: document.lineOf([key]),
  }));
}
