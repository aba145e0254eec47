import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '#model/diagnostic.ts';
import { readRegular } from '#sources/read-file.ts';
import type { FileResult } from './file-task.ts';

type Kept = Pick<FileResult, 'outcome' | 'generated' | 'matches' | 'comments' | 'diagnostics' | 'cacheable'>;

/** Results of earlier runs by content and path. */
export interface FileCache {
  get(sha256: string, path: string): Kept | undefined;
}

export const noCache: FileCache = { get: () => undefined };

/** `quiet` names analysed files without a match (by key), `binary` the binary ones: nearly all of a tree. */
interface CacheBody {
  readonly quiet: readonly string[];
  readonly generated: readonly string[];
  readonly binary: readonly string[];
  readonly loud: readonly (readonly [string, Kept])[];
}

const namespacesKept = 8;
const largest = 256 * 1024 * 1024;

/**
 * One file for each namespace: a digest of everything but the scanned bytes that a result depends on (program, content, units,
 * options, digest key). A cache of another version is never read, and one whose checksum is wrong is thrown away.
 */
export function openCache(folder: string, namespace: string): { cache: FileCache; diagnostics: Diagnostic[] } {
  let text: string | undefined;
  try {
    text = readRegular(fileOf(folder, namespace), { limit: largest })?.toString('utf8');
  } catch {
    return { cache: noCache, diagnostics: [unusable('cannot be read')] };
  }
  if (text === undefined) return { cache: noCache, diagnostics: [] };
  const checksum = text.slice(0, 64);
  const body = text.slice(65);
  if (checksum !== hash('sha256', body, 'hex')) return { cache: noCache, diagnostics: [unusable('is damaged')] };
  return { cache: fromBody(JSON.parse(body) as CacheBody), diagnostics: [] };
}

function fromBody(body: CacheBody): FileCache {
  const generated = new Set(body.generated);
  const quiet = new Set(body.quiet);
  const binary = new Set(body.binary);
  const loud = new Map(body.loud);
  const nothing = { matches: [], comments: [], diagnostics: [], cacheable: true };
  return {
    get(sha256, path) {
      const key = keyOf(sha256, path);
      if (quiet.has(key)) return { outcome: 'analysed', generated: generated.has(key), ...nothing };
      if (binary.has(key)) return { outcome: 'binary', generated: false, ...nothing };
      return loud.get(key);
    },
  };
}

/** Writes what this run saw; entries of files that are gone fall out by themselves. */
export function writeCache(folder: string, namespace: string, results: readonly FileResult[]): Diagnostic[] {
  const kept = results.filter((result) => result.cacheable && result.sha256 !== '');
  const isQuiet = (result: FileResult): boolean =>
    result.outcome !== 'binary' && result.matches.length + result.comments.length + result.diagnostics.length === 0;
  const keys = (some: readonly FileResult[]): string[] => some.map(({ sha256, path }) => keyOf(sha256, path));
  const body: CacheBody = {
    quiet: keys(kept.filter(isQuiet)),
    generated: keys(kept.filter((result) => isQuiet(result) && result.generated)),
    binary: keys(kept.filter((result) => result.outcome === 'binary')),
    loud: kept.filter((result) => result.outcome !== 'binary' && !isQuiet(result)).map((result) => [keyOf(result.sha256, result.path), keep(result)]),
  };
  try {
    const text = JSON.stringify(body);
    mkdirSync(join(folder, 'scan'), { recursive: true, mode: 0o700 });
    const target = fileOf(folder, namespace);
    hideFromGit(join(folder, 'scan'));
    const temporary = `${target}.${process.pid}`;
    writeFileSync(temporary, `${hash('sha256', text, 'hex')}\n${text}`, { mode: 0o600 });
    renameSync(temporary, target);
    forgetOld(join(folder, 'scan'));
    return [];
  } catch (error) {
    return [unusable(`cannot be written (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'})`)];
  }
}

function keep({ outcome, generated, matches, comments, diagnostics, cacheable }: FileResult): Kept {
  return { outcome: outcome === 'cached' ? 'analysed' : outcome, generated, matches, comments, diagnostics, cacheable };
}

function keyOf(sha256: string, path: string): string {
  return hash('sha256', `${sha256}\0${path}`, 'base64url').slice(0, 27);
}

function fileOf(folder: string, namespace: string): string {
  return join(folder, 'scan', `${namespace.slice(0, 32)}.json`);
}

const gitignore = '.gitignore';

/** A state folder inside a checkout is no part of what is scanned there. */
function hideFromGit(folder: string): void {
  const mark = join(folder, gitignore);
  if (!existsSync(mark)) writeFileSync(mark, '*\n');
}

/** Keeps the few namespaces used last, so that the folder does not grow with every release. */
function forgetOld(folder: string): void {
  const files = readdirSync(folder).filter((name) => name !== gitignore).map((name) => ({ path: join(folder, name), time: statSync(join(folder, name)).mtimeMs }));
  files.sort((a, b) => b.time - a.time);
  for (const { path } of files.slice(namespacesKept)) rmSync(path, { force: true });
}

function unusable(how: string): Diagnostic {
  return { code: 'cache-unusable', message: `the cache ${how}; the run went on without it` };
}
