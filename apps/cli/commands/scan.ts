import { statSync } from 'node:fs';
import { reporters } from '#generated/registry.ts';
import type { Incident } from '#model/incident.ts';
import { threatModels } from '#engine/code/threat-model.ts';
import { confidences, personas, severities, surfaces } from '#model/severity.ts';
import { prepareAttestation } from '../attestation.ts';
import { CliError, defineCommand, exitCodes } from '../command.ts';
import type { Invocation } from '../command.ts';
import { Progress } from '../progress.ts';
import { outputsOf, writeReport } from '../report-output.ts';
import { modelsOffOption, scanOptionsOf } from '../scan-options.ts';

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
    severity: { type: 'string', choices: severities, default: 'low', setting: 'config', narrows: true, help: 'Lowest severity that counts' },
    confidence: { type: 'string', choices: confidences, default: 'medium', setting: 'config', narrows: true, help: 'Lowest confidence that counts' },
    persona: { type: 'string', choices: personas, default: 'regular', setting: 'config', help: 'How much to show: pedantic adds weak signals, auditor everything worth a look' },
    rule: { type: 'string', value: 'ID', multiple: true, setting: 'config', narrows: true, help: 'Only these rules; * stands for anything' },
    surface: { type: 'string', choices: surfaces, multiple: true, setting: 'config', narrows: true, help: 'Only rules about these' },
    rules: { type: 'string', value: 'FILE', multiple: true, path: true, setting: 'config', help: "Rules of your own: YAML of ours or in Semgrep's syntax (taint mode follows data across functions and files), a folder of it, or a gitleaks TOML configuration" },
    'models-off': modelsOffOption,
    'threat-model': { type: 'string', choices: threatModels, default: 'auto', setting: 'config', narrows: true, help: 'Who speaks to the code: users of an application, or also programs that call a library; auto goes by what each package is' },
    'follow-dependencies': { type: 'boolean', setting: 'config', help: 'Read also the code of installed packages that the program uses' },
    exclude: { type: 'string', value: 'PATTERN', multiple: true, setting: 'config', narrows: true, help: 'Leave out paths, as in a .gitignore' },
    baseline: { type: 'string', value: 'REF|FILE', setting: 'user', help: 'Count only what is new against a git ref or an earlier JSON report' },
    'changed-since': { type: 'string', value: 'REF', setting: 'env', help: 'Read only files that differ from a git ref' },
    history: { type: 'boolean', help: 'Read every version of every file in the history of HEAD' },
    'max-time': { type: 'string', value: 'SECONDS', number: { min: 0.1, max: 604_800, whole: false }, setting: 'config', narrows: true, help: 'Stop after this long and report what was found' },
    jobs: { type: 'string', short: 'j', value: 'N', number: { min: 0, max: 256, whole: true }, default: '0', setting: 'user', help: 'Worker threads, at most four for each core; 0 fits them to the machine' },
    'exit-zero': { type: 'boolean', setting: 'user', help: 'End with 0 in place of 1 when there are findings; errors keep their codes' },
    'no-cache': { type: 'boolean', setting: 'user', help: 'Read everything anew and remember nothing' },
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
