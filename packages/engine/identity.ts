import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ToolIdentity } from '#model/report.ts';
import { loadContent } from './content.ts';
import { manifestFile, programFolders } from './place.ts';

/** Who made a report: version, and digests of the program and of its content. */
export function toolIdentity(): ToolIdentity {
  const manifest: unknown = JSON.parse(readFileSync(manifestFile(), 'utf8'));
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0.0.0';
  const content = loadContent();
  return { name: 'watchward', version, digest: programDigest(), content: content.hash, contentDate: content.date };
}

let digest: string | undefined;

/** SHA-256 over names and bytes of the program's own files; tests and cases are no part of it. */
export function programDigest(): string {
  digest ??= digestOf(programFolders());
  return digest;
}

function digestOf(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:ts|js|mjs)$/.test(entry.name) && !/\.(?:test|cases)\.ts$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) {
      const bytes = readFileSync(file);
      hash.update(`${relative(folder, file).replaceAll('\\', '/')}\0${bytes.length}\0`).update(bytes);
    }
  }
  return hash.digest('hex');
}
