/**
 * `npm run build`: one installable package, dist/watchward-<version>.tgz.
 *
 *     package.json  README.md  LICENSE  third-party-licenses.txt
 *     lib/launch.mjs            the command: finds a Node, switches the permission model on
 *     lib/main.js, worker.js    the program and its worker, with the chunks they share
 *     lib/data/*.json           the compiled content
 *     lib/grammars/*.wasm       the parsers
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { grammarFiles, grammarPath, type GrammarFile } from '#engine/code/grammar-files.ts';
import { bundle, packagesIn } from './build/bundle.ts';
import { licensesOf } from './build/licenses.ts';
import { publishedManifest } from './build/manifest.ts';
import { generate } from './generate.ts';
import { root } from './program.ts';

/** Builds into `out` (emptied first) and gives the path of the package. */
export async function build(out: string): Promise<string> {
  const errors = generate();
  if (errors.length > 0) throw new Error(`content does not compile:\n${errors.join('\n')}`);
  const folder = join(out, 'package');
  const lib = join(folder, 'lib');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(lib, 'data'), { recursive: true });

  const manifest = publishedManifest(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const bundled = await bundle(lib, [...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies)]);
  cpSync(join(root, 'apps/cli/launch.mjs'), join(lib, 'launch.mjs'));
  const generated = join(root, '.generated');
  for (const file of readdirSync(generated).filter((name) => /\.(?:json|jsonl\.gz)$/.test(name))) cpSync(join(generated, file), join(lib, 'data', file));
  const grammars = Object.keys(grammarFiles) as GrammarFile[];
  for (const name of grammars) cpSync(grammarPath(name), join(lib, 'grammars', name));
  for (const file of ['README.md', 'LICENSE']) cpSync(join(root, file), join(folder, file));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  writeFileSync(join(folder, 'third-party-licenses.txt'), licensesOf([...new Set([...bundled, ...packagesIn(grammars.map(grammarPath))])].sort()));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', out], { cwd: folder, stdio: 'pipe' });
  return join(out, `${manifest.name}-${manifest.version}.tgz`);
}

/** Bytes of all files below a folder. */
function bytesBelow(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((total, entry) => total + statSync(join(entry.parentPath, entry.name)).size, 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const out = join(root, 'dist');
  const tarball = await build(out);
  const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;
  const unpacked = kilobytes(bytesBelow(join(out, 'package')));
  process.stdout.write(`${tarball}: ${kilobytes(statSync(tarball).size)}, unpacked ${unpacked}\n`);
}
