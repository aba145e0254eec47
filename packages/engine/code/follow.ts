import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import type { Diagnostic } from '#model/diagnostic.ts';
import { lookAt, mostCodeBytes } from './candidates.ts';
import type { CodeEntry } from './code-entry.ts';
import { codeFormOf } from './languages.ts';
import { lowerFiles, type LowerOptions, type ReadModule } from './lower-files.ts';
import { type Manifest, readManifest } from './manifests.ts';
import type { PathAliases } from './path-aliases.ts';
import { javaScriptTree } from './resolve-imports.ts';
import { resolveJavaScript } from './resolve-javascript.ts';

/** Files of installed packages that are read; what a program of many packages really uses is far less. */
const mostFiles = 20_000;
const mostRounds = 60;
const manifestBytes = 1024 * 1024;

export interface FollowOptions extends LowerOptions {
  readonly root: string;
  readonly aliases: PathAliases;
  /** Modules whose behaviour is described already: `express`, `fs`. */
  readonly described: ReadonlySet<string>;
}

export interface Followed {
  readonly modules: readonly ReadModule[];
  readonly manifests: readonly Manifest[];
}

/** Reads what JavaScript modules use of installed packages, and what that uses in turn; what knowledge describes is not read. */
export async function followDependencies(own: readonly ReadModule[], manifests: readonly Manifest[], options: FollowOptions): Promise<Followed> {
  const disk = new InstalledPackages(options.root, own, manifests, options);
  const modules: ReadModule[] = [];
  let fresh = own;
  for (let round = 0; round < mostRounds && fresh.length > 0 && !options.signal.aborted; round++) {
    const due = fresh.flatMap((module) => disk.usedBy(module)).slice(0, mostFiles - modules.length);
    if (modules.length + due.length >= mostFiles) options.onDiagnostic(tooMany);
    fresh = await lowerFiles(due.map((entry) => ({ entry, sha256: lookAt(entry, options.limits.fileBytes).sha256 })), options);
    modules.push(...fresh);
  }
  return { modules, manifests: disk.found };
}

const tooMany: Diagnostic = { code: 'count-limit', message: `installed packages have more than ${mostFiles} files that the program uses; flows through the rest are not seen` };

class InstalledPackages {
  readonly found: Manifest[] = [];
  private readonly root: string;
  private readonly realRoot: string;
  private readonly aliases: PathAliases;
  private readonly described: ReadonlySet<string>;
  private readonly known: Set<string>;
  private readonly own: readonly Manifest[];
  private readonly looked = new Set<string>();
  private readonly files = new Map<string, boolean>();
  private tree: ReturnType<typeof javaScriptTree>;

  constructor(root: string, modules: readonly ReadModule[], manifests: readonly Manifest[], { aliases, described }: Pick<FollowOptions, 'aliases' | 'described'>) {
    this.root = root;
    this.realRoot = realpathSync(root);
    this.aliases = aliases;
    this.described = described;
    this.known = new Set(modules.map(({ path }) => path));
    this.own = manifests;
    this.tree = this.withManifests();
  }

  /** Files that a module imports and that were not read yet. */
  usedBy({ path, lowered }: ReadModule): CodeEntry[] {
    if (lowered.head?.language !== 'javascript') return [];
    return lowered.head.imports.flatMap((text) => {
      let target = resolveJavaScript(this.tree, path, text);
      if (target !== undefined && 'external' in target && this.install(path, target.external)) target = resolveJavaScript(this.tree, path, text);
      const file = target !== undefined && 'path' in target && !this.known.has(target.path) ? target.path : undefined;
      if (file === undefined || typeof codeFormOf(file) !== 'object') return [];
      this.known.add(file);
      const size = statSync(join(this.root, file)).size;
      return size > mostCodeBytes ? [] : [{ path: file, absolute: join(this.root, file), size }];
    });
  }

  /** Finds the package of a name from a file upwards, as Node.js does; true when it is there and was not known. */
  private install(from: string, specifier: string): boolean {
    const name = /^(?:@[\w.-]+\/)?[\w.-]+/.exec(specifier)?.[0];
    if (name === undefined || this.described.has(specifier) || this.described.has(name)) return false;
    for (let folder = posix.dirname(from); ; folder = posix.dirname(folder)) {
      const place = posix.join(folder === '.' ? '' : folder, 'node_modules', name);
      if (!this.looked.has(place)) {
        this.looked.add(place);
        const manifest = this.manifestAt(place);
        if (manifest !== undefined) {
          this.found.push({ ...manifest, name, private: true });
          this.tree = this.withManifests();
          return true;
        }
      }
      if (folder === '.') return false;
    }
  }

  private manifestAt(place: string): Manifest | undefined {
    const path = posix.join(place, 'package.json');
    if (!this.isFile(path) || statSync(join(this.root, path)).size > manifestBytes) return undefined;
    return readManifest(path, readFileSync(join(this.root, path), 'utf8'));
  }

  private withManifests(): ReturnType<typeof javaScriptTree> {
    return { ...javaScriptTree([], { manifests: [...this.own, ...this.found], aliases: this.aliases }), modules: { has: (path) => this.known.has(path) || (path.includes('node_modules/') && this.isFile(path)) } };
  }

  /** A file within the scanned root, links followed. */
  private isFile(path: string): boolean {
    let known = this.files.get(path);
    if (known === undefined) {
      known = this.isFileWithin(join(this.root, path));
      this.files.set(path, known);
    }
    return known;
  }

  private isFileWithin(absolute: string): boolean {
    try {
      return statSync(absolute).isFile() && realpathSync(absolute).startsWith(this.realRoot + sep);
    } catch {
      return false;
    }
  }
}
