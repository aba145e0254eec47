import { defineCases } from '../command-cases.ts';
import type { CommandResult } from '../command-cases.ts';

const day = 'lake/class=api_activity/day=2026-11';
/** Retention and status look at names and sizes only. */
const files = { [`${day}-01/part-0000000001.parquet`]: 'x'.repeat(10), [`${day}-02/part-0000000002.parquet`]: 'x'.repeat(20), [`${day}-02/part-0000000003.parquet`]: 'x' };

function must(condition: boolean, { stdout, stderr }: CommandResult): void {
  if (!condition) throw new Error(`unexpected output:\n${stdout}\n${stderr}`);
}

export default defineCases({
  cases: [
    {
      name: 'status says what is there',
      args: ['lake', 'status', '--lake', 'lake'],
      files,
      exitCode: 0,
      verify: (result) => must(/^api_activity +2 days, 2026-11-01 to 2026-11-02, 3 files, 0\.0 kB\n3 files, /.test(result.stdout), result),
    },
    {
      name: 'status as JSON',
      args: ['lake', 'status', '--lake', 'lake', '--json'],
      files,
      exitCode: 0,
      verify: (result) => must((JSON.parse(result.stdout) as { bytes: number }).bytes === 31, result),
    },
    {
      name: 'retain takes away the oldest until the rest fits, and says what',
      args: ['lake', 'retain', '--lake', 'lake', '--megabytes', '0'],
      files,
      exitCode: 0,
      verify: (result) => must(result.stderr.includes('3 files taken away (0.0 kB), of 2026-11-01 to 2026-11-02'), result),
    },
    {
      name: 'retain keeps what is young enough',
      args: ['lake', 'retain', '--lake', 'lake', '--days', '36500'],
      files,
      exitCode: 0,
      verify: (result) => must(result.stderr.includes('0 files taken away'), result),
    },
    { name: 'retain wants to be told how much', args: ['lake', 'retain', '--lake', 'lake'], files, exitCode: 3 },
    {
      name: 'compact leaves single files alone',
      args: ['lake', 'compact', '--lake', 'lake'],
      files: { [`${day}-01/part-0000000001.parquet`]: 'x' },
      exitCode: 0,
      verify: (result) => must(result.stderr.includes('0 files became 0'), result),
    },
    {
      name: 'ends with 3 where there is no lake',
      args: ['lake', 'status'],
      exitCode: 3,
      verify: (result) => must(result.stderr.includes('there is no lake in'), result),
    },
  ],
});
