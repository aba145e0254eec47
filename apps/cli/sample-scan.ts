import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defaultLimits } from '#engine/options.ts';
import { scan } from '#engine/scan.ts';
import type { Report } from '#model/report.ts';

/** The report of a real scan of a folder with these files, for cases and tests. */
export async function sampleScan(files: { readonly [path: string]: string } = { 'a.txt': 'nothing here\n' }): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'watchward-scan-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return await scan({
      target: folder, label: '.', severity: 'low', confidence: 'medium', persona: 'regular', rules: [], surfaces: [], ruleFiles: [], exclude: [],
      suppressions: [], history: false, jobs: 0, limits: defaultLimits,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
