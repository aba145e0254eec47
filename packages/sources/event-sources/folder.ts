import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineEventSource } from '#model/intake.ts';
import { folderSource } from '../archives/folder-source.ts';
import { pathOf } from '../files/found-files.ts';
import { SourceError, targetMissing } from '../source-error.ts';

export default defineEventSource({
  id: 'folder',
  title: 'All logs below a folder, archives of them included',
  schemes: ['folder:'],
  examples: ['/var/log/app/', 'folder:evidence'],
  network: 'none',
  open(address, ctx) {
    const path = resolve(pathOf(address));
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) throw targetMissing(path, 'ENOENT');
    if (!found.isDirectory()) throw new SourceError('target-unsupported', `${path} is no folder; name it as it is, without folder:`);
    return folderSource(path, ctx);
  },
});
