import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openLake } from '#engine/lake.ts';
import type { Event } from '#model/event.ts';
import { finished, shell, startWatchward, temporaryFolder } from './process-run.ts';
import { permissions } from './launch.mjs';

/** The process as a user starts it: under the permission model, with the addon. */

let base = '';
const launcher = fileURLToPath(new URL('launch.mjs', import.meta.url));

beforeAll(async () => {
  base = temporaryFolder();
  const lake = openLake(join(base, 'state', 'lake'), { clock: () => Date.UTC(2026, 10, 28, 12) });
  await lake.recover(0);
  const event: Event = {
    class_uid: 3002, class_name: 'Authentication', category_uid: 3, activity_id: 1, type_uid: 300_201, severity_id: 1, time: Date.UTC(2026, 10, 28),
    metadata: { version: '1.8.0', product: { name: 'sshd', vendor_name: 'OpenBSD' } }, user: { name: 'mira' },
  };
  lake.append(event, 1, { source: 'auth.log', sequence: 1 });
  await lake.flush(1);
  await lake.close();
  writeFileSync(join(base, 'state', 'incidents.jsonl'), '{"half');
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

test('a query is answered without a network, and says nothing but its figures', async () => {
  const cutOff = spawnSync('unshare', ['-rn', 'true']).status === 0 ? 'unshare -rn' : 'env';
  const line = `${cutOff} '${process.execPath}' '${launcher}' query --format csv 'select day, user_name, sequence from authentication'`;
  const { code, stdout, stderr } = await shell(line, base, { WATCHWARD_STATE_DIR: join(base, 'state') });
  expect(code, stderr).toBe(0);
  expect(stdout).toBe('day,user_name,sequence\r\n2026-11-28,mira,1\r\n');
  expect(stderr).toMatch(/^watchward: 1 row in \d+\.\d\d s; lake of 0 parts \(0\.0 MB\) and 1 event not in one yet\n$/);
});

test.each([700, 3_000])('a query that is interrupted after %i ms ends soon, with 2, also when it had not begun', async (after) => {
  const child = startWatchward(['query', 'select sum(a.range * b.range) from range(10000000) a, range(1000000) b'], base, { WATCHWARD_STATE_DIR: join(base, 'state') });
  // A test that was given up must not leave a query behind that runs for hours.
  onTestFinished(() => void child.kill('SIGKILL'));
  setTimeout(() => child.kill('SIGINT'), after);
  const { code, stderr } = await finished(child);
  // Without a code the signal came before the program did.
  expect([code ?? 2, code === null || stderr.includes('the query was interrupted')]).toEqual([2, true]);
});

test('the permissions of a query open no way out of the process but the addon', () => {
  const probe = join(base, 'probe.mjs');
  mkdirSync(join(base, 'elsewhere'));
  writeFileSync(probe, `
    import { connect } from 'node:net'; import { execFileSync } from 'node:child_process'; import { writeFileSync } from 'node:fs';
    const code = async (run) => { try { await run(); return 'open'; } catch (error) { return error.code ?? error.message; } };
    console.log(JSON.stringify([
      await code(() => new Promise((resolve, reject) => connect(9, '127.0.0.1').on('connect', resolve).on('error', reject))),
      await code(() => execFileSync('true')),
      await code(() => writeFileSync(${JSON.stringify(join(base, 'elsewhere', 'x'))}, '')),
    ]));
  `);
  const flags = permissions(['query', 'select 1'], { XDG_CACHE_HOME: join(base, 'cache') }, base);
  const { stdout } = spawnSync(process.execPath, [...flags, probe], { encoding: 'utf8' });
  const [network, ...rest] = JSON.parse(stdout) as string[];
  expect(rest).toEqual(['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED']);
  // Node 24 cannot deny the network.
  if (Number(process.versions.node.split('.')[0]) >= 25) expect(network).toBe('ERR_ACCESS_DENIED');
});
