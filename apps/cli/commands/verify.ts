import { visibleText } from '#formats/visible-text.ts';
import { CliError, defineCommand, exitCodes } from '../command.ts';
import type { Invocation } from '../command.ts';

export default defineCommand({
  name: 'verify',
  summary: 'Verify an attestation or a bypass record',
  description:
    'Checks the signatures and the form of a file, and prints what it says. This tells who said it, not whether it is enough: ' +
    'that is what `watchward gate` decides. Ends with 2 when anything about the file cannot be believed.',
  unconfigured: true,
  positionals: [{ name: 'file', help: 'An attestation, or with --bypasses a bypass record', required: true }],
  options: {
    trust: { type: 'string', value: 'FILE', multiple: true, path: true, setting: 'env', help: 'Public key of whoever may have signed it' },
    bypasses: { type: 'boolean', help: 'The file is a bypass record: every line is verified, and that none is missing' },
    json: { type: 'boolean', help: 'Print what was signed as JSON' },
  },
  examples: [
    { command: 'watchward verify scan.att --trust ci.key.pub', explain: 'What was scanned, when, and what was found.' },
    { command: 'watchward verify bypass.jsonl --bypasses --trust lead.key.pub', explain: 'Who let what through, and why.' },
  ],
  run,
});

async function run(invocation: Invocation): Promise<number> {
  const { options, positionals, io, resolve } = invocation;
  const [{ openVerifyingKey }, { verifyRecord, verifyScan }] = await Promise.all([import('#engine/signing-key.ts'), import('#engine/verify.ts')]);
  const keys = options.list('trust').map(openVerifyingKey);
  if (keys.length === 0) throw new CliError('usage', 'verify needs --trust', 'Name the public key of whoever should have signed it.');
  const path = resolve(positionals[0] ?? '');
  if (options.flag('bypasses')) {
    const lines = verifyRecord(path, keys).map(({ subject, predicate }) => ({ tree: subject[0]?.digest.watchwardTree, ...predicate }));
    const text = lines.map(({ at, by, action, verdict, reason }) => `${at} ${by} let a ${action} through that was ${verdict}: ${reason}`);
    io.stdout(options.flag('json') ? json(lines) : text.map((line) => `${visibleText(line)}\n`).join(''));
    return exitCodes.clean;
  }
  const { statement, signers } = verifyScan(path, keys);
  if (options.flag('json')) {
    io.stdout(json({ signers, ...statement }));
    return exitCodes.clean;
  }
  const { predicate, subject } = statement;
  const { coverage, findings, tool } = predicate;
  const rows = [
    ['signed by', signers.join(', ')],
    ['tree', subject[0]?.digest.watchwardTree ?? ''],
    ['commit', predicate.commit ?? 'none'],
    ['finished', predicate.finishedAt],
    ['program', `watchward ${tool.version}, ${tool.digest}`],
    ['content', `of ${tool.contentDate}, ${tool.content}`],
    ['coverage', `${coverage.filesAnalysed} of ${coverage.filesSeen} files, ${coverage.rulesLoaded} rules${coverage.degraded ? ', DEGRADED' : ''}`],
    ['findings', `${findings.open.length + findings.omitted} open`],
  ];
  io.stdout(rows.map(([name = '', value = '']) => `${name.padEnd(10)} ${visibleText(value)}\n`).join(''));
  return exitCodes.clean;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
