import { createHash, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { armor, Encrypter } from 'age-encryption';
import { afterAll, describe, expect, test } from 'vitest';
import { createKeyFiles, decryptKey, encryptKey, shortestPassphrase } from './key-file.ts';
import { generateSigningKey, privatePem, publicPem, readPrivatePem, readPublicPem, verifyingKey } from './keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'watchward-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

const passphrase = 'four words of a sample';
/** Real files take 2^18; a test does not show more by it. */
const quick = 4;
const key = generateSigningKey();

const spki = (point: string): string =>
  `-----BEGIN PUBLIC KEY-----\n${Buffer.from(`302a300506032b6570032100${point}`, 'hex').toString('base64')}\n-----END PUBLIC KEY-----\n`;

test('the id is the SHA-256 of the SubjectPublicKeyInfo', () => {
  const der = verifyingKey(key).key.export({ type: 'spki', format: 'der' });
  expect(key.id).toBe(createHash('sha256').update(der).digest('hex'));
});

test('both halves are read as they were written', () => {
  expect(readPrivatePem(privatePem(key)).id).toBe(key.id);
  expect(readPublicPem(publicPem(key)).id).toBe(key.id);
  expect(readPublicPem(publicPem(key).replaceAll('\n', '\r\n')).id).toBe(key.id);
});

describe('a public key is refused', () => {
  test.each([
    ['when it is empty', '', /no public key/],
    ['when it is a private one', privatePem(key), /no public key/],
    ['when it is RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }).toString(), /not an Ed25519 key/],
    ['when another follows', publicPem(key) + publicPem(key), /one public key/],
    ['when text stands before it', `trusted\n${publicPem(key)}`, /one public key/],
    ['when its point is of order 1', spki(`01${'00'.repeat(31)}`), /small order/],
    ['when its point is of order 2', spki(`ec${'ff'.repeat(30)}7f`), /small order/],
    ['when its point is of order 4', spki('00'.repeat(32)), /small order/],
    ['when its point is of order 4, with its sign', spki(`${'00'.repeat(31)}80`), /small order/],
    ['when its point is of order 8', spki('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'), /small order/],
    ['when its point is not canonical', spki(`ee${'ff'.repeat(30)}7f`), /not canonical/],
  ])('%s', (_, pem, message) => expect(() => readPublicPem(pem)).toThrow(message));
});

test('a private key that is none is refused without quoting it', () => {
  const damaged = privatePem(key).replace('MC4', 'MD4');
  try {
    readPrivatePem(damaged);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: 'key-malformed' });
    expect((error as Error).cause).toBeUndefined();
    expect(String(error)).not.toContain(damaged.split('\n')[1]);
  }
  expect(() => readPrivatePem(generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).toThrow(/not an Ed25519 key/);
});

describe('a key file', () => {
  test('opens with its passphrase only', async () => {
    const text = await encryptKey(key, passphrase, quick);
    expect(text).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    expect((await decryptKey(text, passphrase)).id).toBe(key.id);
    await expect(decryptKey(text, `${passphrase} `)).rejects.toMatchObject({ code: 'passphrase-wrong' });
    await expect(decryptKey(text, '')).rejects.toMatchObject({ code: 'passphrase-wrong' });
  });

  test('needs a passphrase that is not short', async () => {
    await expect(encryptKey(key, 'x'.repeat(shortestPassphrase - 1), quick)).rejects.toMatchObject({ code: 'passphrase-short' });
  });

  test('is refused when it is damaged, open, or something else', async () => {
    const text = await encryptKey(key, passphrase, quick);
    const file = armor.decode(text);
    file[file.length - 1] = (file.at(-1) as number) ^ 1;
    await expect(decryptKey(armor.encode(file), passphrase)).rejects.toMatchObject({ code: 'key-malformed' });
    await expect(decryptKey(text.slice(0, 200), passphrase)).rejects.toMatchObject({ code: 'key-malformed' });
    await expect(decryptKey('', passphrase)).rejects.toMatchObject({ code: 'key-malformed' });
    await expect(decryptKey(privatePem(key), passphrase)).rejects.toThrow(/not encrypted/);
    const encrypter = new Encrypter();
    encrypter.setScryptWorkFactor(quick);
    encrypter.setPassphrase(passphrase);
    await expect(decryptKey(armor.encode(await encrypter.encrypt('no key')), passphrase)).rejects.toMatchObject({ code: 'key-malformed' });
  });

  test('is written whole, for its owner only, and never over another', async () => {
    const path = join(folder, 'a.key');
    const made = await createKeyFiles(path, passphrase, quick);
    expect(readPublicPem(readFileSync(`${path}.pub`, 'utf8')).id).toBe(made.id);
    expect((await decryptKey(readFileSync(path, 'utf8'), passphrase)).id).toBe(made.id);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    await expect(createKeyFiles(path, passphrase, quick)).rejects.toMatchObject({ code: 'key-exists' });
    expect((await decryptKey(readFileSync(path, 'utf8'), passphrase)).id).toBe(made.id);
    expect(readdirSync(folder).sort()).toEqual(['a.key', 'a.key.pub']);
  });

  test('leaves no public half without the private one', async () => {
    const path = join(folder, 'b.key');
    writeFileSync(path, 'in the way');
    await expect(createKeyFiles(path, passphrase, quick)).rejects.toMatchObject({ code: 'key-exists' });
    expect(existsSync(`${path}.pub`)).toBe(false);
    await expect(createKeyFiles(join(folder, 'no/such/c.key'), passphrase, quick)).rejects.toMatchObject({ code: 'key-unwritable' });
  });
});
