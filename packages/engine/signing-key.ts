import { readFileSync } from 'node:fs';
import { decryptKey } from '#protect/key-file.ts';
import type { SigningKey } from '#protect/keys.ts';
import { ProtectError } from '#protect/protect-error.ts';

export { createKeyFiles } from '#protect/key-file.ts';

/** Opens a private key file with its passphrase. */
export async function openSigningKey(path: string, passphrase: string): Promise<SigningKey> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ProtectError('key-unreadable', `the key file ${path} cannot be read; make one with \`watchward keys new\`, or check the path`, cause);
  }
  return decryptKey(text, passphrase);
}
