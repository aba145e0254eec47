import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readRegular } from '../read-file.ts';
import { SourceError } from '../source-error.ts';
import { readConfig, type GitConfig } from './config.ts';

/** Where the parts of a repository lie (gitrepository-layout(5)). */
export interface GitLayout {
  /** Belongs to one work tree: HEAD, index. */
  readonly gitDir: string;
  /** Shared by all work trees: objects, refs, config, info. Equal to `gitDir` but for linked work trees. */
  readonly commonDir: string;
  readonly config: GitConfig;
  /** Bytes of an object id: 20 for SHA-1, 32 for SHA-256. */
  readonly hashBytes: 20 | 32;
}

const pointerLimit = 65_536;

/** The repository whose work tree begins in exactly this folder. */
export function layoutOfWorkTree(folder: string): GitLayout | undefined {
  const dotGit = join(folder, '.git');
  const kind = kindOf(dotGit);
  if (kind === 'folder') return layoutOf(dotGit);
  if (kind !== 'file') return undefined;
  const pointer = readPointer(dotGit);
  const target = pointer?.startsWith('gitdir:') ? pointer.slice('gitdir:'.length).trim() : '';
  return target === '' ? undefined : layoutOf(resolve(folder, target));
}

/** The nearest work tree at or above a folder. */
export function findWorkTree(folder: string): { readonly workTree: string; readonly layout: GitLayout } | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const layout = layoutOfWorkTree(at);
    if (layout !== undefined) return { workTree: at, layout };
    if (dirname(at) === at) return undefined;
  }
}

/** Undefined when the folder is no git directory: it must have a HEAD, objects and refs, its own or shared. */
export function layoutOf(gitDir: string): GitLayout | undefined {
  if (kindOf(join(gitDir, 'HEAD')) !== 'file') return undefined;
  const shared = readPointer(join(gitDir, 'commondir'));
  const commonDir = shared === undefined || shared === '' ? gitDir : resolve(gitDir, shared);
  if (kindOf(join(commonDir, 'objects')) !== 'folder') return undefined;
  const config = readConfig(join(commonDir, 'config'));
  const hashBytes = config.get('extensions.objectformat')?.toLowerCase() === 'sha256' ? 32 : 20;
  return { gitDir, commonDir, config, hashBytes };
}

function readPointer(path: string): string | undefined {
  try {
    return readRegular(path, { limit: pointerLimit })?.toString('utf8').trim();
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    if (stat.isDirectory()) return 'folder';
    return stat.isFile() ? 'file' : undefined;
  } catch {
    return undefined; // not ours to read, or not a folder: no repository there
  }
}
