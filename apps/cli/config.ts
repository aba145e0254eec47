import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { nameMatches } from '#engine/name-matches.ts';
import type { FileSuppression, Limits } from '#engine/options.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { readConfigFile } from './config-file.ts';
import type { ConfigFile } from './config-file.ts';
import type { Specs } from './parse.ts';
import type { Layer } from './values.ts';

/** What configuration files say beyond option values. */
export interface Configuration {
  /** The files that were read, strongest first. */
  readonly files: readonly string[];
  readonly suppressions: readonly FileSuppression[];
  /** Gitignore-style patterns, relative to the start folder. */
  readonly exclude: readonly string[];
  /** People who may pass the gate by name. Never from the file of the project that is judged. */
  readonly gate: { readonly bypass: readonly string[] };
  readonly limits: Partial<Limits>;
  /** Notes for the ledger: settings of the scanned project that narrow what is reported. */
  readonly diagnostics: readonly Diagnostic[];
}

export const noConfiguration: Configuration = {
  files: [], suppressions: [], exclude: [], gate: { bypass: [] }, limits: {}, diagnostics: [],
};

export interface ConfigRequest {
  /** Absolute folder that is scanned, or the current one. */
  readonly start: string;
  /** `--config`: replaces the project's file. */
  readonly named: string | undefined;
  readonly env: { readonly [name: string]: string | undefined };
  readonly home: string;
  readonly specs: Specs;
  /** Every option name of every command; asked only when a key is not of this command. */
  readonly allSpecs: () => Promise<Specs>;
}

export const projectFileName = 'watchward.yaml';

/** Reads what applies: the named or the project's file, then the user's. */
export async function loadConfiguration(request: ConfigRequest): Promise<{ layers: readonly Layer[]; configuration: Configuration }> {
  const found: { path: string; source: 'project' | 'user'; trusted: boolean }[] = [];
  const project = request.named ?? findProjectFile(request.start);
  if (project !== undefined) found.push({ path: project, source: 'project', trusted: request.named !== undefined });
  const user = join(request.env['XDG_CONFIG_HOME'] || join(request.home, '.config'), 'watchward', 'config.yaml');
  if (existsSync(user)) found.push({ path: user, source: 'user', trusted: true });
  const files: ConfigFile[] = [];
  for (const { path, source, trusted } of found) {
    files.push(await readConfigFile({ path, source, trusted, specs: request.specs, allSpecs: request.allSpecs }));
  }
  return { layers: files.map((file) => file.layer), configuration: merge(files, request.start) };
}

/** From the start folder upward to the root of its git work tree, not beyond. */
function findProjectFile(start: string): string | undefined {
  const seen: string[] = [];
  for (let folder = start; ; folder = dirname(folder)) {
    const file = join(folder, projectFileName);
    if (existsSync(file)) seen.push(file);
    if (existsSync(join(folder, '.git'))) return seen[0];
    if (folder === dirname(folder)) break;
  }
  // Outside a work tree there is no root to stop at: only the start folder itself counts.
  const own = join(start, projectFileName);
  return seen.includes(own) ? own : undefined;
}

function merge(files: readonly ConfigFile[], start: string): Configuration {
  const inFolder = <T>(file: ConfigFile, pick: (prefix: string) => T): T => {
    const prefix = relative(file.layer.folder, start).split(sep).join('/');
    return pick(file.layer.source === 'project' && !prefix.startsWith('..') ? prefix : '');
  };
  return {
    files: files.map((file) => file.path),
    suppressions: files.flatMap((file) => inFolder(file, (prefix) => file.suppressions.flatMap((item) => rebaseSuppression(item, prefix)))),
    exclude: files.flatMap((file) => inFolder(file, (prefix) => file.exclude.flatMap((pattern) => rebasePattern(pattern, prefix) ?? []))),
    gate: { bypass: files.flatMap((file) => file.bypass) },
    limits: Object.assign({}, ...files.map((file) => file.limits).reverse()),
    diagnostics: files.flatMap((file) => file.diagnostics),
  };
}

function rebaseSuppression(item: FileSuppression, prefix: string): FileSuppression[] {
  if (item.paths.length === 0) return [item];
  const paths = item.paths.flatMap((pattern) => rebasePattern(pattern, prefix) ?? []);
  return paths.length === 0 ? [] : [{ ...item, paths }];
}

/**
 * A gitignore-style pattern written for a folder, as it reads from the folder `prefix` below; undefined when it says nothing about it.
 * A slash other than the last anchors a pattern (gitignore(5)).
 */
export function rebasePattern(pattern: string, prefix: string): string | undefined {
  const negated = pattern.startsWith('!') ? '!' : '';
  const body = pattern.slice(negated.length);
  if (prefix === '' || !body.slice(0, -1).includes('/')) return pattern;
  const segments = body.replace(/^\//, '').split('/');
  for (const folder of prefix.split('/')) {
    const [segment, ...rest] = segments;
    if (segment === '**') break;
    if (segment === undefined || rest.every((part) => part === '') || !nameMatches(folder, segment)) return undefined;
    segments.shift();
  }
  return segments[0] === '**' ? negated + segments.join('/') : `${negated}/${segments.join('/')}`;
}
