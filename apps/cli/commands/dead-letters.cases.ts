import { defineCases } from '../command-cases.ts';
import type { CommandResult } from '../command-cases.ts';

const events = '{"eventVersion":"1.08","eventName":"x"}\n{"eventVersion": "1.08", broken secret-\u001b[31mword\n{"half":\n';
const watched = [['watch', '--keep', '--from', 'events.jsonl', '--quiet']];

function must(condition: boolean, { stdout, stderr }: CommandResult): void {
  if (!condition) throw new Error(`unexpected output:\n${stdout}\n${stderr}`);
}

export default defineCases({
  cases: [
    {
      name: 'says when, where and why, and nothing of the content',
      args: ['dead-letters'], files: { 'events.jsonl': events }, before: watched, exitCode: 0,
      verify: (result) => must(/^\d{4}-\d\d-\d\dT[\d:]{8}Z {2}events\.jsonl: .+ bytes\)\n/.test(result.stdout) && !result.stdout.includes('secret'), result),
    },
    {
      name: 'shows the content to who asks, without what would steer a terminal',
      args: ['dead-letters', '--content'], files: { 'events.jsonl': events }, before: watched, exitCode: 0,
      verify: (result) => must(result.stdout.includes('broken secret-\ufffd[31mword'), result),
    },
    {
      name: 'hands the records on as they came',
      args: ['dead-letters', '--raw', '--most', '1'], files: { 'events.jsonl': events }, before: watched, exitCode: 0,
      verify: (result) => must(events.includes(result.stdout.trimEnd()) && result.stdout.length > 1, result),
    },
    {
      name: 'prints JSON',
      args: ['dead-letters', '--json', '--source', 'events'], files: { 'events.jsonl': events }, before: watched, exitCode: 0,
      verify: (result) => must(result.stdout.trimEnd().split('\n').every((line) => (JSON.parse(line) as { source?: unknown }).source === 'events.jsonl') && result.stdout !== '', result),
    },
    { name: 'finds none from elsewhere', args: ['dead-letters', '--source', 'syslog'], files: { 'events.jsonl': events }, before: watched, exitCode: 0, verify: (result) => must(result.stdout === '', result) },
    { name: 'says so where nothing was laid aside', args: ['dead-letters'], exitCode: 0, verify: (result) => must(result.stderr.includes('nothing was laid aside'), result) },
  ],
});
