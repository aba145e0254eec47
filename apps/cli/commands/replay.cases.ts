import { defineCases } from '../command-cases.ts';
import type { CommandResult } from '../command-cases.ts';

const record = (action: string, minute: number, more: object = {}): string => `${JSON.stringify({ '@timestamp': Date.UTC(2026, 2, 4, 5, minute), _document_id: `d-${minute}`, action, actor: 'mira', org: 'acme', ...more })}\n`;

function must(condition: boolean, { stdout, stderr }: CommandResult): void {
  if (!condition) throw new Error(`unexpected output:\n${stdout}\n${stderr}`);
}

interface Told {
  readonly class_uid: number;
  readonly message: string;
  readonly desc?: string;
}

const findings = (stdout: string): Told[] => stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as Told);

export default defineCases({
  cases: [
    {
      name: 'finds in the recorded day exactly one incident, with the whole chain in it',
      args: ['replay', '--format', 'ocsf', '--show', 'incidents'],
      exitCode: 1,
      verify: (result) => {
        const [first, ...rest] = findings(result.stdout);
        must(first?.class_uid === 2005 && rest.length === 0, result);
        for (const step of ['GitHub tag moved', 'memory of another process', 'tag had been moved', 'used from two addresses', 'secrets read in bulk', 'administrator policy', 'access key created', 'fewer events', 'snapshot or image shared', 'objects read in bulk', 'in bulk and opened to others', 'deploy key', 'secret scanning disabled', 'runner registered']) {
          must(first?.desc?.includes(step) === true, result);
        }
      },
    },
    {
      name: 'tells the only incident whole, to a person',
      args: ['replay', '--format', 'pretty'],
      exitCode: 1,
      verify: (result) => {
        for (const part of ['What happened', '15. 22:15:02', 'What to do next', 'inc-']) must(result.stdout.includes(part), result);
        must(!/\S…/.test(result.stdout.replaceAll(/with…/g, '')), result);
      },
    },
    {
      name: 'tells one of several whole by its id, and says which there are when none is meant',
      args: ['replay', 'a.jsonl', '--format', 'pretty', '--incident', 'inc-nothing'],
      files: { 'a.jsonl': record('org.disable_two_factor_requirement', 9) },
      exitCode: 3,
      verify: (result) => must(result.stderr.includes('Run the command without --incident'), result),
    },
    {
      name: 'puts the records of several files in the order of their time',
      args: ['replay', 'late.jsonl', 'early.jsonl', '--format', 'ocsf', '--show', 'signals', '--quiet'],
      files: { 'late.jsonl': record('org.disable_two_factor_requirement', 9) + record('org.disable_two_factor_requirement', 30), 'early.jsonl': record('git.clone', 1) + record('repo.access', 20, { repo: 'acme/web', visibility: 'public', previous_visibility: 'private' }) },
      exitCode: 1,
      verify: (result) => must(findings(result.stdout).map(({ message }) => message.split(':')[0]).join() === 'GitHub two-factor requirement disabled,GitHub repository made public,GitHub two-factor requirement disabled', result),
    },
    { name: 'ends with 0 when nothing is found', args: ['replay', 'a.jsonl'], files: { 'a.jsonl': record('git.clone', 1) }, exitCode: 0 },
    { name: 'ends with 4 when there are no records', args: ['replay', 'a.jsonl'], files: { 'a.jsonl': '' }, exitCode: 4 },
    { name: 'ends with 3 for a file that is not there', args: ['replay', 'nowhere.jsonl'], exitCode: 3 },
    { name: 'ends with 3 for standard input twice', args: ['replay', '-', '-'], exitCode: 3 },
  ],
});
