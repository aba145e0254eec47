import { expect, test } from 'vitest';
import { builtModules } from './build-outputs.ts';
import { readManifest } from './manifests.ts';

const manifests = ['', 'a/', 'b/'].flatMap((folder) => readManifest(`${folder}package.json`, '{"name": "x"}') ?? []);

test('what a build made of other files of the package is told from what stands alone', () => {
  const built = builtModules(['lib/a.js', 'dist/a.js', 'dist/node/a.cjs', 'index.js', 'a/src/x.ts', 'a/src/y.ts', 'a/lib/x.js', 'a/lib/y.js', 'b/dist/only.js', 'b/index.js'], manifests);
  expect([...built].sort()).toEqual(['a/lib/x.js', 'a/lib/y.js', 'dist/a.js', 'dist/node/a.cjs']);
});

test('a folder `lib` beside `src` with other modules is no output', () => {
  expect(builtModules(['src/app.js', 'src/main.js', 'lib/database.js', 'lib/mail.js', 'lib/app.js'], manifests).size).toBe(0);
});
