import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineEventSource } from '#model/intake.ts';
import { archiveName, archiveSource } from '../archives/archive-source.ts';
import { pathOf } from '../files/found-files.ts';
import { SourceError, targetMissing } from '../source-error.ts';

export default defineEventSource({
  id: 'archive',
  title: 'Archives of logs (tar, tar.gz, tar.zst, tgz, zip), read without unpacking them to disk',
  schemes: ['archive:'],
  examples: ['logs-2026-03.tar.gz', 'archive:export.zip'],
  network: 'none',
  open(address, ctx) {
    const path = resolve(pathOf(address));
    if (!existsSync(path)) throw targetMissing(path, 'ENOENT');
    if (!archiveName.test(path)) throw new SourceError('target-unsupported', `${path} is no archive that can be read: its name would end in .tar, .tar.gz, .tgz, .tar.zst or .zip`);
    return archiveSource(path, ctx);
  },
});
