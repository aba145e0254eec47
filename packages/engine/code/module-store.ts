import { hash } from 'node:crypto';
import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { readRegular } from '#sources/read-file.ts';
import type { Lowered, LoweredFile } from './lower.ts';

/** What the index keeps of a file: what was said of it, and where its module lies in the pack. */
interface Entry {
  readonly lowered: Lowered;
  readonly at: number;
  readonly length: number;
  readonly crc: number;
}

interface Index {
  /** Bytes of the pack that are spoken for; what lies behind is of a run that did not end. */
  readonly end: number;
  readonly entries: readonly (readonly [string, Entry])[];
}

const largestIndex = 128 * 1024 * 1024;
/** A tree whose modules need more is read anew each time. */
const largestPack = 1024 * 1024 * 1024;
const treesKept = 16;

/**
 * Modules of earlier runs by content and path: an index (JSON with a checksum, replaced whole) and a pack to which modules are appended, each with its
 * own checksum. What is damaged is read anew. When most of the pack is of files that are gone, it is written again.
 */
export class ModuleStore {
  private readonly folder: string;
  private readonly name: string;
  private readonly entries: Map<string, Entry>;
  private readonly used = new Map<string, Entry>();
  private readonly added: { key: string; file: LoweredFile }[] = [];
  private end: number;
  private pack: number | undefined;

  private constructor(folder: string, name: string, index: Index) {
    this.folder = folder;
    this.name = name;
    this.end = index.end;
    this.entries = new Map(index.entries);
  }

  /** `identity`: everything but a file's bytes that a module depends on. */
  static open(stateDir: string, identity: string): ModuleStore {
    const folder = join(stateDir, 'code');
    const name = hash('sha256', identity, 'hex').slice(0, 32);
    return new ModuleStore(folder, name, readIndex(join(folder, `${name}.json`)));
  }

  /** Undefined when it is not known. `load` reads the module, and gives undefined when it is damaged. */
  get(path: string, sha256: string): { readonly lowered: Lowered; readonly load: () => Uint8Array | undefined } | undefined {
    const key = keyOf(path, sha256);
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.used.set(key, entry);
    return { lowered: entry.lowered, load: () => this.read(entry) };
  }

  add(file: LoweredFile): void {
    if (file.sha256 !== '' && file.outcome !== 'failed') this.added.push({ key: keyOf(file.path, file.sha256), file });
  }

  /** Keeps what was used and added since it was opened. Throws what the file system throws. */
  commit(): void {
    const live = [...this.used.values()].reduce((sum, { length }) => sum + length, 0);
    const fresh = this.added.reduce((sum, { file }) => sum + (file.bytes?.length ?? 0), 0);
    const changed = this.added.length > 0 || this.used.size !== this.entries.size;
    if (changed && live + fresh <= largestPack) this.write(live);
    if (this.pack !== undefined) closeSync(this.pack);
    this.pack = undefined;
  }

  private write(live: number): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    hideFromGit(this.folder);
    if (live < this.end / 2) this.compact();
    const path = this.path('pack');
    const descriptor = openSync(path, existsSync(path) ? 'r+' : 'w+', 0o600);
    try {
      ftruncateSync(descriptor, this.end);
      for (const { key, file } of this.added) this.used.set(key, this.append(descriptor, file));
    } finally {
      closeSync(descriptor);
    }
    this.writeIndex();
    forgetOld(this.folder);
  }

  private append(descriptor: number, file: LoweredFile): Entry {
    const { path: _path, sha256: _sha256, bytes = new Uint8Array(0), ...lowered } = file;
    const at = this.end;
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done, bytes.length - done, at + done);
    this.end += bytes.length;
    return { lowered, at, length: bytes.length, crc: crc32(bytes) };
  }

  /** Copies what is still used into a pack of its own. */
  private compact(): void {
    const temporary = `${this.path('pack')}.${process.pid}`;
    const descriptor = openSync(temporary, 'w', 0o600);
    let end = 0;
    try {
      for (const [key, entry] of this.used) {
        const bytes = this.read(entry);
        if (bytes === undefined && entry.length > 0) {
          this.used.delete(key);
          continue;
        }
        for (let done = 0; done < entry.length; ) done += writeSync(descriptor, bytes as Uint8Array, done, entry.length - done, end + done);
        this.used.set(key, { ...entry, at: end });
        end += entry.length;
      }
    } finally {
      closeSync(descriptor);
    }
    // An index of before would point into the new pack: it goes first.
    rmSync(this.path('json'), { force: true });
    if (this.pack !== undefined) closeSync(this.pack);
    this.pack = undefined;
    renameSync(temporary, this.path('pack'));
    this.end = end;
  }

  private writeIndex(): void {
    const text = JSON.stringify({ end: this.end, entries: [...this.used] } satisfies Index);
    const temporary = `${this.path('json')}.${process.pid}`;
    writeFileSync(temporary, `${hash('sha256', text, 'hex')}\n${text}`, { mode: 0o600 });
    renameSync(temporary, this.path('json'));
  }

  private read({ at, length, crc }: Entry): Uint8Array | undefined {
    try {
      this.pack ??= openSync(this.path('pack'), 'r');
      const bytes = new Uint8Array(new SharedArrayBuffer(length));
      for (let done = 0; done < length; ) {
        const got = readSync(this.pack, bytes, done, length - done, at + done);
        if (got === 0) return undefined;
        done += got;
      }
      return crc32(bytes) === crc ? bytes : undefined;
    } catch {
      return undefined;
    }
  }

  private path(ending: 'json' | 'pack'): string {
    return join(this.folder, `${this.name}.${ending}`);
  }
}

function readIndex(path: string): Index {
  const none: Index = { end: 0, entries: [] };
  try {
    const text = readRegular(path, { limit: largestIndex })?.toString('utf8');
    if (text === undefined || text.slice(0, 64) !== hash('sha256', text.slice(65), 'hex')) return none;
    return JSON.parse(text.slice(65)) as Index;
  } catch {
    return none;
  }
}

function keyOf(path: string, sha256: string): string {
  return hash('sha256', `${sha256}\0${path}`, 'base64url').slice(0, 27);
}

function hideFromGit(folder: string): void {
  const mark = join(folder, '.gitignore');
  if (!existsSync(mark)) writeFileSync(mark, '*\n');
}

/** Keeps the trees that were scanned last. */
function forgetOld(folder: string): void {
  const times = new Map<string, number>();
  for (const file of readdirSync(folder)) {
    if (file === '.gitignore') continue;
    const stem = file.split('.')[0] as string;
    times.set(stem, Math.max(times.get(stem) ?? 0, statSync(join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0));
  }
  const old = new Set([...times].sort(([, a], [, b]) => b - a).slice(treesKept).map(([stem]) => stem));
  for (const file of readdirSync(folder)) if (old.has(file.split('.')[0] as string)) rmSync(join(folder, file), { force: true });
}
