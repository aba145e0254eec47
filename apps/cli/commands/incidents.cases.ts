import { defineCases } from '../command-cases.ts';
import type { CommandResult } from '../command-cases.ts';

const record = (action: string, minute: number, more: object = {}): string => `${JSON.stringify({ '@timestamp': Date.UTC(2026, 2, 4, 5, minute), _document_id: `d-${minute}`, action, actor: 'mira', org: 'acme', ...more })}\n`;
const events = record('org.disable_two_factor_requirement', 1) + record('repo.access', 20, { repo: 'acme/web', visibility: 'public', previous_visibility: 'private' });
const files = { 'a.jsonl': events };
const watched = ['watch', '--keep', '--from', 'a.jsonl', '--quiet'];

function must(condition: boolean, { stdout, stderr }: CommandResult): void {
  if (!condition) throw new Error(`unexpected output:\n${stdout}\n${stderr}`);
}

interface Listed {
  readonly id: string;
  readonly signals: number;
  readonly rank: number;
  readonly risk: { readonly score: number };
  readonly verdict: { readonly verdict: string; readonly reason: string } | null;
}

const listed = ({ stdout }: CommandResult): Listed[] => JSON.parse(stdout) as Listed[];

export default defineCases({
  cases: [
    {
      name: 'lists what is open', args: ['incidents', '--json'], before: [watched], files, exitCode: 0,
      verify: (result) => must(listed(result).length === 1 && listed(result)[0]?.signals === 2, result),
    },
    {
      name: 'tells one whole by the beginning of its id', args: ['incidents', 'show', 'inc-'], before: [watched], files, exitCode: 0,
      verify: (result) => must(result.stdout.includes('two-factor') && result.stdout.includes('made public') && result.stdout.includes('mira'), result),
    },
    {
      name: 'draws who did what in lanes', args: ['incidents', 'show', 'inc-', '--plot'], before: [watched], files, exitCode: 0,
      verify: (result) => must(/user mira +◆─+◆/.test(result.stdout) || /user mira +[◆●○]─+[◆●○]/.test(result.stdout), result),
    },
    {
      name: 'leaves out what was closed', args: ['incidents', '--json'], before: [watched, ['incidents', 'close', 'inc-', '--reason', 'done']], files, exitCode: 0,
      verify: (result) => must(listed(result).length === 0, result),
    },
    {
      name: 'shows it with --all, with the reason', args: ['incidents', '--all', '--json'], before: [watched, ['incidents', 'close', 'inc-', '--reason', 'done']], files, exitCode: 0,
      verify: (result) => must(listed(result)[0]?.verdict?.verdict === 'closed' && listed(result)[0]?.verdict?.reason === 'done', result),
    },
    {
      name: 'says in the list what was said of it, and by what id to ask for it', args: ['incidents', '--all'], before: [watched, ['incidents', 'close', 'inc-', '--reason', 'done', '--owner', 'pia']], files, exitCode: 0,
      verify: (result) => must(/^verdict  closed by pia on \d{4}-\d\d-\d\d: done$/m.test(result.stdout) && /^ {9}inc-[0-9a-f]{16}/m.test(result.stdout), result),
    },
    {
      name: 'opens it again', args: ['incidents', '--json'], before: [watched, ['incidents', 'close', 'inc-', '--reason', 'done'], ['incidents', 'reopen', 'inc-', '--reason', 'not done']], files, exitCode: 0,
      verify: (result) => must(listed(result).length === 1, result),
    },
    {
      name: 'replays what was dismissed', args: ['incidents', 'replay'], before: [watched, ['incidents', 'dismiss', 'inc-', '--reason', 'a drill', '--until', '2999-12-31']], files, exitCode: 0,
      verify: (result) => must(result.stderr.includes('1 dismissed incident replayed; 0 would be louder today'), result),
    },
    {
      name: 'lists with a word for it, too', args: ['incidents', 'list', '--json'], before: [watched], files, exitCode: 0, verify: (result) => must(listed(result).length === 1, result),
    },
    {
      name: 'ranks what is like a confirmed attack higher, and says so', args: ['incidents', 'show', 'inc-'], before: [watched, ['incidents', 'confirm', 'inc-', '--reason', 'it was one']], files, exitCode: 0,
      verify: (result) => must(/Ranked [\d.]+ for its risk/.test(result.stdout) && result.stdout.includes('confirmed by'), result),
    },
    {
      name: 'closes a false alarm', args: ['incidents', '--json'], before: [watched, ['incidents', 'false-alarm', 'inc-', '--reason', 'a drill']], files, exitCode: 0, verify: (result) => must(listed(result).length === 0, result),
    },
    {
      name: 'takes a verdict back, and nothing is left of it', args: ['incidents', '--json'], before: [watched, ['incidents', 'false-alarm', 'inc-', '--reason', 'a drill'], ['incidents', 'undo', 'inc-']], files, exitCode: 0,
      verify: (result) => must(listed(result)[0]?.verdict === null && listed(result)[0]?.rank === listed(result)[0]?.risk.score, result),
    },
    { name: 'ends with 3 where there is nothing to take back', args: ['incidents', 'undo', 'inc-', '--reason', 'x'], before: [watched], files, exitCode: 3 },
    {
      name: 'shows what a budget held back with --all only', args: ['incidents', '--json'], before: [['watch', '--keep', '--from', 'a.jsonl', '--quiet', '--budget', '1']], files, exitCode: 0, verify: (result) => must(listed(result).length <= 1, result),
    },
    { name: 'ends with 3 for a verdict without a reason', args: ['incidents', 'close', 'inc-'], before: [watched], files, exitCode: 3 },
    { name: 'ends with 3 for a dismissal without an end', args: ['incidents', 'dismiss', 'inc-', '--reason', 'x'], before: [watched], files, exitCode: 3 },
    { name: 'ends with 3 for a dismissal that is over', args: ['incidents', 'dismiss', 'inc-', '--reason', 'x', '--until', '2020-01-01'], before: [watched], files, exitCode: 3 },
    { name: 'ends with 3 for an id that nobody has', args: ['incidents', 'show', 'nobody'], before: [watched], files, exitCode: 3 },
    { name: 'ends with 3 where nothing was kept', args: ['incidents'], exitCode: 3, verify: (result) => must(result.stderr.includes('watch --keep'), result) },
  ],
});
