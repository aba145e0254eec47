import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Decision } from '#model/decision.ts';
import { temporaryFolder, watchward } from './process-run.ts';
import { sampleKey, samplePassphrase } from './sample-key.ts';
import { sampleSecretLine } from './sample-secret.ts';

/** The gate as a user meets it: scan, attest, gate, bypass, verify, each a process with its own permissions. */

let base = '';
const env = { WATCHWARD_PASSPHRASE: samplePassphrase };
const run = (...args: string[]) => watchward(args, base, env);
const scanned = (file: string, ...more: string[]) => run('scan', 'code', '--attest', file, '--key', 'ci', '-q', '--no-cache', ...more);
const gated = (file: string, ...more: string[]) => run('gate', 'code', '--attestation', file, '--trust', 'ci.pub', ...more);

beforeAll(async () => {
  base = temporaryFolder();
  mkdirSync(join(base, 'code'));
  writeFileSync(join(base, 'code', 'a.txt'), 'nothing here\n');
  const { privateFile, publicFile } = await sampleKey();
  writeFileSync(join(base, 'ci'), privateFile);
  writeFileSync(join(base, 'ci.pub'), publicFile);
  writeFileSync(join(base, 'gate.yaml'), 'gate:\n  bypass: [alice]\n');
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('the gate', () => {
  test('passes what was scanned, and only that', async () => {
    await scanned('clean.att', '--nonce', 'n-1');
    const passed = await gated('clean.att', '--nonce', 'n-1');
    expect([passed.code, passed.stdout.split('\n')[0]], passed.stdout + passed.stderr).toEqual([0, 'PASS: merge']);
    expect((await gated('clean.att', '--nonce', 'n-2')).code).toBe(2);
    writeFileSync(join(base, 'code', 'b.txt'), 'more\n');
    const changed = await gated('clean.att', '--json');
    rmSync(join(base, 'code', 'b.txt'));
    expect([changed.code, (JSON.parse(changed.stdout) as Decision).verdict]).toEqual([2, 'unknown']);
  });

  test('blocks a secret, and lets it through only under a listed name, with a record that can be verified', async () => {
    writeFileSync(join(base, 'code', 'app.env'), `${sampleSecretLine()}\n`);
    await scanned('leak.att');
    const blocked = await gated('leak.att', '--json');
    expect([blocked.code, (JSON.parse(blocked.stdout) as Decision).verdict], blocked.stderr).toEqual([1, 'block']);
    const asked = ['--bypass', 'alice', '--reason', 'the site is down', '--record', 'bypass.jsonl', '--key', 'ci', '--config', 'gate.yaml'];
    const through = await gated('leak.att', ...asked);
    rmSync(join(base, 'code', 'app.env'));
    expect(through.code, through.stderr).toBe(0);
    expect(through.stdout).toMatch(/^BLOCK: merge\n[^]*BYPASSED by alice: the site is down\n$/);
    expect(through.stderr).toContain('THE GATE WAS BYPASSED by alice; the verdict was block');
    const record = await run('verify', 'bypass.jsonl', '--bypasses', '--trust', 'ci.pub');
    expect([record.code, record.stdout], record.stderr).toEqual([0, expect.stringContaining('alice let a merge through that was block: the site is down')]);
    expect(readdirSync(base).filter((name) => name.startsWith('bypass'))).toEqual(['bypass.jsonl']);
  });

  test('is not bypassed when the record cannot be written', async () => {
    const asked = ['--bypass', 'alice', '--reason', 'the site is down', '--key', 'ci', '--config', 'gate.yaml'];
    for (const record of ['/dev/full', 'absent/bypass.jsonl']) {
      const { code, stdout, stderr } = await gated('none.att', ...asked, '--record', record);
      expect([code, stdout], stderr).toEqual([2, '']);
      expect(stderr).toContain('without a record there is no bypass');
    }
  });
});
