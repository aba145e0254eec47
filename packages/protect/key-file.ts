import { closeSync, constants, linkSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { armor, Decrypter, Encrypter } from 'age-encryption';
import { generateSigningKey, privatePem, publicPem, readPrivatePem, type SigningKey } from './keys.ts';
import { ProtectError } from './protect-error.ts';

export const shortestPassphrase = 12;

/** Encrypts a private key with a passphrase: an age file (age-encryption.org/v1) for one scrypt recipient, in ASCII armor. */
export async function encryptKey(key: SigningKey, passphrase: string, workFactor = 18): Promise<string> {
  if ([...passphrase].length < shortestPassphrase) {
    throw new ProtectError('passphrase-short', `the passphrase is shorter than ${shortestPassphrase} characters; a few random words are long enough`);
  }
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(workFactor);
  encrypter.setPassphrase(passphrase);
  return armor.encode(await encrypter.encrypt(privatePem(key)));
}

export async function decryptKey(text: string, passphrase: string): Promise<SigningKey> {
  let file: Uint8Array;
  try {
    file = armor.decode(text);
  } catch (cause) {
    const plain = text.includes('PRIVATE KEY-----');
    const message = plain ? 'the private key is not encrypted; make one with `watchward keys new`' : 'this is no key file of watchward (an armored age file)';
    throw new ProtectError('key-malformed', message, plain ? undefined : cause);
  }
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  let pem: string;
  try {
    pem = await decrypter.decrypt(file, 'text');
  } catch (cause) {
    const wrong = cause instanceof Error && /no identity matched/i.test(cause.message);
    if (wrong) throw new ProtectError('passphrase-wrong', 'the passphrase does not open this key file', cause);
    throw new ProtectError('key-malformed', 'the key file is damaged or was not made with a passphrase', cause);
  }
  return readPrivatePem(pem);
}

/** Makes a key pair: `path` (encrypted, only its owner may read it) and `path.pub`. Overwrites nothing and leaves nothing half-written. */
export async function createKeyFiles(path: string, passphrase: string, workFactor?: number): Promise<SigningKey> {
  const key = generateSigningKey();
  const encrypted = await encryptKey(key, passphrase, workFactor);
  place(`${path}.pub`, publicPem(key), 0o644);
  try {
    place(path, encrypted, 0o600);
  } catch (error) {
    rmSync(`${path}.pub`, { force: true });
    throw error;
  }
  return key;
}

/** Written through to the disk beside its place, then linked there: `link` fails where something is already. */
function place(path: string, text: string, mode: number): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const descriptor = openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_SYNC ?? 0), mode);
    try {
      writeFileSync(descriptor, text);
    } finally {
      closeSync(descriptor);
    }
    linkSync(temporary, path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
    if (code === 'EEXIST') throw new ProtectError('key-exists', `${path} is there already; a key is never overwritten`, cause);
    throw new ProtectError('key-unwritable', `${path} was not written (${code})`, cause);
  } finally {
    rmSync(temporary, { force: true });
  }
}
