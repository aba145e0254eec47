import { defineCases } from '../command-cases.ts';
import type { CommandResult } from '../command-cases.ts';

const time = Date.UTC(2026, 2, 4, 5, 6, 7);
const line = (action: string, more: object = {}): string => `${JSON.stringify({ '@timestamp': time, _document_id: 'd-1', action, actor: 'mira', org: 'acme', ...more })}\n`;
const stopped = line('org.disable_two_factor_requirement');
const quiet = line('git.clone', { repo: 'acme/web' });
const own = 'title: Own\nlogsource: {product: github}\nlevel: critical\ndetection:\n  s:\n    action: git.clone\n  condition: s\n';

function must(condition: boolean, { stdout, stderr }: CommandResult): void {
  if (!condition) throw new Error(`unexpected output:\n${stdout}\n${stderr}`);
}

export default defineCases({
  cases: [
    {
      name: 'prints a signal as an OCSF detection finding and ends with 1',
      args: ['watch', '--from', 'a.jsonl'],
      files: { 'a.jsonl': quiet + stopped },
      exitCode: 1,
      verify: (result) => {
        const finding = JSON.parse(result.stdout) as { class_uid: number; finding_info: { analytic: { uid: string } } };
        must(finding.class_uid === 2004 && finding.finding_info.analytic.uid === 'event/github-two-factor-requirement-disabled', result);
        must(result.stderr.includes('2 records read; 2 mapped, 0 unmapped, 0 unreadable') && result.stderr.includes('1 signal;'), result);
      },
    },
    {
      name: 'reads standard input and prints for a person',
      args: ['watch', '--from', '-', '--format', 'pretty', '--quiet'],
      stdin: stopped,
      exitCode: 1,
      verify: (result) => must(result.stdout.includes('2026-03-04 05:06:07') && result.stdout.includes('mira') && result.stderr === '', result),
    },
    { name: 'ends with 0 when nothing is found', args: ['watch', '--from', 'a.jsonl'], files: { 'a.jsonl': quiet }, exitCode: 0 },
    {
      name: 'leaves out what is below the threshold',
      args: ['watch', '--from', 'a.jsonl', '--severity', 'critical'],
      files: { 'a.jsonl': stopped },
      exitCode: 0,
      verify: (result) => must(result.stdout === '' && result.stderr.includes('1 below the threshold'), result),
    },
    {
      name: 'uses rules that the user brings',
      args: ['watch', '--from', 'a.jsonl', '--rules', 'own'],
      files: { 'a.jsonl': quiet, 'own/deep/clone.yml': own },
      exitCode: 1,
      verify: (result) => must(result.stdout.includes('event/clone'), result),
    },
    {
      name: 'ends with 2 for a broken rule, and names it with its line',
      args: ['watch', '--from', 'a.jsonl', '--rules', 'own'],
      files: { 'a.jsonl': quiet, 'own/clone.yml': own.replace('action:', 'action|starts:') },
      exitCode: 2,
      verify: (result) => must(/clone\.yml:6: rule skipped: unknown-modifier/.test(result.stderr), result),
    },
    {
      name: 'ends with 2 for records that cannot be read, and still gives the others',
      args: ['watch', '--from', 'a.jsonl'],
      files: { 'a.jsonl': `{"half": \n${stopped}` },
      exitCode: 2,
      verify: (result) => must(result.stdout.includes('"class_uid":2004') && result.stderr.includes('1 unreadable'), result),
    },
    { name: 'ends with 4 when there are no records', args: ['watch', '--from', 'a.jsonl'], files: { 'a.jsonl': '' }, exitCode: 4 },
    { name: 'reads files that are named without --from', args: ['watch', 'a.jsonl', 'b.jsonl'], files: { 'a.jsonl': quiet, 'b.jsonl': stopped }, exitCode: 1, verify: (result) => must(result.stderr.includes('2 records read'), result) },
    { name: 'ends with 3 for an address that is named without --from', args: ['watch', 'syslog+udp://127.0.0.1:5514', '--follow'], exitCode: 3, verify: (result) => must(result.stderr.includes('Name it with --from syslog+udp://127.0.0.1:5514'), result) },
    {
      name: 'lines of one event of the audit system are one record',
      args: ['watch', 'audit.log'],
      files: { 'audit.log': ['SYSCALL', 'PATH', 'PROCTITLE'].map((type) => `type=${type} msg=audit(1772600767.243:7): comm="id"\n`).join('') },
      exitCode: 0,
      verify: (result) => must(result.stderr.includes('1 record read; 1 mapped'), result),
    },
    { name: 'ends with 3 without anything to read', args: ['watch'], exitCode: 3 },
    { name: 'ends with 3 for a file that is not there', args: ['watch', '--from', 'nowhere'], exitCode: 3 },
    { name: 'reads a folder', args: ['watch', '--from', 'logs'], files: { 'logs/a.jsonl': stopped, 'logs/deep/b.jsonl': quiet }, exitCode: 1, verify: (result) => must(result.stderr.includes('2 records read'), result) },
    { name: 'ends with 3 for a format that is not known', args: ['watch', '--from', '-', '--format', 'xml'], exitCode: 3 },
  ],
});
