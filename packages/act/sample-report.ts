import type { DiagnosticCode } from '#model/diagnostic.ts';
import type { Evidence, Finding } from '#model/finding.ts';
import type { Report } from '#model/report.ts';
import type { RuleInfo } from '#model/rule.ts';
import { severities, type Severity } from '#model/severity.ts';
import { findingState } from './open-findings.ts';

/** One sample finding; `seed` makes its fingerprint. */
export function sampleFinding(seed: number, overrides: Partial<Finding> = {}): Finding {
  return {
    rule: 'secrets/github-token-classic',
    title: 'GitHub personal access token (classic)',
    surface: 'secrets',
    severity: 'critical',
    confidence: 'high',
    persona: 'regular',
    location: { path: 'config/production.env', region: { startLine: 12, startColumn: 14, endLine: 12, endColumn: 54 } },
    message: 'A GitHub token is written in the file.',
    consequence: 'Whoever reads it acts as its owner on GitHub.',
    remediation: 'Revoke it under Settings > Developer settings > Tokens, then read it from the environment or a secret store.',
    evidence: [evidence('proof.valid', 'checksum is right'), evidence('path.config', 'file is production configuration')],
    fingerprint: seed.toString(16).padStart(64, '0'),
    cwe: [798],
    references: ['https://docs.github.com/en/authentication/keeping-your-account-and-data-secure'],
    risk: {
      score: 96.4,
      likelihood: 0.964,
      impact: 1,
      factors: [
        { name: 'confidence.high', on: 'likelihood', weight: 1.5, detail: 'the rule is precise' },
        { name: 'proof.valid', on: 'likelihood', weight: 1.8, detail: 'checksum is right' },
        { name: 'severity.critical', on: 'impact', weight: 1, detail: 'full control of an account' },
      ],
    },
    ...overrides,
  };
}

function evidence(factor: string, detail: string): Evidence {
  return { factor, detail };
}

function place(path: string, startLine: number, startColumn: number, length: number): Finding['location'] {
  return { path, region: { startLine, startColumn, endLine: startLine, endColumn: startColumn + length } };
}

function risk(score: number, severity: Severity): Finding['risk'] {
  const impact = { critical: 1, high: 0.8, medium: 0.5, low: 0.25, informational: 0.1 }[severity];
  return {
    score,
    likelihood: Math.round((score / 100 / impact) * 1e4) / 1e4,
    impact,
    factors: [
      { name: 'confidence.medium', on: 'likelihood', weight: 0.4, detail: 'the rule is often right' },
      { name: 'path.test', on: 'likelihood', weight: -0.9, detail: 'file belongs to tests' },
      { name: `severity.${severity}`, on: 'impact', weight: impact, detail: `${severity} severity` },
    ],
  };
}

const sampleFindings: readonly Finding[] = [
  sampleFinding(1),
  sampleFinding(2, {
    rule: 'secrets/private-key', title: 'Private key', location: place('deploy/keys/id_ed25519', 1, 1, 35),
    message: 'A private key without a passphrase is in the tree.', consequence: 'Whoever reads it can log in to every host that trusts this key.',
    evidence: [evidence('proof.valid', 'key parses and has no passphrase')], risk: risk(91.2, 'critical'), cwe: [321, 798],
    remediation: 'Remove the key from every host that trusts it, then make a new one outside the repository.',
  }),
  sampleFinding(3, {
    rule: 'secrets/postgres-url', title: 'Password in a PostgreSQL URL', severity: 'high', location: place('services/orders/src/settings.ts', 48, 22, 61),
    message: 'A connection string carries its password.', consequence: 'Whoever reads it can read and change the orders database.',
    evidence: [evidence('context.assigned', 'assigned to DATABASE_URL')], risk: risk(74.8, 'high'),
    remediation: 'Change the password, then read the URL from the environment.',
    fix: {
      title: 'Read DATABASE_URL from the environment', disposition: 'safe', verified: true,
      edits: [{ region: place('', 48, 21, 63).region, text: 'process.env.DATABASE_URL' }],
    },
    codeFlow: [
      { location: place('services/orders/src/settings.ts', 48, 22, 61), message: 'the URL is written here', code: 'const url = "\u2026";' },
      { location: place('services/orders/src/pool.ts', 7, 30, 8), message: 'and opens the pool here', code: 'export const pool = open(url);' },
    ],
  }),
  sampleFinding(4, {
    rule: 'secrets/slack-webhook', title: 'Slack incoming webhook', severity: 'medium', location: place('scripts/notify.sh', 9, 12, 80),
    message: 'A Slack webhook URL is written in the file.', consequence: 'Whoever reads it can post into your channel under its name.',
    evidence: [evidence('entropy.high', 'looks random')], risk: risk(38.5, 'medium'), remediation: 'Delete the webhook in Slack and make a new one.',
    fix: { title: 'Read the URL from SLACK_WEBHOOK', disposition: 'unsafe', verified: false, edits: [{ region: place('', 9, 12, 80).region, text: '$SLACK_WEBHOOK' }] },
  }),
  sampleFinding(5, {
    rule: 'secrets/assigned-password', title: 'Password assigned in source', severity: 'low', confidence: 'medium', location: place('tests/fixtures/users.json', 3, 18, 12),
    message: 'A value is assigned to a name that means a password.', consequence: 'If it is used anywhere, whoever reads it can log in.',
    evidence: [evidence('path.test', 'file belongs to tests')], risk: risk(7.3, 'low'), cwe: [798, 259],
  }),
  sampleFinding(6, {
    rule: 'secrets/assigned-password', title: 'Password assigned in source', severity: 'medium', location: place('docs/quickstart.md', 77, 5, 20),
    consequence: 'If it is used anywhere, whoever reads it can log in.', risk: risk(12.1, 'medium'),
    suppression: { kind: 'inline', rule: 'secrets/assigned-password', reason: 'shown in the tutorial', owner: 'docs', until: '2027-01-31' },
  }),
  sampleFinding(7, { severity: 'high', location: place('legacy/build.gradle', 210, 9, 40), risk: risk(66, 'high'), baseline: 'existing' }),
];

