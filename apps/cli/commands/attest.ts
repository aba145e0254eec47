import { CliError, defineCommand, exitCodes } from '../command.ts';
import type { Invocation } from '../command.ts';
import { writeOutputFile } from '../output-file.ts';
import { readPassphrase } from '../passphrase.ts';

export default defineCommand({
  name: 'attest',
  summary: 'Sign what a report says, for the gate',
  description:
    'Makes a signed attestation (an in-toto statement in a DSSE envelope) of a JSON report: what was scanned, with what, how completely, ' +
    'and what was found. `watchward scan --attest` does both at once. It attests degraded and partial scans too; the gate judges what they are worth.',
  unconfigured: true,
  positionals: [{ name: 'report', help: 'A report made by `watchward scan --json`; - reads it from stdin', required: true }],
  options: {
    key: { type: 'string', value: 'FILE', path: true, setting: 'env', help: 'Private key, made by `watchward keys new`' },
    output: { type: 'string', short: 'o', value: 'FILE', path: true, writes: true, help: 'Where the attestation goes, whole or not at all; without it to stdout' },
    nonce: { type: 'string', value: 'TEXT', setting: 'env', help: 'Bound into the attestation, so that an old one cannot answer a new question' },
    'passphrase-file': { type: 'string', value: 'FILE', path: true, setting: 'env', help: 'File with the passphrase of the key (or set WATCHWARD_PASSPHRASE)' },
  },
  examples: [{ command: 'watchward attest report.json --key ci.key --output scan.att', explain: 'Sign what report.json says.' }],
  run,
});

async function run(invocation: Invocation): Promise<number> {
  const { options, positionals, io } = invocation;
  const [keyFile, nonce, output] = [options.text('key'), options.text('nonce'), options.text('output')];
  if (keyFile === undefined) throw new CliError('usage', 'attest needs --key', 'Make a key with `watchward keys new`.');
  const report = await readReport(invocation, positionals[0] ?? '-');
  const [{ attest }, { openSigningKey }] = await Promise.all([import('#engine/attest.ts'), import('#engine/signing-key.ts')]);
  const key = await openSigningKey(keyFile, await readPassphrase(invocation));
  const line = `${JSON.stringify(attest(report, key, nonce === undefined ? {} : { nonce }))}\n`;
  if (output === undefined || output === '-') io.stdout(line);
  else writeOutputFile(output, [line]);
  if (!options.flag('quiet')) io.stderr(`watchward: signed by key ${key.id.slice(0, 16)}\n`);
  return exitCodes.clean;
}

async function readReport({ io, resolve }: Invocation, name: string): Promise<unknown> {
  const { readJsonFile, parseJson } = await import('#engine/json-file.ts');
  if (name !== '-') return readJsonFile(resolve(name));
  const chunks: Buffer[] = [];
  for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return parseJson(Buffer.concat(chunks), 'stdin');
}
