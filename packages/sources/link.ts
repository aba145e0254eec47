import { realpathSync } from 'node:fs';
import { systemCode } from './source-error.ts';

/** Where a symbolic link leads, seen from the scanned root. */
export type LinkKind = 'inside' | 'outside' | 'cycle' | 'broken';

/** `root` and `folder` (which holds the link) are real paths. */
export function linkKind(root: string, folder: string, link: string | Buffer): LinkKind {
  let target: string;
  try {
    target = realpathSync.native(link, 'utf8');
  } catch (error) {
    return systemCode(error) === 'ELOOP' ? 'cycle' : 'broken';
  }
  if (!isWithin(root, target)) return isWithin(target, root) ? 'cycle' : 'outside';
  return isWithin(target, folder) ? 'cycle' : 'inside';
}

function isWithin(folder: string, path: string): boolean {
  if (path === folder) return true;
  return path.startsWith(folder) && (/[/\\]$/.test(folder) || /[/\\]/.test(path[folder.length] ?? ''));
}
