import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Report } from '#model/report.ts';
import { temporaryFolder, TestRepository } from '#sources/git/test-repository.ts';
import { seededRandom } from './case-text.ts';
import { defaultLimits, type ScanOptions } from './options.ts';
import { scan } from './scan.ts';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const random = seededRandom('scan-git.test');
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
const [old, fresh, removed] = [random(alphabet, 24), random(alphabet, 24), random(alphabet, 24)];
const line = (name: string, secret: string | undefined): string => `${name} = "${secret}"\n`;

const repository = new TestRepository(join(folder, 'work'));
repository.write('app/settings.py', line('DB_PASSWORD', old)).write('app/other.py', line('API_TOKEN', old)).write('app/plain.py', 'x = 1\n').commit('first');
repository.write('app/settings.py', `# a new line above\n\n${line('DB_PASSWORD', old)}${line('SMTP_PASSWORD', removed)}`).commit('second');
repository.write('app/settings.py', `# a new line above\n\n${line('DB_PASSWORD', old)}`).commit('third');
repository.git('branch', 'before');

function run(options: Partial<ScanOptions>): Promise<Report> {
  const base: ScanOptions = {
    target: repository.path, label: '.', severity: 'low', confidence: 'low', persona: 'regular', rules: [], surfaces: [], ruleFiles: [], exclude: [],
    suppressions: [], history: false, jobs: 0, limits: defaultLimits,
  };
  return scan({ ...base, ...options });
}

const places = (report: Report, state?: 'new' | 'existing'): string[] =>
  report.findings.filter((finding) => state === undefined || finding.baseline === state).map((finding) => `${finding.location.path}:${finding.location.region.startLine}`).sort();

describe('--baseline', () => {
  it('excuses what was there before, through moved lines and moved files, and nothing else', async () => {
    repository.write('app/settings.py', `\n\n\n${line('DB_PASSWORD', old)}${line('QUEUE_PASSWORD', fresh)}`);
    mkdirSync(join(repository.path, 'moved'), { recursive: true });
    repository.remove('app/other.py').write('moved/other.py', line('API_TOKEN', old));
    const report = await run({ baseline: 'before' });
    expect(places(report, 'existing')).toEqual(['app/settings.py:4', 'moved/other.py:1']);
    expect(places(report, 'new')).toEqual(['app/settings.py:5']);
    expect(report.summary).toMatchObject({ open: 1, existing: 2 });
  });

  it('does not excuse a changed secret under the same name', async () => {
    repository.write('app/settings.py', line('DB_PASSWORD', fresh));
    expect(places(await run({ baseline: 'before' }), 'new')).toContain('app/settings.py:1');
  });

  it('takes an earlier report, and refuses what is none', async () => {
    const report = join(folder, 'report.json');
    writeFileSync(report, JSON.stringify(await run({})));
    expect((await run({ baseline: report })).summary.open).toBe(0);
    for (const broken of ['', '{}', '[]', '{"schema":"watchward-report/1","findings":[{}]}']) {
      writeFileSync(report, broken);
      await expect(run({ baseline: report })).rejects.toMatchObject({ code: 'baseline-unusable' });
    }
    await expect(run({ baseline: 'no-such-branch' })).rejects.toMatchObject({ code: 'reference-unknown' });
    const outside = temporaryFolder();
    await expect(run({ target: outside, baseline: 'main' })).rejects.toMatchObject({ code: 'no-git', message: expect.stringMatching(/--baseline main needs a git work tree.*run it in a clone.*before\.json/) });
    rmSync(outside, { recursive: true });
  });
});

describe('--changed-since', () => {
  it('analyses what differs from where HEAD parted, as git names it', async () => {
    repository.git('checkout', '-q', '--', '.');
    rmSync(join(repository.path, 'moved'), { recursive: true });
    repository.write('app/plain.py', line('DB_PASSWORD', fresh)).write('new.py', 'x = 2\n');
    const report = await run({ changedSince: 'before' });
    expect(report.ledger.filesSeen).toBe(2);
    expect(places(report)).toEqual(['app/plain.py:1']);
  });
});

describe('--history', () => {
  it('finds a secret where it first appeared, and says that HEAD no longer holds it', async () => {
    const report = await run({ history: true });
    expect(places(report)).toEqual(['app/other.py:1', 'app/settings.py:1', 'app/settings.py:4']);
    const gone = report.findings.find((finding) => finding.location.region.startLine === 4);
    expect(gone?.commit).toMatchObject({ author: 'Ada <ada@example.org>', id: repository.git('rev-parse', 'before~1') });
    expect(gone?.evidence.map((item) => item.factor)).toContain('history.removed');
    expect(report.findings.filter((finding) => finding !== gone).flatMap((finding) => finding.evidence.map((item) => item.factor))).not.toContain('history.removed');
  });

  it('gives the same on one worker and on three', async () => {
    const [one, three] = await Promise.all([run({ history: true, jobs: 1 }), run({ history: true, jobs: 3 })]);
    expect(places(one as Report)).toEqual(places(three as Report));
  });
});
