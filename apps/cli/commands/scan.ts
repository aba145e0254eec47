import { statSync } from 'node:fs';
import { reporters } from '#generated/registry.ts';
import type { Incident } from '#model/incident.ts';
import { prepareAttestation } from '../attestation.ts';
import { CliError, defineCommand, exitCodes } from '../command.ts';
import type { Invocation } from '../command.ts';
import { Progress } from '../progress.ts';
import { checkOutputs, outputsOf, writeReport } from '../report-output.ts';
import { scanOptionsOf, scanOptionSpecs } from '../scan-options.ts';

export default defineCommand({
  name: 'scan',
  summary: 'Find what is wrong in a folder',
  description:
    'Reads every file of a checkout or folder once, ranks what it finds by risk, and says what it could not read. ' +
    'Files that git ignores are left out and counted. Results go to stdout, everything else to stderr; nothing leaves this machine.',
  positionals: [{ name: 'path', help: 'Folder or file to scan (default: the current folder)' }],
  options: {
    format: { type: 'string', short: 'f', value: 'NAME', choices: Object.keys(reporters), setting: 'env', help: 'How to render the report; without --output it is pretty' },
    json: { type: 'boolean', help: 'Short for --format json' },
    output: {
      type: 'string', short: 'o', value: 'FILE', multiple: true, path: true, writes: true,
      help: 'Write the report to a file, whole or not at all; the format follows from --format or from the ending (.json .sarif .html .md .xml)',
    },
    ...scanOptionSpecs,
    'exit-zero': { type: 'boolean', setting: 'user', help: 'End with 0 in place of 1 when there are findings; errors keep their codes' },
    'no-progress': { type: 'boolean', setting: 'user', help: 'No progress bar, even on a terminal' },
    'with-incidents': { type: 'boolean', setting: 'user', help: 'Findings in a repository that an open incident of `watchward watch --keep` touches weigh more' },
    attest: { type: 'string', value: 'FILE', path: true, writes: true, help: 'Write a signed attestation of this scan, for `watchward gate`' },
    key: { type: 'string', value: 'FILE', path: true, setting: 'env', help: 'Private key for --attest, made by `watchward keys`' },
    nonce: { type: 'string', value: 'TEXT', setting: 'env', help: 'Bound into the attestation, so that an old one cannot answer a new question' },
    'passphrase-file': { type: 'string', value: 'FILE', path: true, setting: 'env', help: 'File with the passphrase of the key (or set WATCHWARD_PASSPHRASE)' },
  },
  examples: [
    { command: 'watchward', explain: 'Scan the current folder.' },
    { command: 'watchward scan . --baseline main', explain: 'Count only what is not on the branch main already.' },
    { command: 'watchward scan . --json', explain: 'Print the whole report as JSON.' },
    { command: 'watchward scan . --output report.html --output report.sarif', explain: 'Write two reports and print the third.' },
  ],
  run,
});

async function openIncidents(stateDir: string): Promise<readonly Incident[]> {
  const { openIncidentsIn, watchFolder } = await import('#engine/incidents.ts');
  return openIncidentsIn(watchFolder(stateDir));
}

async function run(invocation: Invocation): Promise<number> {
  const { options: values, io, signal } = invocation;
  const options = { ...scanOptionsOf(invocation), ...(values.flag('with-incidents') ? { incidents: await openIncidents(invocation.stateDir) } : {}) };
  const outputs = outputsOf(values);
  checkTarget(options.target, options.label);
  checkOutputs(outputs);
  const attester = await prepareAttestation(invocation);
  const bar = io.stderrIsTTY && io.env['TERM'] !== 'dumb' && !values.flag('no-progress');
  const progress = new Progress(io, { quiet: values.flag('quiet'), bar });
  progress.begin(options.label);
  const { scan } = await import('#engine/scan.ts');
  const report = await scan(options, {
    // Whether a finding is new against a baseline is known only at the end.
    ...(options.baseline === undefined ? { onFinding: (finding) => progress.finding(finding) } : {}),
    onProgress: (state) => progress.advance(state),
    signal,
  });
  progress.clear();
  attester?.(report);
  await writeReport(report, outputs, invocation);
  const code = report.run.exitCode;
  if (code === exitCodes.nothing) {
    const why = options.changedSince === undefined ? 'no file is left after what git ignores and what is excluded' : `no file that is left differs from ${options.changedSince}`;
    io.stderr(`watchward: nothing to scan in ${options.label}: ${why}\n`);
  }
  if (signal.aborted) return exitCodes.failed;
  return code === exitCodes.findings && values.flag('exit-zero') ? exitCodes.clean : code;
}

function checkTarget(target: string, label: string): void {
  let kind;
  try {
    kind = statSync(target, { throwIfNoEntry: false });
  } catch (cause) {
    throw new CliError('usage', `${label} cannot be looked at: ${cause instanceof Error ? cause.message : String(cause)}`, undefined, cause);
  }
  if (kind === undefined) throw new CliError('usage', `${label} does not exist`, 'Name a folder or a file.');
  if (!kind.isDirectory() && !kind.isFile()) throw new CliError('usage', `${label} is neither a folder nor a file`);
}
