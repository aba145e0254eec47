import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Report } from '#model/report.ts';
import { seededRandom } from './case-text.ts';
import { defaultLimits, type ScanOptions } from './options.ts';
import { scan } from './scan.ts';

const folder = mkdtempSync(join(tmpdir(), 'watchward-scan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const random = seededRandom('scan.test');
const secret = random('ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789', 24);
const base: Omit<ScanOptions, 'target' | 'label'> = {
  severity: 'low', confidence: 'low', persona: 'regular', rules: [], surfaces: [], ruleFiles: [], exclude: [], suppressions: [], history: false, jobs: 0, limits: defaultLimits,
};

function tree(name: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = join(folder, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

function run(target: string, options: Partial<ScanOptions> = {}): Promise<Report> {
  return scan({ ...base, target, label: target, ...options });
}

/** What must not differ between two runs: everything but times. */
function essence(report: Report): unknown {
  const digests = new Map<string, number>();
  const findings = report.findings.map(({ secretDigest, ...rest }) => ({ ...rest, secret: secretDigest === undefined ? 0 : digests.get(secretDigest) ?? digests.set(secretDigest, digests.size).size }));
  return { findings, summary: report.summary, ledger: { ...report.ledger, filesFromCache: 0, code: { ...report.ledger.code, modulesFromCache: 0, programsFromCache: 0 } }, tree: report.run.treeHash, code: report.run.exitCode };
}

const many = tree('many', {
  ...Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`src/part${at % 7}/file${at}.py`, `# ${at}\n${at % 10 === 0 ? `DB_PASSWORD = "${secret}"\n` : ''}value = ${at}\n`])),
  'image.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]),
});

describe('a scan', () => {
  it('gives the same result in one thread, on two workers, and on five', async () => {
    const reports = await Promise.all([run(many, { jobs: 1 }), run(many, { jobs: 2 }), run(many, { jobs: 5 }), run(many)]);
    expect(reports[0]?.findings.length).toBe(30);
    expect(reports[0]?.run.exitCode).toBe(1);
    for (const report of reports) expect(essence(report)).toEqual(essence(reports[0] as Report));
  });

  it('gives the same result from its cache, and reads every file anew when the cache is damaged', async () => {
    const stateDir = join(folder, 'state');
    const first = await run(many, { stateDir });
    const second = await run(many, { stateDir });
    expect(second.ledger.filesFromCache).toBe(300);
    expect(essence(second)).toEqual(essence(first));
    const { readdirSync, readFileSync } = await import('node:fs');
    const name = readdirSync(join(stateDir, 'scan')).find((file) => file.endsWith('.json'));
    const file = join(stateDir, 'scan', name as string);
    const bytes = readFileSync(file);
    bytes[200] = (bytes[200] as number) ^ 1;
    writeFileSync(file, bytes);
    const third = await run(many, { stateDir });
    expect(third.ledger.filesFromCache).toBe(0);
    expect(third.ledger.diagnostics.map((diagnostic) => diagnostic.code)).toContain('cache-unusable');
    expect(third.findings.length).toBe(30);
  });

  it('shows no secret in the report or the cache', async () => {
    const stateDir = join(folder, 'state-secret');
    const report = await run(many, { stateDir, persona: 'auditor' });
    const { readdirSync, readFileSync } = await import('node:fs');
    expect(JSON.stringify(report)).not.toContain(secret);
    for (const name of readdirSync(stateDir, { recursive: true, withFileTypes: true })) {
      if (name.isFile()) expect(readFileSync(join(name.parentPath, name.name), 'latin1')).not.toContain(secret);
    }
  });

  it('says that nothing was scanned', async () => {
    const report = await run(tree('nothing', { '.git-is-absent/.keep': '' }), { exclude: ['*'] });
    expect(report.run.exitCode).toBe(4);
  });

  it('stops at --max-time and does not call the rest clean', async () => {
    const report = await run(many, { maxTime: 0.001, jobs: 1 });
    expect(report.run.exitCode).toBe(2);
    expect(report.ledger.diagnostics.map((diagnostic) => diagnostic.code)).toContain('run-over-budget');
  });

  it('stops when interrupted', async () => {
    const aborted = AbortSignal.abort();
    const report = await scan({ ...base, target: many, label: many }, { signal: aborted });
    expect(report.ledger.diagnostics.map((diagnostic) => diagnostic.code)).toContain('run-interrupted');
    expect(report.run.exitCode).toBe(2);
  });
});

describe('suppressions', () => {
  it('need rule, expiry and reason; expired, unused and malformed ones are reported', async () => {
    const line = `DB_PASSWORD = "${secret}"`;
    const mark = ['watchward', 'ignore'].join(':');
    const root = tree('suppressed', {
      'good.py': `# ${mark} secrets/assigned-credential until=2999-01-01 -- sample account of the demo\n${line}\n`,
      'same.py': `${line}  # ${mark} secrets/* until=2999-01-01 by=ops -- sample account of the demo\n`,
      'expired.py': `# ${mark} secrets/assigned-credential until=2001-01-01 -- long ago\n${line}\n`,
      'bare.py': `# ${mark} secrets/assigned-credential\n${line}\n`,
      'unused.py': `# ${mark} secrets/assigned-credential until=2999-01-01 -- nothing here\nvalue = 1\n`,
    });
    const report = await run(root);
    const open = report.findings.filter((finding) => finding.suppression === undefined).map((finding) => finding.location.path);
    expect(open.sort()).toEqual(['bare.py', 'expired.py']);
    expect(report.summary).toMatchObject({ open: 2, suppressed: 2 });
    const said = report.ledger.diagnostics.map((diagnostic: Diagnostic) => `${diagnostic.code} ${diagnostic.path}`);
    expect(said).toEqual(['suppression-expired expired.py', 'suppression-invalid bare.py', 'suppression-unused unused.py']);
  });
});

describe('assigned credentials', () => {
  it('are for the regular persona only where the name is that of the credential itself', async () => {
    const uuid = '8cda61da-eea9-495c-b178-e7014d9bc212';
    const names = ['apiTokenId', 'passwordId', 'session_uuid', 'hashed_token', 'nonce', 'authnRequestId', 'SessionId'];
    const root = tree('beside', {
      'events.yml': `${names.map((name) => `${name}: ${secret}\n`).join('')}clientToken: ${uuid}\n`,
      'app.yml': `api_token: ${secret}\n`,
    });
    const { findings } = await run(root);
    expect(findings.filter(({ persona, rule }) => persona === 'regular' && rule === 'secrets/assigned-credential').map(({ location }) => location.path)).toEqual(['app.yml']);
  });
});

describe('rules that users bring', () => {
  it('cannot hang the scan: the rule is named, and no other finding is lost', async () => {
    const rules = tree('rules', { 'slow.toml': "[[rules]]\nid = 'slow'\nregex = '''(x+x+)+\\1y'''\n" });
    const root = tree('hang', { 'a.py': `DB_PASSWORD = "${secret}"\n${'x'.repeat(40)}z\n`, 'b.py': `API_TOKEN = "${secret}"\n` });
    const report = await run(root, { ruleFiles: [rules], limits: { ...defaultLimits, fileMs: 3_000 } });
    expect(report.findings.map((finding) => finding.location.path).sort()).toEqual(['a.py', 'b.py']);
    expect(report.ledger.diagnostics).toMatchObject([{ code: 'rule-over-budget', path: 'a.py', rule: 'secrets/slow' }]);
    expect(report.run.exitCode).toBe(2);
  });

  it('load from gitleaks TOML; a broken one is named and skipped', async () => {
    const rules = tree('toml', {
      'rules.toml': "[[rules]]\nid = 'acme'\ndescription = 'Acme key'\nregex = '''(?i)acme_([a-z0-9]{16})\\b'''\nkeywords = ['acme_']\n[[rules]]\nid = 'broken'\nregex = '''('''\n",
    });
    const root = tree('acme', { 'a.txt': `key ACME_${random('abcdefghkmnpq2345', 16)} end\n` });
    const report = await run(root, { ruleFiles: [rules] });
    expect(report.findings.map((finding) => finding.rule)).toEqual(['secrets/acme']);
    expect(report.ledger).toMatchObject({ rulesSkipped: 1, degraded: true });
  });
});

it('takes a secret less seriously where its name says that it is for tests', async () => {
  const token = `xoxb-${random('123456789', 12)}-${random('123456789', 13)}-${random('ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789', 24)}`;
  const { findings } = await run(tree('named', { 'src/a.py': `FAKE_BOT_TOKEN = "${token}"\n`, 'src/b.py': `BOT_TOKEN = "${token}"\n` }));
  expect(findings.map(({ location, evidence }) => [location.path, evidence.some(({ factor }) => factor === 'context.test-name')])).toEqual([['src/b.py', false], ['src/a.py', true]]);
});
