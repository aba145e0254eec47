import { posix } from 'node:path';

/** More files than this say nothing of which one is meant. */
const most = 60;

/** Which modules a name may mean of which only the folder and a part is known. */
export class ModulePatterns {
  private readonly paths: readonly string[];
  private folders: Map<string, string[]> | undefined;

  constructor(paths: readonly string[]) {
    this.paths = paths;
  }

  /** Files of the folder, and what stands for a folder in it; none where there are too many. */
  matching(from: string, pattern: string): readonly string[] {
    const star = pattern.indexOf('*');
    const before = posix.join(posix.dirname(from), pattern.slice(0, star));
    const folder = before.endsWith('/') ? posix.join(before, '.').replace(/\/$/, '') : posix.dirname(before);
    const start = before.endsWith('/') ? '' : posix.basename(before);
    const end = pattern.slice(star + 1).replace(/\.[cm]?[jt]sx?$/, '');
    const found = [...this.inFolder(folder), ...this.indexesIn(folder)].filter(([name, path]) => path !== from && name.startsWith(start) && name.endsWith(end)).map(([, path]) => path);
    return found.length > most ? [] : [...new Set(found)].sort();
  }

  private inFolder(folder: string): (readonly [string, string])[] {
    return (this.byFolder().get(folder) ?? []).map((path) => [stemOf(path), path]);
  }

  private indexesIn(folder: string): (readonly [string, string])[] {
    const inside = folder === '.' ? '' : `${folder}/`;
    return [...this.byFolder()].flatMap(([other, paths]) => {
      const name = other.startsWith(inside) ? other.slice(inside.length) : '';
      return name === '' || name === '.' || name.includes('/') ? [] : paths.filter((path) => stemOf(path) === 'index').map((path) => [name, path] as const);
    });
  }

  private byFolder(): Map<string, string[]> {
    this.folders ??= Map.groupBy(this.paths, (path) => posix.dirname(path));
    return this.folders;
  }
}

function stemOf(path: string): string {
  return posix.basename(path, posix.extname(path));
}
