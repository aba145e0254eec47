import { type BigIntStats, existsSync, statSync } from 'node:fs';
import { type FileHandle, readdir, stat } from 'node:fs/promises';
import { dirname, join, parse, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { matchesGlob } from '#formats/glob.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { SourceError, systemCode, targetMissing } from '../source-error.ts';
import { byRotation } from './rotation.ts';

/** What the address of files names: an absolute path, whose parts may have `*` and `?`, or be `**` for any depth. */
export interface FilePattern {
  readonly text: string;
  readonly top: string;
  /** Parts below `top`; none when it is one file. */
  readonly parts: readonly string[];
}

/** A regular file as it is now. */
export interface FoundFile {
  readonly path: string;
  /** Device and inode. */
  readonly id: string;
  /** When it was made, in nanoseconds: an inode may be used again. Where file systems don't know, it is the time of its last change. */
  readonly born: string;
  readonly knowsBirth: boolean;
  readonly size: number;
  /** Changes when the file does: its size, and its time of modification in nanoseconds. */
  readonly mark: string;
}

export function modifiedAt(mark: string): bigint {
  return BigInt(/^\d+:(\d+)$/.exec(mark)?.[1] ?? 0);
}

const limits = { files: 10_000, entries: 200_000, depth: 32 };

export function filePattern(address: string): FilePattern {
  const text = resolve(pathOf(address));
  if (!/[*?]/.test(text) || existsSync(text)) return { text, top: text, parts: [] };
  const { root } = parse(text);
  const all = text.slice(root.length).split(sep);
  const first = all.findIndex((part) => /[*?]/.test(part));
  return { text, top: join(root, ...all.slice(0, first)), parts: all.slice(first) };
}

/** `file:` may be left out. */
export function pathOf(address: string): string {
  const written = address.replace(/^(?:file|folder|archive):/, '');
  if (written === '' || written.includes('\0')) throw new SourceError('target-missing', 'the address of a source names no file');
  // What stands where a host would may be a password.
  if (/^\/\/[^/]/.test(written) && written !== address) throw new SourceError('address-invalid', 'files are named without a host: file:PATH, folder:PATH or archive:PATH');
  if (!written.startsWith('///') || written === address) return written;
  try {
    return fileURLToPath(`file:${written}`);
  } catch (error) {
    throw new SourceError('address-invalid', 'the address of a file is no valid URL; write file:PATH', error);
  }
}

/** Throws when nothing is there and nothing will be waited for. */
export function demandSomething({ text, top, parts }: FilePattern, follow: boolean): void {
  if (follow || parts.length > 0) return;
  const found = statSync(top, { throwIfNoEntry: false });
  if (found === undefined) throw targetMissing(text, 'ENOENT');
  if (found.isDirectory()) throw targetMissing(text, 'EISDIR');
}

/** Regular files that a pattern names now, in an order that puts rotated files before the one that took their place. */
export class FileFinder {
  readonly #pattern: FilePattern;
  readonly #tell: (diagnostic: Diagnostic) => void;
  readonly #accepts: (path: string) => boolean;
  readonly #told = new Set<string>();
  #entries = 0;
  /** Folders that were listed: where something new would appear. */
  folders = new Set<string>();

  constructor(pattern: FilePattern, tell: (diagnostic: Diagnostic) => void, accepts: (path: string) => boolean = () => true) {
    this.#pattern = pattern;
    this.#accepts = accepts;
    this.#tell = tell;
  }

  async find(): Promise<FoundFile[]> {
    const { top, parts } = this.#pattern;
    this.#entries = 0;
    this.folders = new Set(parts.length === 0 ? [parse(top).dir] : []);
    const paths: string[] = [];
    if (parts.length === 0) paths.push(top);
    else await this.#list(top, parts, 0, paths);
    const files: FoundFile[] = [];
    for (const path of [...new Set(paths)].filter(this.#accepts).sort(byRotation)) {
      const file = await this.#look(path);
      if (file !== undefined) files.push(file);
    }
    return files;
  }

  async #list(folder: string, parts: readonly string[], depth: number, paths: string[]): Promise<void> {
    const [part = '', ...rest] = parts;
    if (depth > limits.depth) return this.#once('depth-limit', `deeper than ${limits.depth} folders; not looked into`, folder);
    if (part === '**' && rest.length > 0) await this.#list(folder, rest, depth, paths);
    this.folders.add(folder);
    for (const entry of await this.#read(folder)) {
      if ((this.#entries += 1) > limits.entries || paths.length >= limits.files) {
        return this.#once('count-limit', `more than ${limits.files} files or ${limits.entries} names; the rest is not looked at`, this.#pattern.text);
      }
      const path = join(folder, entry.name);
      const hidden = entry.name.startsWith('.') && !part.startsWith('.');
      if (part === '**') {
        if (entry.isDirectory() && !hidden) await this.#list(path, parts, depth + 1, paths);
        if (rest.length === 0 && !entry.isDirectory() && !hidden) paths.push(path);
      } else if (hidden || !matchesGlob(entry.name, part)) continue;
      else if (rest.length === 0) paths.push(path);
      else if (entry.isDirectory() || entry.isSymbolicLink()) await this.#list(path, rest, depth + 1, paths);
    }
    return undefined;
  }

  async #read(folder: string) {
    try {
      return (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      const code = systemCode(error);
      if (code !== 'ENOENT' && code !== 'ENOTDIR') this.#once('file-unreadable', `could not list the folder (${code})`, folder);
      return [];
    }
  }

  async #look(path: string): Promise<FoundFile | undefined> {
    try {
      return await lookAt(path);
    } catch (error) {
      const code = systemCode(error);
      if (code !== 'ENOENT' && code !== 'ENOTDIR') this.#once('file-unreadable', `could not be looked at (${code})`, path);
      return undefined;
    }
  }

  #once(code: Diagnostic['code'], message: string, path: string): void {
    if (this.#told.has(`${code} ${path}`) || this.#told.size >= limits.files) return;
    this.#told.add(`${code} ${path}`);
    this.#tell({ code, message, path });
  }
}

/** Undefined for what is no regular file. */
export async function lookAt(path: string): Promise<FoundFile | undefined> {
  return describe(path, await stat(path, { bigint: true }));
}

/** What was opened under a path: by now another file may be there than the one that was looked at. */
export async function lookAtOpen(path: string, handle: FileHandle): Promise<FoundFile | undefined> {
  return describe(path, await handle.stat({ bigint: true }));
}

async function describe(path: string, stats: BigIntStats): Promise<FoundFile | undefined> {
  if (!stats.isFile()) return undefined;
  const { dev, ino, size, mtimeNs, birthtimeNs } = stats;
  const knowsBirth = tellsBirth(stats) || (await isFresh(path, stats));
  return { path, id: `${dev}:${ino}`, born: String(birthtimeNs), knowsBirth, size: Number(size), mark: `${size}:${mtimeNs}` };
}

/** A file system that doesn't know it gives nothing, or the time of the last change. */
function tellsBirth({ birthtimeNs, ctimeNs }: BigIntStats): boolean {
  return birthtimeNs > 0n && birthtimeNs !== ctimeNs;
}

/**
 * Made and last changed within one tick of the system's clock: its folder, which is older, tells whether births are known. Were they not
 * compared, a new file would pass for one that was removed just before, whose inode it was given.
 */
async function isFresh(path: string, { birthtimeNs, dev }: BigIntStats): Promise<boolean> {
  if (birthtimeNs === 0n) return false;
  const folder = await stat(dirname(path), { bigint: true }).catch(() => undefined);
  return folder !== undefined && folder.dev === dev && tellsBirth(folder);
}

/** Whether what was found is the file that was known by these numbers. */
export function isSame(known: Pick<FoundFile, 'id' | 'born'>, found: FoundFile): boolean {
  return known.id === found.id && (!found.knowsBirth || known.born === found.born);
}
