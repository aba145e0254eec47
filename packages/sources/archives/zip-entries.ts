import { createReadStream, statSync } from 'node:fs';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { buffers } from '../content-form.ts';
import { type ArchiveEntry, type Expansion, labelOf } from './entry.ts';

/** Files of a zip archive, in the order of its directory. */
export async function* zipEntries(path: string, expansion: Expansion): AsyncGenerator<ArchiveEntry> {
  expansion.takeIn(statSync(path).size);
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false });
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.toString('utf8');
      if (!/[/\\]$/.test(name)) yield { name: labelOf(name), content: () => expansion.out(contentOf(zip, entry)) };
    }
  } finally {
    zip.close();
  }
}

async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  if (!entry.canDecodeFileData()) throw new Error('it is encrypted, or packed in a way that is not known');
  yield* buffers(await zip.openReadStreamPromise(entry));
}

/** Bytes of a file as they lie on disk. */
export function rawBytes(path: string): AsyncGenerator<Buffer> {
  return buffers(createReadStream(path));
}
