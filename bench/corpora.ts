import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the corpora, `$WATCHWARD_CORPORA`; a runner without it says so and skips. */
export function corpus(name: string): string | undefined {
  const folder = process.env.WATCHWARD_CORPORA;
  if (folder === undefined) return undefined;
  const path = join(folder, name);
  return existsSync(path) ? path : undefined;
}
