import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documentation } from './docs.ts';

/** What is generated; the commands in written pages are run by `docs.deep.test.ts`. */
// More than a thousand pages: on a busy machine that takes its time.
test('every command and rule has its page, and links between them lead somewhere', async () => {
  const generated = await documentation(new Date('2026-11-23T00:00:00Z'));
  const broken: string[] = [];
  for (const [path, text] of generated) {
    expect(text.startsWith('# ')).toBe(true);
    for (const [, target] of text.matchAll(/\]\(([^)#:\s]+\.md)\)/g)) {
      if (!generated.has(join(path, '..', target ?? ''))) broken.push(`${path}: ${target}`);
    }
  }
  expect(broken).toEqual([]);
  expect(generated.has('commands/scan.md')).toBe(true);
  expect(generated.has('models/assigned-credential.md')).toBe(true);
});
