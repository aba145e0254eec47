import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyFiles, type SigningKey } from '#engine/signing-key.ts';

export const samplePassphrase = 'four plain words here';

export interface SampleKey {
  readonly id: string;
  readonly key: SigningKey;
  /** Contents of the two files. */
  readonly privateFile: string;
  readonly publicFile: string;
}

/** A fresh key pair for cases and tests; quick to open, and therefore good for nothing else. */
export async function sampleKey(): Promise<SampleKey> {
  const folder = mkdtempSync(join(tmpdir(), 'watchward-key-'));
  try {
    const path = join(folder, 'key');
    const key = await createKeyFiles(path, samplePassphrase, 4);
    return { id: key.id, key, privateFile: readFileSync(path, 'utf8'), publicFile: readFileSync(`${path}.pub`, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
