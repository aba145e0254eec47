import { clip } from '#formats/clip.ts';
import { xmlElement, xmlText } from '#formats/xml-text.ts';
import type { Finding } from '#model/finding.ts';
import type { Report } from '#model/report.ts';
import { defineReporter } from '#model/unit.ts';
import { diagnosticGroups, ledgerLines } from '../coverage.ts';
import { findingState } from '../open-findings.ts';
import { repositoryPath, shownPlace } from '../place.ts';
import { verdictOf } from '../verdict.ts';

export default defineReporter({
  id: 'junit',
  title: 'JUnit XML: an open finding is a failed test, missing coverage an error',
  mediaType: 'application/xml',
  render(report) {
    const listed = report.findings.filter((finding) => findingState(finding, report.run.threshold) !== 'below');
    const failures = listed.filter((finding) => findingState(finding, report.run.threshold) === 'open').length;
    const totals = {
      tests: listed.length + 1,
      failures,
      errors: verdictOf(report).coverage === 'COMPLETE' ? 0 : 1,
      skipped: listed.length - failures,
      time: report.run.seconds.toFixed(3),
    };
    const suite = xmlElement('testsuite', { name: 'watchward', ...totals, timestamp: report.run.startedAt.replace(/(?:\.\d+)?Z$/, '') }, [
      properties(report), coverageCase(report), ...listed.map((finding) => findingCase(finding, report)),
    ]);
    return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement('testsuites', { name: 'watchward', ...totals }, [suite])}\n`;
  },
});

function properties({ run, tool }: Report): string {
  const facts = { version: tool.version, content: tool.content, tree: run.treeHash, commit: run.commit };
  const known = Object.entries(facts).filter(([, value]) => value !== undefined);
  return xmlElement('properties', {}, known.map(([name, value]) => `\n${xmlElement('property', { name, value })}`));
}

/** Always there: it passes only when everything that should be read was read. */
function coverageCase(report: Report): string {
  const { coverage, explanation, headline } = verdictOf(report);
  const reasons = diagnosticGroups(report.ledger).map(({ code, count, means }) => `${count} × ${means} (${code})`);
  const text = [...ledgerLines(report).map((line) => `${line.label}: ${line.text}`), ...reasons].map(xmlText).join('\n');
  const outcome = coverage === 'COMPLETE'
    ? xmlElement('system-out', {}, [text])
    : xmlElement('error', { type: coverage, message: `${headline}. ${explanation}` }, [text]);
  return `\n${xmlElement('testcase', { classname: 'watchward', name: 'coverage', time: '0' }, [outcome])}`;
}

function findingCase(finding: Finding, { run }: Report): string {
  const place = shownPlace(run, finding.location);
  const attributes = {
    classname: finding.rule,
    name: clip(`${finding.title} at ${place}`, 1_000),
    file: repositoryPath(run, finding.location.path),
    line: finding.location.region.startLine,
    time: '0',
  };
  return `\n${xmlElement('testcase', attributes, [outcomeOf(finding, run.threshold, place)])}`;
}

function outcomeOf(finding: Finding, threshold: Report['run']['threshold'], place: string): string {
  const state = findingState(finding, threshold);
  if (state !== 'open') {
    const message = state === 'existing' ? 'known from the baseline' : `suppressed: ${finding.suppression?.reason ?? ''}`;
    return xmlElement('skipped', { message: clip(message, 1_000) });
  }
  const text = [
    finding.message, finding.consequence, `place: ${place}`, `risk: ${finding.risk.score}`,
    ...finding.evidence.map(({ detail }) => `why: ${detail}`), `fix: ${finding.fix?.title ?? finding.remediation}`,
  ];
  return xmlElement('failure', { type: finding.severity, message: clip(finding.message, 1_000) }, [text.map(xmlText).join('\n')]);
}
