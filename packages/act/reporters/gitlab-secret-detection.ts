import { clip } from '#formats/clip.ts';
import {
  gitlabLengths, gitlabSecurityVersion, gitlabTime,
  type GitlabIdentifier, type GitlabScan, type GitlabSecurityReport, type GitlabSeverity, type GitlabVulnerability,
} from '#formats/gitlab-security.ts';
import { markdownText } from '#formats/markdown-text.ts';
import { isWebUrl } from '#formats/uri.ts';
import type { Finding } from '#model/finding.ts';
import type { Report, RunFacts } from '#model/report.ts';
import type { Severity } from '#model/severity.ts';
import { defineReporter } from '#model/unit.ts';
import { diagnosticGroups } from '../coverage.ts';
import { openFindings } from '../open-findings.ts';
import { repositoryPath } from '../place.ts';
import { uniqueFingerprints } from '../unique-fingerprint.ts';
import { verdictOf } from '../verdict.ts';

const severityOf: Readonly<Record<Severity, GitlabSeverity>> = {
  critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low', informational: 'Info',
};

/** Longest text taken over, so that no entry comes near the lengths that GitLab refuses. */
const textLimit = 4_000;

export default defineReporter({
  id: 'gitlab-secret-detection',
  title: 'GitLab security report, secret detection (schema 15)',
  mediaType: 'application/json',
  render(report) {
    const secrets = openFindings(report).filter(({ surface }) => surface === 'secrets');
    const gitlab: GitlabSecurityReport = {
      version: gitlabSecurityVersion,
      scan: scanOf(report),
      vulnerabilities: uniqueFingerprints(secrets).map(({ finding, id }) => vulnerability(finding, id, report.run)),
    };
    return `${JSON.stringify(gitlab, undefined, 2)}\n`;
  },
});

function scanOf(report: Report): GitlabScan {
  const { ledger, run, tool } = report;
  const end = Date.parse(run.startedAt) + run.seconds * 1000;
  const name = { id: tool.name, name: 'Watchward', version: tool.version.toWellFormed() || '0', vendor: { name: 'Watchward' } };
  const { coverage, explanation } = verdictOf(report);
  return {
    type: 'secret_detection',
    // GitLab takes the absence of an earlier finding for its fix; a run that did not look everywhere must not say so.
    status: coverage === 'COMPLETE' ? 'success' : 'failure',
    start_time: gitlabTime(run.startedAt),
    end_time: gitlabTime(Number.isFinite(end) ? new Date(end).toISOString() : run.startedAt),
    analyzer: name,
    scanner: name,
    messages: [
      { level: coverage === 'COMPLETE' ? 'info' : 'warn', value: `${coverage}. ${explanation}` },
      ...diagnosticGroups(ledger).map(({ code, count, degraded, means }) => (
        { level: degraded ? 'warn' as const : 'info' as const, value: `${count} × ${means} (${code})` }
      )),
    ],
  };
}

function vulnerability(finding: Finding, id: string, run: RunFacts): GitlabVulnerability {
  const file = repositoryPath(run, finding.location.path).toWellFormed();
  const lines = { start_line: finding.location.region.startLine, end_line: finding.location.region.endLine };
  return {
    id,
    name: clip(finding.title.toWellFormed(), gitlabLengths.name),
    // The schema: "described using GitLab Flavored Markdown".
    description: markdownText(clip(`${finding.message} ${finding.consequence}`, textLimit)),
    severity: severityOf[finding.severity],
    solution: clip(finding.remediation.toWellFormed(), textLimit),
    identifiers: identifiers(finding),
    links: finding.references.filter(isWebUrl).map((url) => ({ url })),
    tracking: { type: 'source', items: [{ file, ...lines, signatures: [{ algorithm: 'hash', value: id }] }] },
    location: { file, ...lines, commit: { sha: run.commit?.toWellFormed() || '0'.repeat(40) } },
  };
}

/** The first is the primary one: with the place it is what GitLab tells vulnerabilities apart by. */
function identifiers({ cwe, rule }: Finding): readonly GitlabIdentifier[] {
  const id = rule.toWellFormed();
  return [
    { type: 'watchward_rule', name: `Watchward rule ${id}`, value: id },
    ...cwe.map((number) => ({
      type: 'cwe', name: `CWE-${number}`, value: String(number), url: `https://cwe.mitre.org/data/definitions/${number}.html`,
    })),
  ];
}
