import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject } from 'node:crypto';
import { ProtectError } from './protect-error.ts';

/** A key whose signatures count. */
export interface VerifyingKey {
  /** SHA-256 of the SubjectPublicKeyInfo, hex. */
  readonly id: string;
  readonly key: KeyObject;
}

export interface SigningKey {
  /** The id of its public half. */
  readonly id: string;
  readonly key: KeyObject;
}

/** RFC 8410 §4: SubjectPublicKeyInfo of an Ed25519 key is these 12 bytes and the 32 of the key. */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const fieldPrime = 2n ** 255n - 19n;

/** Keys of order 1, 2, 4 and 8 (their y coordinates): anyone can sign for them. */
const smallOrder: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  fieldPrime - 1n,
  littleEndian(Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'hex')),
  littleEndian(Buffer.from('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', 'hex')),
]);

export function generateSigningKey(): SigningKey {
  return signingKey(generateKeyPairSync('ed25519').privateKey);
}

/** PEM of the private half (PKCS #8). It goes nowhere but into an encrypted key file. */
export function privatePem({ key }: SigningKey): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** PEM of the public half (SubjectPublicKeyInfo). */
export function publicPem({ key }: SigningKey | VerifyingKey): string {
  return publicHalf(key).export({ type: 'spki', format: 'pem' }).toString();
}

export function readPrivatePem(pem: string): SigningKey {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    // The cause is left out: it could quote the key.
    throw new ProtectError('key-malformed', 'this is no private key in PEM form (PKCS #8)');
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new ProtectError('key-malformed', 'the private key is not an Ed25519 key');
  return signingKey(key);
}

/** Reads one public key, written in the one form that `publicPem` writes; line ends may differ. */
export function readPublicPem(pem: string): VerifyingKey {
  let key: KeyObject;
  try {
    if (!pem.includes('-----BEGIN PUBLIC KEY-----')) throw new Error('no public key');
    key = createPublicKey(pem);
  } catch (cause) {
    throw new ProtectError('key-malformed', 'this is no public key in PEM form (BEGIN PUBLIC KEY)', cause);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new ProtectError('key-malformed', 'the public key is not an Ed25519 key');
  if (key.export({ type: 'spki', format: 'pem' }).toString().trim() !== pem.replaceAll('\r\n', '\n').trim()) {
    throw new ProtectError('key-malformed', 'the file must hold one public key in canonical PEM form and nothing else');
  }
  checkPoint(spkiOf(key));
  return { id: keyId(key), key };
}

/** The public half of a signing key, to verify what it signs. */
export function verifyingKey({ id, key }: SigningKey): VerifyingKey {
  return { id, key: publicHalf(key) };
}

function signingKey(key: KeyObject): SigningKey {
  return { id: keyId(publicHalf(key)), key };
}

function publicHalf(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key;
}

function keyId(publicKey: KeyObject): string {
  return hash('sha256', spkiOf(publicKey), 'hex');
}

function spkiOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' });
}

/** RFC 8032 §5.1.3: y must be below the prime. Node takes such keys, and those of small order, as they come. */
function checkPoint(spki: Buffer): void {
  const point = Buffer.from(spki.subarray(spkiPrefix.length));
  if (spki.length !== 44 || !spki.subarray(0, spkiPrefix.length).equals(spkiPrefix)) {
    throw new ProtectError('key-malformed', 'the public key is not in the form of RFC 8410');
  }
  point[31] = (point[31] ?? 0) & 0x7f;
  const y = littleEndian(point);
  if (y >= fieldPrime) throw new ProtectError('key-malformed', 'the public key is not canonical');
  if (smallOrder.has(y)) throw new ProtectError('key-weak', 'the public key has a small order: anyone could sign for it');
}

function littleEndian(bytes: Buffer): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}
