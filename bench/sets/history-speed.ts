import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '#model/report.ts';
import { corpus } from '../corpora.ts';
import { launcher, peakMemory, time } from '../measure.ts';
import { defineSet, figure } from '../set.ts';

const repositories = ['repos/fastify+fastify', 'repos/vitejs+vite', 'history/git'];

export default defineSet({
  id: 'history-speed',
  title: 'Every version of every file in the history of HEAD, whole process, all cores; gitleaks on the same repository in the same run where $GITLEAKS names it.',
  async run() {
    const present = repositories.map((name) => [name, corpus(name)] as const).filter(([, path]) => path !== undefined);
    if (present.length === 0) return 'none of its repositories in $WATCHWARD_CORPORA';
    const figures = present.flatMap(([name, path]) => ofRepository(name, path as string));
    return { figures, notes: ['gitleaks with its default rules and `git log --all` as it starts it; Watchward reads the objects itself and starts no git.'] };
  },
});

function ofRepository(name: string, path: string) {
  const state = mkdtempSync(join(tmpdir(), 'watchward-bench-'));
  const args = [launcher, 'scan', path, '--history', '--json', '--no-config', '--state-dir', state];
  try {
    const own = time(process.execPath, args);
    const report = JSON.parse(own.result.stdout) as Report;
    const size = report.ledger.bytesAnalysed / 1e6;
    const memory = peakMemory(process.execPath, args);
    const figures = [
      figure(`${name}: ${report.ledger.filesAnalysed} versions, ${size.toFixed(0)} MB of added lines`, `${own.seconds.toFixed(1)} s, ${(size / own.seconds).toFixed(0)} MB/s`),
      figure(`${name}: memory`, memory === undefined ? 'not measured' : `${memory} MiB`, '1 GB', ...(memory === undefined ? [] : [memory < 1000])),
      figure(`${name}: findings, degraded`, `${report.summary.open}, ${report.ledger.degraded ? 'yes' : 'no'}`),
    ];
    const peer = process.env.GITLEAKS;
    if (peer === undefined || !existsSync(peer)) return figures;
    const other = time(peer, ['git', path, '--no-banner', '--log-level', 'error', '--report-path', join(state, 'peer.json')]);
    const ratio = other.seconds / own.seconds;
    return [...figures, figure(`${name}: gitleaks`, `${other.seconds.toFixed(1)} s, ${ratio.toFixed(1)} times ours`, '3 times', ratio >= 3)];
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}
