import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { LoweredFile } from './lower.ts';
import { ModuleStore } from './module-store.ts';

const base = mkdtempSync(join(tmpdir(), 'watchward-store-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let folders = 0;
const fresh = (): string => join(base, String(folders++));
const file = (path: string, fill: number, length = 1_000): LoweredFile => ({ path, sha256: `sha-${path}-${fill}`, outcome: 'module', functions: 1, gaps: [], diagnostics: [], bytes: new Uint8Array(length).fill(fill) });

function keep(state: string, files: readonly LoweredFile[], used: readonly LoweredFile[] = []): void {
  const store = ModuleStore.open(state, 'x');
  for (const { path, sha256 } of used) store.get(path, sha256);
  files.forEach((one) => store.add(one));
  store.commit();
}

const loaded = (state: string, { path, sha256 }: LoweredFile): number | undefined => ModuleStore.open(state, 'x').get(path, sha256)?.load()?.[0];
const packSize = (state: string): number => statSync(join(state, 'code', readdirSync(join(state, 'code')).find((name) => name.endsWith('.pack')) as string)).size;

test('what was added is there the next time, by path and content, and what is no longer used falls out', () => {
  const state = fresh();
  const [a, b] = [file('a.js', 1), file('b.js', 2)];
  keep(state, [a, b]);
  expect([loaded(state, a), loaded(state, b)]).toEqual([1, 2]);
  expect(ModuleStore.open(state, 'x').get('a.js', b.sha256)).toBeUndefined();
  keep(state, [file('b.js', 3)], [a]);
  expect([loaded(state, a), loaded(state, b), loaded(state, file('b.js', 3))]).toEqual([1, undefined, 3]);
});

test('a pack that is mostly of the past is written again', () => {
  const state = fresh();
  const kept = file('a.js', 1);
  keep(state, [kept, ...Array.from({ length: 10 }, (_, at) => file(`${at}.js`, 9))]);
  keep(state, [file('new.js', 4)], [kept]);
  expect(packSize(state)).toBe(2_000);
  expect([loaded(state, kept), loaded(state, file('new.js', 4))]).toEqual([1, 4]);
});

test('damage costs what is damaged, and no more', () => {
  const state = fresh();
  const [a, b] = [file('a.js', 1), file('b.js', 2)];
  keep(state, [a, b]);
  const folder = join(state, 'code');
  const pack = join(folder, readdirSync(folder).find((name) => name.endsWith('.pack')) as string);
  const bytes = readFileSync(pack);
  bytes[1_500] = 77;
  writeFileSync(pack, bytes);
  expect([loaded(state, a), loaded(state, b)]).toEqual([1, undefined]);
  writeFileSync(join(folder, readdirSync(folder).find((name) => name.endsWith('.json')) as string), 'no index');
  expect(loaded(state, a)).toBeUndefined();
  keep(state, [a]);
  expect(loaded(state, a)).toBe(1);
});
