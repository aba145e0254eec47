import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { permissions } from './launch.mjs';
import { shell, temporaryFolder } from './process-run.ts';
import { sampleSecretLine } from './sample-secret.ts';

/** SP-8: no connection leaves the process. */

let base = '';
beforeAll(() => {
  base = temporaryFolder();
  mkdirSync(join(base, 'code'));
  writeFileSync(join(base, 'code', 'app.env'), `${sampleSecretLine()}\nPLAIN=1\n`);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** A namespace without any network, where the machine lets one be made; else only what the runtime itself denies. */
const cutOff = spawnSync('unshare', ['-rn', 'true']).status === 0 ? 'unshare -rn' : 'env';
const launcher = fileURLToPath(new URL('launch.mjs', import.meta.url));

test('under the permissions of a scan every way out is closed, in the process and in its threads', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  let connections = 0;
  server.on('connection', () => connections++);
  const { port } = server.address() as AddressInfo;
  const probe = join(base, 'probe.mjs');
  writeFileSync(probe, `
    import { connect } from 'node:net'; import { lookup } from 'node:dns/promises'; import { createSocket } from 'node:dgram';
    import { execFileSync } from 'node:child_process'; import { Worker, isMainThread } from 'node:worker_threads';
    const code = async (run) => { try { await run(); return 'open'; } catch (error) { return error.cause?.code ?? error.code ?? error.message; } };
    const found = [
      await code(() => new Promise((resolve, reject) => connect(${port}, '127.0.0.1').on('connect', resolve).on('error', reject))),
      await code(() => fetch('http://127.0.0.1:${port}/')),
      await code(() => lookup('localhost')),
      await code(() => new Promise((resolve, reject) => createSocket('udp4').on('error', reject).send('x', ${port}, '127.0.0.1', (error) => error ? reject(error) : resolve()))),
      await code(() => execFileSync('true')),
    ];
    console.log(JSON.stringify(found));
    if (isMainThread) new Worker(new URL(import.meta.url));
  `);
  const flags = permissions(['scan', '.'], { XDG_CACHE_HOME: base }, base);
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, probe], { encoding: 'utf8' });
  await new Promise((closed) => server.close(closed));
  const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as string[]);
  expect(lines.length, stderr).toBe(2);
  for (const found of lines) expect(found.filter((code) => code !== 'ERR_ACCESS_DENIED')).toEqual([]);
  expect(connections).toBe(0);
});

test('a scan gives the same without a network', async () => {
  const facts = (json: string): unknown => {
    const { findings, ledger } = JSON.parse(json) as { findings: unknown[]; ledger: { degraded: boolean; bytesSent: number } };
    return { findings, degraded: ledger.degraded, bytesSent: ledger.bytesSent };
  };
  const open = await shell('watchward scan code --json --no-cache -q', base);
  const cut = await shell(`${cutOff} '${process.execPath}' '${launcher}' scan code --json --no-cache -q`, base);
  expect([open.code, cut.code], cut.stderr).toEqual([1, 1]);
  expect(facts(cut.stdout)).toMatchObject({ bytesSent: 0, degraded: false });
  const withoutDigest = (value: unknown): string => JSON.stringify(value).replaceAll(/"secretDigest":"[0-9a-f]+"/g, '');
  expect(withoutDigest(facts(cut.stdout))).toBe(withoutDigest(facts(open.stdout)));
});
