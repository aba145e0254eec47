import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createKeyFiles, decryptKey, encryptKey } from './key-file.ts';
import { generateSigningKey, privatePem, publicPem, readPrivatePem, readPublicPem, verifyingKey } from './keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'watchward-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const passphrase = 'four plain words here';
const label = 'PUBLIC KEY';

/** PEM of a public key with these 32 bytes. */
function pemOf(point: string): string {
  const der = Buffer.from(`302a300506032b6570032100${point}`, 'hex').toString('base64');
  return `-----BEGIN ${label}-----\n${der}\n-----END ${label}-----\n`;
}

describe('keys', () => {
  it('go through PEM unchanged; the id is that of the public half', () => {
    const key = generateSigningKey();
    expect(readPrivatePem(privatePem(key)).id).toBe(key.id);
    expect(readPublicPem(publicPem(key)).id).toBe(key.id);
    expect(verifyingKey(key).id).toBe(key.id);
    expect(readPublicPem(publicPem(key).replaceAll('\n', '\r\n')).id).toBe(key.id);
    expect(generateSigningKey().id).not.toBe(key.id);
  });

  it.each([
    ['the neutral element', '01'.padEnd(64, '0')],
    ['a point of order 2', `ec${'ff'.repeat(30)}7f`],
    ['a point of order 4', '00'.repeat(32)],
    ['a point of order 4 with its sign', `${'00'.repeat(31)}80`],
    ['a point of order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
    ['its negative', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85'],
    ['the other point of order 8', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'],
  ])('refuse %s, for which anyone can sign', (_, point) => {
    expect(() => readPublicPem(pemOf(point))).toThrow(expect.objectContaining({ code: 'key-weak' }));
  });

  it.each([['the prime', `ed${'ff'.repeat(30)}7f`], ['more than the prime', `ee${'ff'.repeat(30)}ff`]])('refuse a coordinate of %s', (_, point) => {
    expect(() => readPublicPem(pemOf(point))).toThrow(expect.objectContaining({ code: 'key-malformed', message: 'the public key is not canonical' }));
  });

  it.each<[string, (pem: string) => string]>([
    ['nothing', () => ''],
    ['text before the key', (pem) => `# key\n${pem}`],
    ['text after the key', (pem) => `${pem}more`],
    ['two keys', (pem) => pem + pem],
    ['a key on one line with spaces', (pem) => pem.replace('MCow', ' MCow')],
    ['a cut key', (pem) => pem.slice(0, 60)],
    ['an RSA key', () => generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ['a private key', () => privatePem(generateSigningKey())],
  ])('refuse %s in place of a public key', (_, spoil) => {
    expect(() => readPublicPem(spoil(publicPem(generateSigningKey())))).toThrow(expect.objectContaining({ name: 'ProtectError' }));
  });
});

it('a damaged private key is refused without being quoted', () => {
  const pem = privatePem(generateSigningKey());
  const body = pem.split('\n')[1] ?? '';
  const open = (): unknown => readPrivatePem(pem.replace(body, body.slice(1)));
  expect(open).toThrow(expect.objectContaining({ code: 'key-malformed', message: 'this is no private key in PEM form (PKCS #8)' }));
  expect(open).toThrow(expect.not.objectContaining({ cause: expect.anything() }));
});

describe('a key file', () => {
  it('opens with its passphrase only, and never shows what is inside', async () => {
    const key = generateSigningKey();
    const file = await encryptKey(key, passphrase, 4);
    expect(file).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    expect((await decryptKey(file, passphrase)).id).toBe(key.id);
    await expect(decryptKey(file, `${passphrase} `)).rejects.toMatchObject({ code: 'passphrase-wrong' });
    await expect(decryptKey(privatePem(key), passphrase)).rejects.toMatchObject({ code: 'key-malformed', message: expect.stringContaining('not encrypted') });
    await expect(encryptKey(key, 'eleven char', 4)).rejects.toMatchObject({ code: 'passphrase-short' });
  });

  it('is refused when any of its bytes changed', async () => {
    const file = await encryptKey(generateSigningKey(), passphrase, 4);
    for (let at = 40; at < file.length - 40; at += 23) {
      const changed = file.slice(0, at) + (file[at] === 'A' ? 'B' : 'A') + file.slice(at + 1);
      await expect(decryptKey(changed, passphrase), `at ${at}`).rejects.toMatchObject({ name: 'ProtectError' });
    }
  });

  it('is made whole, for its owner only, and over nothing', async () => {
    const path = join(folder, 'ci');
    const key = await createKeyFiles(path, passphrase, 4);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readPublicPem(readFileSync(`${path}.pub`, 'utf8')).id).toBe(key.id);
    const before = readFileSync(path, 'utf8');
    await expect(createKeyFiles(path, passphrase, 4)).rejects.toMatchObject({ code: 'key-exists' });
    expect(readFileSync(path, 'utf8')).toBe(before);
    writeFileSync(join(folder, 'half'), 'taken');
    await expect(createKeyFiles(join(folder, 'half'), passphrase, 4)).rejects.toMatchObject({ code: 'key-exists' });
    await expect(createKeyFiles(join(folder, 'none', 'key'), passphrase, 4)).rejects.toMatchObject({ code: 'key-unwritable' });
    expect(readdirSync(folder).sort()).toEqual(['ci', 'ci.pub', 'half']);
  });
});
