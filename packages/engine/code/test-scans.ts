import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '#model/report.ts';
import { defaultLimits, type ScanOptions } from '../options.ts';
import { scan } from '../scan.ts';

/** Trees of files in a temporary folder, and scans of them with rules of the user's, for tests. */
export class TestScans {
  private readonly folder = mkdtempSync(join(tmpdir(), 'watchward-scans-'));

  /** Writes files below `name`; gives its path. */
  put(name: string, files: Readonly<Record<string, string>>): string {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(this.folder, name, path, '..'), { recursive: true });
      writeFileSync(join(this.folder, name, path), content);
    }
    return join(this.folder, name);
  }

  run(target: string, rules: string, options: Partial<ScanOptions> = {}): Promise<Report> {
    return scan({
      target, label: target, severity: 'low', confidence: 'low', persona: 'regular', rules: [], surfaces: ['code'], ruleFiles: [rules], exclude: [], suppressions: [], history: false, jobs: 1,
      limits: defaultLimits, ...options,
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
