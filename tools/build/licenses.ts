import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The licence texts of bundled packages, given by their folders. A package without one stops the build. */
export function licensesOf(folders: readonly string[]): string {
  const chapters = folders.map(chapter);
  return `Watchward contains code of these packages.\n\n${chapters.join('\n')}`;
}

function chapter(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly [key: string]: string;
  };
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:[.-]\w+)?$/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence file; it cannot be bundled`);
  const title = `${name} ${version} (${license})`;
  return `${title}\n${'='.repeat(title.length)}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}
