import { publicPem, readPublicPem, type SigningKey, type VerifyingKey } from '#protect/keys.ts';
import { decryptKey } from '#protect/key-file.ts';
import { ProtectError } from '#protect/protect-error.ts';
import { readRegular } from '#sources/read-file.ts';

export { createKeyFiles } from '#protect/key-file.ts';
export type { SigningKey } from '#protect/keys.ts';

const largestKeyFile = 64 * 1024;

/** Opens a private key file with its passphrase. */
export async function openSigningKey(path: string, passphrase: string): Promise<SigningKey> {
  return decryptKey(readKeyFile(path), passphrase);
}

export function openVerifyingKey(path: string): VerifyingKey {
  return readPublicPem(readKeyFile(path));
}

/** The id and the public half of a key. The passphrase is asked for only when the file holds a private key. */
export async function describeKey(path: string, passphrase: () => Promise<string>): Promise<{ readonly id: string; readonly pem: string }> {
  const text = readKeyFile(path);
  const key = text.includes('-----BEGIN PUBLIC KEY-----') ? readPublicPem(text) : await decryptKey(text, await passphrase());
  return { id: key.id, pem: publicPem(key) };
}

function readKeyFile(path: string): string {
  try {
    const bytes = readRegular(path, { limit: largestKeyFile });
    if (bytes !== undefined) return bytes.toString('utf8');
  } catch (cause) {
    throw new ProtectError('key-unreadable', `the key file ${path} cannot be read; check its path and permissions`, cause);
  }
  throw new ProtectError('key-unreadable', `the key file ${path} cannot be read: it does not exist; make one with \`watchward keys new\``);
}