/** A deterministic report: five open findings, one suppressed, one known from the baseline, coverage complete. */
export function sampleReport(overrides: Partial<Report> = {}): Report {
  const base: Omit<Report, 'rules' | 'summary'> = {
    schema: 'watchward-report/1',
    tool: { name: 'watchward', version: '0.1.0', digest: 'd'.repeat(64), content: 'c'.repeat(64), contentDate: '2026-11-21' },
    run: {
      target: './shop', root: '/home/dev/shop', startedAt: '2026-11-23T21:00:00.000Z', seconds: 1.42, treeHash: 'e'.repeat(64),
      commit: 'a'.repeat(40), branch: 'main', baseline: 'origin/main',
      threshold: { severity: 'low', confidence: 'low', persona: 'regular' }, exitCode: 1,
    },
    findings: sampleFindings,
    ledger: {
      filesSeen: 1_204, filesAnalysed: 1_192, filesFromCache: 980, bytesAnalysed: 3_412_870, rulesLoaded: 152, rulesSkipped: 0,
      diagnostics: [
        { code: 'file-binary', message: 'public/logo.png is binary and was not analysed.', path: 'public/logo.png', count: 8 },
        { code: 'file-excluded', message: 'dist/ is excluded by watchward.yaml.', path: 'dist', count: 4 },
      ],
      degraded: false, bytesSent: 0,
    },
    ...overrides,
  };
  return { ...base, rules: rulesOf(base.findings), summary: summaryOf(base.findings, base.run), ...overrides };
}

/** The sample with `number` open findings of falling risk in several folders. */
export function crowdedReport(number: number): Report {
  const findings = Array.from({ length: number }, (_, index): Finding => {
    const base = sampleFindings[index % 5] ?? sampleFinding(index);
    const score = Math.round((97 - (90 * index) / number) * 10) / 10;
    const severity = severities[Math.max(0, 4 - Math.floor((index * 5) / number))] ?? 'low';
    const path = `${['services/api', 'services/web', 'infra', 'scripts', 'mobile/app'][index % 5]}/file-${index}.ts`;
    return { ...base, severity, fingerprint: (index + 1).toString(16).padStart(64, '0'), risk: risk(score, severity), location: { ...base.location, path } };
  });
  return sampleReport({ findings: findings.filter(({ severity }) => severity !== 'informational') });
}

/** The sample without findings: `degraded` decides whether that means anything. */
export function emptyReport(degraded: boolean): Report {
  const sample = sampleReport({ findings: [] });
  const gaveUp: DiagnosticCode = 'file-unreadable';
  const diagnostics = degraded
    ? [...sample.ledger.diagnostics, { code: gaveUp, message: 'data/users.sql could not be read: permission denied.', path: 'data/users.sql', count: 2 }]
    : sample.ledger.diagnostics;
  return { ...sample, run: { ...sample.run, exitCode: degraded ? 2 : 0 }, ledger: { ...sample.ledger, diagnostics, degraded } };
}

function rulesOf(findings: readonly Finding[]): readonly RuleInfo[] {
  const byId = new Map(findings.map((finding) => [finding.rule, finding]));
  return [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, finding]) => {
    const { confidence, consequence, cwe, persona, references, remediation, severity, surface, title } = finding;
    return { id, kind: 'rule', confidence, consequence, cwe, persona, references, remediation, severity, surface, title };
  });
}

/** The summary that belongs to these findings. */
export function summaryOf(findings: readonly Finding[], run: Report['run']): Report['summary'] {
  const states = findings.map((finding) => findingState(finding, run.threshold));
  const of = (severity: Severity): number => findings.filter((finding, index) => finding.severity === severity && states[index] === 'open').length;
  return {
    open: states.filter((state) => state === 'open').length,
    suppressed: states.filter((state) => state === 'suppressed').length,
    existing: states.filter((state) => state === 'existing').length,
    bySeverity: { informational: of('informational'), low: of('low'), medium: of('medium'), high: of('high'), critical: of('critical') },
  };
}
