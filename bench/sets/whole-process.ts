import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '#model/report.ts';
import { corpus } from '../corpora.ts';
import { launcher, median, peakMemory, time } from '../measure.ts';
import { defineSet, figure } from '../set.ts';

const runs = 7;

export default defineSet({
  id: 'whole-process',
  title: 'What a user feels: the launcher as a process, medians.',
  async run() {
    const small = corpus('repos/OWASP+NodeGoat');
    const large = corpus('repos/vitejs+vite');
    if (small === undefined || large === undefined) return 'no repos in $WATCHWARD_CORPORA';
    const state = mkdtempSync(join(tmpdir(), 'watchward-bench-'));
    const scan = (path: string, ...more: string[]): string[] => [launcher, 'scan', path, '--no-config', '--state-dir', state, ...more];
    try {
      const firstLine = await medianOf(() => untilOutput(scan(small), 'any'));
      const firstFinding = await medianOf(() => untilOutput(scan(small), 'finding'));
      const tree = median(Array.from({ length: runs }, () => time(process.execPath, scan(large, '--no-cache', '--json')).seconds));
      const again = median(Array.from({ length: runs }, () => time(process.execPath, scan(large, '--json')).seconds));
      const history = time(process.execPath, scan(large, '--history', '--json'));
      const report = JSON.parse(history.result.stdout) as Report;
      const memory = peakMemory(process.execPath, scan(large, '--history', '--json'));
      const offline = time('unshare', ['-rn', process.execPath, ...scan(small, '--json', '--no-cache')]);
      return {
        figures: [
          figure('cold start to first line', `${Math.round(firstLine)} ms`, 'under 300 ms', firstLine < 300),
          figure('first finding', `${Math.round(firstFinding)} ms`, 'under 2 s', firstFinding < 2000),
          figure('vite, 118 kLOC: work tree', `${tree.toFixed(2)} s`, '', undefined),
          figure('vite again, from the cache', `${again.toFixed(2)} s`, '', undefined),
          figure(`vite: history, 9,620 commits, ${report.ledger.filesAnalysed} versions`, `${history.seconds.toFixed(1)} s`),
          figure('vite: work tree and history', `${(tree + history.seconds).toFixed(1)} s`, '15 s for 100 kLOC and 5,000 commits', tree + history.seconds < 15),
          figure('memory, history', memory === undefined ? 'not measured: no /usr/bin/time' : `${memory} MiB`, 'under 1 GB', ...(memory === undefined ? [] : [memory < 1000])),
          figure('without a network (unshare -rn)', `exit code ${offline.result.status}`, 'the same result', offline.result.status === 1 || offline.result.status === 0),
        ],
        notes: ['Secrets are the only surface of scans yet; infrastructure, workflows and lockfiles are read as text.'],
      };
    } finally {
      rmSync(state, { recursive: true, force: true });
    }
  },
});

async function medianOf(measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let at = 0; at < runs; at++) values.push(await measure());
  return median(values);
}

/** Milliseconds until the process prints anything, or a line that names a rule. */
function untilOutput(args: readonly string[], what: 'any' | 'finding'): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    const see = (chunk: Buffer): void => {
      text += chunk.toString();
      if (what === 'finding' && !text.includes('secrets/')) return;
      resolve(performance.now() - started);
      child.kill('SIGKILL');
    };
    child.stdout?.on('data', see);
    child.stderr?.on('data', see);
    child.on('error', reject);
    child.on('exit', () => reject(new Error('the process ended before it printed what was waited for')));
  });
}
