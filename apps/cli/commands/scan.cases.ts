import { defineCases } from '../command-cases.ts';
import type { CommandResult } from '../command-cases.ts';
import { sampleSecretLine } from '../sample-secret.ts';

const secret = `${sampleSecretLine()}\n`;

function must(condition: boolean, { stdout, stderr }: CommandResult): void {
  if (!condition) throw new Error(`unexpected output:\n${stdout}\n${stderr}`);
}

export default defineCases({
  cases: [
    {
      name: 'ends with 0 for a clean folder',
      args: ['scan', '.'],
      files: { 'a.txt': 'nothing here\n' },
      exitCode: 0,
      verify: (result) => must(result.stdout.includes('0 bytes'), result),
    },
    {
      name: 'ends with 1 for a finding and never prints the secret',
      args: ['.'],
      files: { 'app.env': secret },
      exitCode: 1,
      verify: (result) => {
        must(result.stdout.includes('app.env:1') && result.stderr.includes('first finding'), result);
        must(!`${result.stdout}${result.stderr}`.includes(secret.trim().slice('SLACK_BOT_TOKEN='.length)), result);
      },
    },
    { name: 'ends with 0 for a finding when asked to', args: ['scan', '--exit-zero'], files: { 'app.env': secret }, exitCode: 0 },
    { name: 'leaves out what is excluded', args: ['scan', '--exclude', '*.env'], files: { 'app.env': secret, 'a.txt': 'x\n' }, exitCode: 0 },
    { name: 'ends with 4 when nothing is left to scan', args: ['scan', '.'], exitCode: 4 },
    { name: 'ends with 3 for a path that is not there', args: ['scan', 'nowhere'], exitCode: 3 },
    { name: 'ends with 3 for a rule that is not there', args: ['scan', '--rule', 'secrets/nothing-such'], files: { a: 'x' }, exitCode: 3 },
    {
      name: 'prints JSON and nothing else',
      args: ['scan', '--json', '--quiet'],
      files: { 'app.env': secret },
      exitCode: 1,
      verify: (result) => must((JSON.parse(result.stdout) as { schema: string }).schema === 'watchward-report/1' && result.stderr === '', result),
    },
    {
      name: 'writes several reports and prints the readable one',
      args: ['scan', '-o', 'out/../report.sarif', '-o', 'report.html'],
      files: { 'app.env': secret },
      exitCode: 1,
      verify: (result) => must(result.stderr.includes('report.sarif (sarif)') && result.stdout.includes('app.env:1'), result),
    },
    { name: 'takes a word before a path for the command that was meant', args: ['scn', '.'], files: { a: 'x' }, exitCode: 3, verify: (result) => must(result.stderr.includes('Did you mean `watchward scan`?'), result) },
    { name: 'refuses an ending that says nothing', args: ['scan', '-o', 'report.bin'], files: { a: 'x' }, exitCode: 3 },
    {
      name: 'uses rules that the user brings',
      args: ['scan', '--rules', 'own', '--rule', 'secrets/acme-token', '--json'],
      files: {
        'own/acme-token.yaml':
          'title: Acme token\nseverity: high\nconfidence: high\nconsequence: It opens Acme.\nremediation: Revoke it.\nmatch:\n  keywords: [acme_]\n  pattern: \'(?<secret>acme_[0-9a-f]{16})\'\n',
        'a.txt': `x = acme_${'0f1e2d3c'.repeat(2)}\n`,
      },
      exitCode: 1,
      verify: (result) => must(result.stdout.includes('secrets/acme-token'), result),
    },
    { name: 'needs a key to attest', args: ['scan', '--attest', 'a.json'], files: { a: 'x' }, exitCode: 3 },
  ],
});
