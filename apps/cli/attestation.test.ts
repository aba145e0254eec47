import { verify } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKeyFiles } from '#engine/signing-key.ts';
import { temporaryFolder, watchward } from './process-run.ts';

/** `scan --attest`: a signed statement beside the scan, or a refusal before it. */

const passphrase = 'four plain words here';
let base = '';
beforeAll(async () => {
  base = temporaryFolder();
  mkdirSync(join(base, 'code'));
  writeFileSync(join(base, 'code', 'a.txt'), 'nothing\n');
  writeFileSync(join(base, 'passphrase'), `${passphrase}\n`);
  await createKeyFiles(join(base, 'ci'), passphrase, 10);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

test('signs what the scan found, with the nonce that was asked for', async () => {
  const args = ['scan', 'code', '--attest', 'scan.dsse', '--key', 'ci', '--passphrase-file', 'passphrase', '--nonce', 'n-1', '--json'];
  const { code, stdout, stderr } = await watchward(args, base);
  expect(code, stderr).toBe(0);
  const envelope = JSON.parse(readFileSync(join(base, 'scan.dsse'), 'utf8')) as { payload: string; payloadType: string; signatures: { sig: string }[] };
  const payload = Buffer.from(envelope.payload, 'base64');
  // DSSE v1.0.2, protocol: PAE(type, body).
  const signed = Buffer.concat([Buffer.from(`DSSEv1 ${envelope.payloadType.length} ${envelope.payloadType} ${payload.length} `), payload]);
  expect(verify(null, signed, readFileSync(join(base, 'ci.pub')), Buffer.from(envelope.signatures[0]?.sig ?? '', 'base64'))).toBe(true);
  const { run } = JSON.parse(stdout) as { run: { treeHash: string } };
  expect(payload.toString()).toContain(run.treeHash);
  expect(payload.toString()).toContain('"nonce":"n-1"');
});

test('takes the passphrase from the environment', async () => {
  const { code, stderr } = await watchward(['scan', 'code', '--attest', 'env.dsse', '--key', 'ci'], base, { WATCHWARD_PASSPHRASE: passphrase });
  expect([code, existsSync(join(base, 'env.dsse'))], stderr).toEqual([0, true]);
});

test.each([
  [['--key', 'ci'], {}, 'the passphrase of the key is missing'],
  [['--key', 'ci'], { WATCHWARD_PASSPHRASE: 'some other words' }, 'the passphrase does not open this key file'],
  [['--key', 'absent'], { WATCHWARD_PASSPHRASE: passphrase }, 'cannot be read'],
  [['--key', 'ci', '--passphrase-file', 'absent'], {}, 'passphrase file'],
  [[], {}, '--attest needs --key'],
])('refuses %j %j before it scans', async (args, env, message) => {
  const before = readdirSync(base);
  const { code, stderr } = await watchward(['scan', 'code', '--attest', 'refused.dsse', ...args], base, env);
  expect([code, stderr.includes(message), stderr.includes('scanning')], stderr).toEqual([3, true, false]);
  expect(readdirSync(base)).toEqual(before);
});
