import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gate } from '#engine/gate.ts';
import { createKeyFiles } from '#engine/signing-key.ts';
import { finished, startWatchward, temporaryFolder, watchward } from './process-run.ts';
import { sampleSecretLine } from './sample-secret.ts';

/**
 * A scan that is killed while it works or writes leaves nothing that the gate would let through. The tree holds a secret in the last
 * file, so that evidence about a part of it would be a false pass.
 */
const passphrase = 'four plain words here';
let base = '';

beforeAll(async () => {
  base = temporaryFolder();
  for (let at = 0; at < 1500; at++) {
    const folder = join(base, 'code', String(at % 30));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${at}.txt`), `${at} plain words\n`.repeat(200));
  }
  writeFileSync(join(base, 'code', 'zz.env'), `${sampleSecretLine()}\n`);
  await createKeyFiles(join(base, 'ci'), passphrase, 10);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

function begin(folder: string, attestation: string): ChildProcess {
  const args = ['scan', join(base, 'code'), '--attest', attestation, '--key', join(base, 'ci'), '--no-cache', '--jobs', '2', '--quiet'];
  return startWatchward(args, folder, { WATCHWARD_PASSPHRASE: passphrase });
}

/** The program may change while this runs (a checkout that is worked on): whose scan it is, is not the question here. */
function toolOf(attestation: string): string[] {
  if (statSync(attestation, { throwIfNoEntry: false })?.isFile() !== true) return [];
  try {
    const { payload } = JSON.parse(readFileSync(attestation, 'utf8')) as { payload: string };
    return [(JSON.parse(Buffer.from(payload, 'base64').toString()) as { predicate: { tool: { digest: string } } }).predicate.tool.digest];
  } catch {
    return [];
  }
}

function judge(attestation: string) {
  return gate({
    action: 'merge', actor: 'test', target: join(base, 'code'), trusted: [join(base, 'ci.pub')], policies: [], pins: [], attestations: [attestation],
    exclude: [], ownRules: false, maxAgeMinutes: 60, tools: toolOf(attestation), contentSince: '2000-01-01', now: Date.now(),
  });
}

async function killedWhen(arrange: (child: ChildProcess, folder: string) => void): Promise<string> {
  const folder = mkdtempSync(join(base, 'run-'));
  const attestation = join(folder, 'scan.att');
  const child = begin(folder, attestation);
  arrange(child, folder);
  await finished(child);
  return attestation;
}

const moments = [0, 20, 50, 90, 130, 170, 210, 250, 300, 350, 400, 450, 500, 600, 700, 850];

test.each(moments)('killed after %i ms', async (after) => {
  const attestation = await killedWhen((child) => void setTimeout(() => child.kill('SIGKILL'), after));
  const { verdict, reasons } = await judge(attestation);
  // Either it was killed before the attestation was in its place, or the attestation is whole and tells of the secret.
  expect(verdict, reasons.join('\n')).toBe(existsSync(attestation) ? 'block' : 'unknown');
});

test('killed the moment anything is written', async () => {
  const attestation = await killedWhen((child, folder) => {
    const watcher = watch(folder, () => child.kill('SIGKILL'));
    child.on('close', () => watcher.close());
  });
  const { verdict, reasons } = await judge(attestation);
  expect(verdict, reasons.join('\n')).toBe(existsSync(attestation) ? 'block' : 'unknown');
});

test.each(['SIGINT', 'SIGTERM'] as const)('interrupted by %s', async (signal) => {
  const attestation = await killedWhen((child) => void setTimeout(() => child.kill(signal), 300));
  const { verdict, reasons } = await judge(attestation);
  expect(verdict, reasons.join('\n')).not.toBe('pass');
});

test('a full disk fails the command', async () => {
  const args = ['scan', join(base, 'code'), '--attest', '/dev/full', '--key', join(base, 'ci'), '--quiet'];
  const { code, stderr } = await watchward(args, base, { WATCHWARD_PASSPHRASE: passphrase });
  expect([code, stderr.includes('no space is left')], stderr).toEqual([2, true]);
  expect((await judge('/dev/full')).verdict).toBe('unknown');
});

test('a scan that nobody disturbs is evidence, here of a secret; without it, of a clean tree', async () => {
  const attestation = await killedWhen(() => undefined);
  expect((await judge(attestation)).verdict).toBe('block');
  rmSync(join(base, 'code', 'zz.env'));
  const clean = await killedWhen(() => undefined);
  const { verdict, reasons } = await judge(clean);
  expect(verdict, reasons.join('\n')).toBe('pass');
});
