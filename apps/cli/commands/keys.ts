import { defineCommand, exitCodes } from '../command.ts';
import type { Invocation } from '../command.ts';
import { readPassphrase } from '../passphrase.ts';

const passphraseFile = {
  'passphrase-file': { type: 'string', value: 'FILE', path: true, setting: 'env', help: 'File with the passphrase of the key (or set WATCHWARD_PASSPHRASE)' },
} as const;

export default defineCommand({
  name: 'keys',
  summary: 'Make and show signing keys',
  description:
    'Ed25519 keys that sign attestations and bypasses. The private half is kept encrypted with a passphrase (an age file); the public ' +
    'half beside it is what the gate is told to trust.',
  unconfigured: true,
  subcommands: [
    {
      name: 'new',
      summary: 'Make a key pair',
      description:
        'Writes FILE, encrypted and readable by its owner only, and FILE.pub. The passphrase comes from --passphrase-file, from ' +
        'WATCHWARD_PASSPHRASE, or is asked for. Nothing is ever overwritten.',
      unconfigured: true,
      positionals: [{ name: 'file', help: 'Where the private key goes', required: true }],
      options: passphraseFile,
      examples: [{ command: 'watchward keys new ci.key', explain: 'Writes ci.key and ci.key.pub, and asks for a passphrase.' }],
      run: make,
    },
    {
      name: 'show',
      summary: 'Show the id and the public half of a key',
      description: 'Reads a public key, or a private one with its passphrase. The id is the SHA-256 of the public key (SubjectPublicKeyInfo).',
      unconfigured: true,
      positionals: [{ name: 'file', help: 'A key file', required: true }],
      options: { ...passphraseFile, json: { type: 'boolean', help: 'Print JSON' } },
      examples: [{ command: 'watchward keys show ci.key.pub', explain: 'The id under which its signatures go.' }],
      run: show,
    },
  ],
});

async function make(invocation: Invocation): Promise<number> {
  const { positionals, io, resolve } = invocation;
  const path = resolve(positionals[0] ?? '');
  const { createKeyFiles } = await import('#engine/signing-key.ts');
  const key = await createKeyFiles(path, await readPassphrase(invocation, true));
  io.stdout(`${key.id}\n`);
  io.stderr(`watchward: wrote ${path} (private, encrypted) and ${path}.pub\n`);
  return exitCodes.clean;
}

async function show(invocation: Invocation): Promise<number> {
  const { positionals, io, options, resolve } = invocation;
  const { describeKey } = await import('#engine/signing-key.ts');
  const { id, pem } = await describeKey(resolve(positionals[0] ?? ''), () => readPassphrase(invocation));
  io.stdout(options.flag('json') ? `${JSON.stringify({ id, pem }, undefined, 2)}\n` : `${id}\n${pem}`);
  return exitCodes.clean;
}
