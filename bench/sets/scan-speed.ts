import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '#model/report.ts';
import { corpus } from '../corpora.ts';
import { launcher, median, peakMemory, time } from '../measure.ts';
import { defineSet, figure } from '../set.ts';

const runs = 5;
const goalRate = 70;
const copies = 6;
const trees = ['js-speed', 'js-speed-full', 'repos/pnpm+pnpm', 'repos/juice-shop+juice-shop', 'repos'];

export default defineSet({
  id: 'scan-speed',
  title: 'Whole process from the start of the launcher to its end, all cores, no cache of results, warm file cache; the median of five.',
  async run() {
    const present = trees.map((name) => [name, corpus(name)] as const).filter(([, path]) => path !== undefined);
    if (present.length === 0) return 'none of its trees in $WATCHWARD_CORPORA';
    const figures = present.flatMap(([name, path]) => ofTree(name, path as string));
    const source = corpus('js-speed-full');
    if (source !== undefined) figures.push(...ofCopies(source));
    return { figures, notes: ['Below some 200 MB, starting two workers and warming them up is most of the time: about 0.3 s.', 'Scanning is what the report says of itself: without starting Node, with starting the workers.', 'Bytes are those of the text files that were analysed; binary files are read too and not counted.'] };
  },
});

/** A tree large enough that starting the workers does not count. */
function ofCopies(source: string) {
  const folder = mkdtempSync(join(tmpdir(), 'watchward-bench-'));
  try {
    for (let at = 0; at < copies; at++) cpSync(source, join(folder, String(at)), { recursive: true });
    return ofTree(`js-speed-full, ${copies} copies`, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ofTree(name: string, path: string) {
  const state = mkdtempSync(join(tmpdir(), 'watchward-bench-'));
  const args = [launcher, 'scan', path, '--json', '--surface', 'secrets', '--no-cache', '--no-config', '--state-dir', state];
  try {
    const timings = Array.from({ length: runs }, () => time(process.execPath, args));
    const seconds = median(timings.map((timing) => timing.seconds));
    const reports = timings.map((timing) => JSON.parse(timing.result.stdout) as Report);
    const report = reports[0] as Report;
    const scanning = median(reports.map((one) => one.run.seconds));
    const rate = report.ledger.bytesAnalysed / 1e6 / scanning;
    const memory = existsSync('/usr/bin/time') ? peakMemory(process.execPath, args) : undefined;
    const large = report.ledger.bytesAnalysed > 200e6;
    return [
      figure(`${name}: ${report.ledger.filesAnalysed} files, ${(report.ledger.bytesAnalysed / 1e6).toFixed(1)} MB`, `${seconds.toFixed(2)} s in all; ${scanning.toFixed(2)} s scanning, ${rate.toFixed(0)} MB/s`, large ? `${goalRate} MB/s` : '', ...(large ? [rate >= goalRate] : [])),
      figure(`${name}: memory`, memory === undefined ? 'not measured: no /usr/bin/time' : `${memory} MiB`, '1 GB', ...(memory === undefined ? [] : [memory < 1000])),
    ];
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}
