import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FixPlan } from '#engine/fixes.ts';
import type { ScanOptions } from '#engine/options.ts';
import type { Finding } from '#model/finding.ts';
import type { Report } from '#model/report.ts';
import { CliError, defineCommand, exitCodes } from '../command.ts';
import type { Invocation } from '../command.ts';
import { writeOutputFile } from '../output-file.ts';
import { scanOptionsOf, scanOptionSpecs } from '../scan-options.ts';

export default defineCommand({
  name: 'fix',
  summary: 'Mend what a scan found, where a fix is proven',
  description:
    'Shows what would be changed, and changes it with --write. Only fixes that were verified are made: with them the file was analysed again, the finding was gone and nothing new ' +
    'had come. After writing everything is scanned once more; a file that has a finding which it did not have before gets its old text back.',
  positionals: [{ name: 'path', help: 'Folder or file to scan (default: the current folder)' }],
  options: {
    write: { type: 'boolean', help: 'Change the files' },
    unsafe: { type: 'boolean', help: 'Also fixes that may change what the program does: look at each' },
    ...scanOptionSpecs,
  },
  examples: [
    { command: 'watchward fix .', explain: 'Show what would be changed.' },
    { command: 'watchward fix . --rule code/debug-mode-on --unsafe --write', explain: 'Mend what one rule found.' },
  ],
  run,
});

async function run(invocation: Invocation): Promise<number> {
  const { options, io, signal } = invocation;
  const scanOptions = scanOptionsOf(invocation);
  const target = statSync(scanOptions.target, { throwIfNoEntry: false });
  if (target === undefined) throw new CliError('usage', `${scanOptions.label} does not exist`, 'Name a folder or a file.');
  const [{ scan }, { planFixes, mendedText }, { diffOf }] = await Promise.all([import('#engine/scan.ts'), import('#engine/fixes.ts'), import('../fix-diff.ts')]);
  const report = await scan({ ...scanOptions, history: false }, { signal });
  const plan = planFixes(report, { unsafe: options.flag('unsafe') });
  const root = target.isDirectory() ? scanOptions.target : dirname(scanOptions.target);
  const changes = plan.files.flatMap(({ path, shown, mended: findings }): Change[] => {
    const whole = textOf(join(root, path));
    if (whole === undefined) return [];
    // Findings count without a byte order mark.
    const mark = whole.startsWith('\uFEFF') ? '\uFEFF' : '';
    const text = whole.slice(mark.length);
    return [{ name: path, shown, path: join(root, path), mark, text, mended: mendedText(text, findings), findings }];
  });
  for (const { shown, text, mended, findings } of changes) io.stdout(`${[shown, ...diffOf(text, mended, findings), ''].join('\n')}\n`);
  io.stderr(summaryOf(plan, changes));
  if (signal.aborted) return exitCodes.failed;
  if (changes.length === 0) return exitCodes.clean;
  if (!options.flag('write')) {
    io.stderr('watchward: nothing was written; --write makes these changes\n');
    return exitCodes.findings;
  }
  for (const { path, mark, mended: text } of changes) writeOutputFile(path, [mark, text]);
  return verify(invocation, { ...scanOptions, history: false }, report, changes);
}

interface Change {
  /** Below the root, as findings name it. */
  readonly name: string;
  readonly shown: string;
  readonly path: string;
  readonly mark: string;
  readonly text: string;
  readonly mended: string;
  readonly findings: readonly Finding[];
}

/** Undefined for a file that cannot be written back as it was: it is no UTF-8. */
function textOf(path: string): string | undefined {
  const bytes = readFileSync(path);
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : undefined;
}

async function verify({ io, signal }: Invocation, options: ScanOptions, before: Report, changes: readonly Change[]): Promise<number> {
  const [{ scan }, { filesWithMore }] = await Promise.all([import('#engine/scan.ts'), import('#engine/fixes.ts')]);
  const after = await scan(options, { signal });
  if (signal.aborted) {
    io.stderr('watchward: interrupted before the changes were checked; they are written\n');
    return exitCodes.failed;
  }
  const more = filesWithMore(before, after);
  const undone = changes.filter(({ name }) => more.has(name));
  for (const { path, mark, text, shown } of undone) {
    writeOutputFile(path, [mark, text]);
    io.stderr(`watchward: warning: ${shown} has its old text back: with the changes another finding came\n`);
  }
  io.stderr(`watchward: ${changes.length - undone.length} of ${changes.length} files changed; ${before.summary.open} findings before${undone.length > 0 ? '' : `, ${after.summary.open} after`}\n`);
  return undone.length > 0 ? exitCodes.failed : exitCodes.clean;
}

function summaryOf({ files: planned, left }: FixPlan, changes: readonly Change[]): string {
  const mended = changes.reduce((sum, { findings }) => sum + findings.length, 0);
  const files = changes.length;
  const unreadable = planned.length - files;
  const parts = [
    mended === 0 ? 'no finding has a fix that is proven' : `${mended} ${mended === 1 ? 'finding' : 'findings'} in ${files} ${files === 1 ? 'file' : 'files'} can be mended`,
    ...(left.unsafe > 0 ? [`${left.unsafe} more with --unsafe`] : []),
    ...(left.unverified > 0 ? [`${left.unverified} have a fix that was not proven`] : []),
    ...(left.overlapping > 0 ? [`${left.overlapping} touch what another fix changes: run it again`] : []),
    ...(unreadable > 0 ? [`${unreadable} files are no UTF-8 and stay as they are`] : []),
  ];
  return `watchward: ${parts.join('; ')}\n`;
}
