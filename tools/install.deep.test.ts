import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleEvent } from '#store/lake/sample.arbitrary.ts';
import { openLake } from '#store/lake.ts';
import { build } from './build.ts';
import { placesOf, plantTree, runOutside, withoutNetwork, type Outcome, type Scanned } from './test/outside.ts';

let base: string;
let home: string;
let tarball: string;
let installed: Outcome;

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'watchward-install-'));
  home = join(base, 'home');
  mkdirSync(home);
  plantTree(join(base, 'tree'));
  tarball = await build(join(base, 'dist'));
  writeFileSync(join(home, 'package.json'), '{"private": true}');
  installed = await runOutside(['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', tarball], home);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

function watchward(args: readonly string[], before: readonly string[] = []): Promise<Outcome> {
  return runOutside([...before, join(home, 'node_modules', '.bin', 'watchward'), ...args], base, { XDG_CACHE_HOME: join(base, 'cache') });
}

it('installs with npm alone', () => {
  const size = Math.round(statSync(tarball).size / 1000);
  process.stdout.write(`installed in ${installed.seconds.toFixed(1)} s, package of ${size} kB\n`);
  expect(installed.code, installed.stderr).toBe(0);
  expect(readdirSync(join(home, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(
    expect.arrayContaining(['@cedar-policy', 'watchward']),
  );
});

it('ships its licence, the licences of what it bundles, and nothing else', () => {
  const folder = join(home, 'node_modules', 'watchward');
  expect(readdirSync(folder).sort()).toEqual(['LICENSE', 'README.md', 'lib', 'package.json', 'third-party-licenses.txt']);
  expect(readFileSync(join(folder, 'third-party-licenses.txt'), 'utf8')).toMatch(/^js-yaml .* \(MIT\)$/m);
  const files = readdirSync(join(folder, 'lib'), { recursive: true, encoding: 'utf8' });
  expect(files.filter((file) => /\.(?:ts|map)$|\.test\./.test(file))).toEqual([]);
});

it('prints its help and version', async () => {
  const help = await watchward(['--help']);
  expect(help.code, help.stderr).toBe(0);
  expect(help.stdout).toContain('watchward');
  const version = await watchward(['version', '--json']);
  expect(version.code, version.stderr).toBe(0);
  expect(JSON.parse(version.stdout)).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+\.\d+/) as unknown });
});

it('finds the same with and without a network', async () => {
  const cut = withoutNetwork();
  if (cut.length === 0) process.stdout.write('this machine does not let us cut the network off; only the permission model denies it here\n');
  const [open, closed] = [await watchward(['tree', '--json', '--no-cache']), await watchward(['tree', '--json', '--no-cache'], cut)];
  for (const outcome of [open, closed]) expect(outcome.code, outcome.stderr).toBe(1);
  const places = placesOf(JSON.parse(open.stdout) as Scanned);
  expect(places).toEqual([expect.stringMatching(/^secrets\/.* deploy\/server\.key$/)]);
  expect(placesOf(JSON.parse(closed.stdout) as Scanned)).toEqual(places);
});

it('asks a lake in SQL, with the addon that npm brought and without a network', async () => {
  const lake = openLake(join(base, 'lake'), { clock: () => Date.now(), rollBytes: 1, thread: pathToFileURL(join(home, 'node_modules', 'watchward', 'lib', 'lake-thread.js')) });
  await lake.recover(0);
  lake.append(sampleEvent(1), 1, { source: 'a.jsonl', sequence: 1 });
  await lake.flush(1);
  lake.committed(1);
  await lake.close();
  const outcome = await watchward(['query', '--lake', 'lake', 'select class, sequence from events'], withoutNetwork());
  expect(outcome.code, outcome.stderr).toBe(0);
  expect(outcome.stdout).toBe('{"class":"api_activity","sequence":1}\n');
  expect(outcome.stderr).toMatch(/lake of 1 part .* and 0 events not in one yet\n$/);
});

it('says how to get the addon where it was left out, and scans without it', async () => {
  rmSync(join(home, 'node_modules', '@duckdb'), { recursive: true });
  const outcome = await watchward(['query', '--lake', 'lake', 'select 1']);
  expect(outcome.code).toBe(2);
  expect(outcome.stderr).toContain('Install it beside watchward: npm install --global @duckdb/node-api');
});

it('scans with workers', async () => {
  const outcome = await watchward(['tree', '--json', '--no-cache', '--jobs', '2']);
  expect(outcome.code, outcome.stderr).toBe(1);
  expect(placesOf(JSON.parse(outcome.stdout) as Scanned)).toHaveLength(1);
});
