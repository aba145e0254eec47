import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|js|mjs)$/.test(name) && !/\.(?:test|cases)\.ts$/.test(name))
      .sort();
    for (const name of names) {
      const bytes = readFileSync(join(folder, name));
      hash.update(`${name.replaceAll('\\', '/')}\0${bytes.length}\0`).update(bytes);
    }
  }
  return hash.digest('hex');
}
