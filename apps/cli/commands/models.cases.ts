import { defineCases } from '../command-cases.ts';
import type { CommandResult } from '../command-cases.ts';

function must(condition: boolean, { stdout, stderr }: CommandResult): void {
  if (!condition) throw new Error(`unexpected output:\n${stdout}\n${stderr}`);
}

interface Listed {
  readonly id: string;
  readonly on: boolean;
  readonly usedBy: readonly string[];
  readonly figures: readonly { readonly command: string }[];
}

const listed = ({ stdout }: CommandResult): Listed[] => JSON.parse(stdout) as Listed[];
/** In two pieces: a scan of these sources has nothing to find here. */
const password = ['x9Kq27', 'vTzP4mW'].join('');
const source = `password = "correct horse"\nuser_password = "${password}"\n`;
const label = (line: number, truth: string) => JSON.stringify({ repo: 'r', id: String(line), exact: true, file: 'r/app.py', lineStart: line, lineEnd: line, truth, category: 'Password', valueStart: -1 });
const data = { 'data/labels.jsonl': `${label(1, 'F')}\n${label(2, 'T')}\n`, 'data/r/app.py': source };
const evaluate = ['models', 'evaluate', 'assigned-credential', '--data', 'data'];

export default defineCases({
  cases: [
    { name: 'lists what has learned something, who asks it and what it is worth', args: ['models'], exitCode: 0, verify: (result) => must(/on .*assigned-credential 1/.test(result.stdout) && result.stdout.includes('secrets/assigned-credential'), result) },
    { name: 'lists for programs', args: ['models', 'list', '--json'], exitCode: 0, verify: (result) => must(listed(result).some(({ figures, id, on }) => id === 'assigned-credential' && on && figures.every(({ command }) => command !== '')), result) },
    { name: 'shows what is off by the setting', args: ['models', 'list', '--json'], env: { WATCHWARD_MODELS_OFF: 'assigned-credential' }, exitCode: 0, verify: (result) => must(listed(result).some(({ id, on }) => id === 'assigned-credential' && !on), result) },
    { name: 'prints a card whole', args: ['models', 'card', 'assigned-credential'], exitCode: 0, verify: (result) => must(['Limits', 'Drift', 'npm run train', 'models evaluate'].every((part) => result.stdout.includes(part)), result) },
    { name: 'prints a card as a page', args: ['models', 'card', 'assigned-credential', '--format', 'html'], exitCode: 0, verify: (result) => must(result.stdout.startsWith('<!doctype html>') && !/<script|https?:\/\/[^<]*\.js/.test(result.stdout), result) },
    { name: 'suggests what was meant', args: ['models', 'card', 'assigned-credentials'], exitCode: 3, verify: (result) => must(result.stderr.includes('did you mean assigned-credential'), result) },
    { name: 'measures a model on labelled data', args: [...evaluate, '--json'], files: data, exitCode: 0, verify: (result) => must((JSON.parse(result.stdout) as { figures: unknown[] }).figures.length > 0, result) },
    { name: 'writes a page and prints the rest', args: [...evaluate, '--output', 'page.html'], files: data, exitCode: 0, verify: (result) => must(result.stdout.includes('promised') && result.stderr.includes('wrote'), result) },
    { name: 'says what is missing in the folder', args: evaluate, files: { 'data/other.txt': '' }, exitCode: 3, verify: (result) => must(result.stderr.includes('labels.jsonl'), result) },
    { name: 'says what the folder must hold', args: ['models', 'evaluate', 'assigned-credential'], exitCode: 3, verify: (result) => must(result.stderr.includes('labels.jsonl'), result) },
    { name: 'turns a model off for a scan, and says so', args: ['scan', 'data', '--json', '--models-off', 'assigned-credential'], files: data, exitCode: 0, verify: (result) => must(result.stdout.includes('"model-off"'), result) },
    { name: 'ends with 3 for a model that nobody knows', args: ['scan', 'data', '--models-off', 'assigned'], files: data, exitCode: 3, verify: (result) => must(result.stderr.includes('there is no model assigned'), result) },
    { name: 'turns a model off for a watch, and says so', args: ['watch', '--from', 'a.jsonl', '--models-off', 'assigned-credential'], files: { 'a.jsonl': '{"a":1}\n' }, exitCode: 0, verify: (result) => must(result.stderr.includes('turned off'), result) },
  ],
});
