import type { Report } from '#model/report.ts';
import { CliError } from './command.ts';
import type { Invocation } from './command.ts';
import { writeOutputFile } from './output-file.ts';
import { readPassphrase } from './passphrase.ts';

/** Opened before a scan begins, so that a wrong passphrase costs no scan. */
export type Attester = (report: Report) => void;

/** What `--attest` asks for: a signed statement of what the scan found and covered, written whole or not at all. */
export async function prepareAttestation(invocation: Invocation): Promise<Attester | undefined> {
  const { options, io } = invocation;
  const [file, keyFile, nonce] = [options.text('attest'), options.text('key'), options.text('nonce')];
  if (file === undefined) return undefined;
  if (keyFile === undefined) throw new CliError('usage', '--attest needs --key', 'Make a key with `watchward keys new`.');
  const passphrase = await readPassphrase(invocation);
  const [{ attest }, { openSigningKey }] = await Promise.all([import('#engine/attest.ts'), import('#engine/signing-key.ts')]);
  const key = await openSigningKey(keyFile, passphrase);
  return (report) => {
    const envelope = attest(report, key, nonce === undefined ? {} : { nonce });
    writeOutputFile(file, [`${JSON.stringify(envelope)}\n`]);
    if (!options.flag('quiet')) io.stderr(`watchward: wrote ${file}, signed by key ${key.id.slice(0, 16)}\n`);
  };
}
