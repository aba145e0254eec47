import { defineCases } from '../command-cases.ts';
import type { CommandResult } from '../command-cases.ts';

function must(condition: boolean, { stdout, stderr }: CommandResult): void {
  if (!condition) throw new Error(`unexpected output:\n${stdout}\n${stderr}`);
}

const rows = Array.from({ length: 1_600 }, (_, at) => `${1_780_000_000 + at * 300},${at === 1_550 ? 99 : 20 + (at % 4)}`);
const series = { 'cpu.csv': `time,cpu\n${rows.join('\n')}\n` };
const events = Array.from({ length: 40 }, (_, day) => [9, 10, 11].map((hour) => `{"time":${Date.UTC(2026, 2, 2 + day, hour)}}`)).flat();
const week = { 'mira.jsonl': `${events.join('\n')}\n` };

export default defineCases({
  cases: [
    { name: 'draws a series with its band', args: ['plot', 'series', 'cpu.csv', '--unit', '%'], files: series, exitCode: 0, verify: (result) => must(result.stdout.includes('▲') && result.stdout.includes('99 %'), result) },
    { name: 'draws what comes on standard input', args: ['plot', 'series', '-'], stdin: series['cpu.csv'], exitCode: 0, verify: (result) => must(result.stdout.includes('1,600 values'), result) },
    { name: 'writes a page that asks for nothing', args: ['plot', 'series', 'cpu.csv', '--format', 'html'], files: series, exitCode: 0, verify: (result) => must(result.stdout.includes("default-src 'none'") && !result.stdout.includes('<script'), result) },
    { name: 'gives the points for programs', args: ['plot', 'series', 'cpu.csv', '--json'], files: series, exitCode: 0, verify: (result) => must((JSON.parse(result.stdout) as { points: unknown[] }).points.length === 1_600, result) },
    { name: 'draws a week against its baseline', args: ['plot', 'week', 'mira.jsonl'], files: week, exitCode: 0, verify: (result) => must(result.stdout.includes('●') && result.stdout.includes('baseline'), result) },
    { name: 'names the columns there are', args: ['plot', 'series', 'cpu.csv', '--value', 'ram'], files: series, exitCode: 3, verify: (result) => must(result.stderr.includes('it has time, cpu'), result) },
    { name: 'ends with 3 for a file that is not there', args: ['plot', 'week', 'nothing.csv'], exitCode: 3 },
  ],
});
