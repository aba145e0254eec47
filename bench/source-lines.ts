import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface SourceFile {
  readonly path: string;
  readonly lines: number;
}

/** JavaScript and TypeScript of a folder with their lines, by path; declarations of types and installed packages are left out. */
export function sourcesOf(tree: string): SourceFile[] {
  return readdirSync(tree, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.[mc]?[jt]sx?$/.test(path) && !/\.d\.[mc]?ts$|(?:^|\/)node_modules\//.test(path) && statSync(join(tree, path)).isFile())
    .sort()
    .map((path) => ({ path, lines: readFileSync(join(tree, path), 'latin1').split('\n').length }));
}
