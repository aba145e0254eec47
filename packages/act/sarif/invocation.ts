import { clip } from '#formats/clip.ts';
import { sarifText, type SarifInvocation, type SarifLocation, type SarifNotification } from '#formats/sarif.ts';
import { pathUri } from '#formats/uri.ts';
import { isDegrading, type Diagnostic } from '#model/diagnostic.ts';
import type { Report } from '#model/report.ts';
import { sourceRoot } from './result.ts';
import { lengths } from './scale.ts';

const notificationLimit = 1_000;

/** The run and its coverage ledger; `notices` are what the writer itself has to say, such as a cut. */
export function sarifInvocation(report: Report, notices: readonly string[]): SarifInvocation {
  const { ledger, run } = report;
  const heaviest = [...ledger.diagnostics].sort((a, b) => Number(isDegrading(b)) - Number(isDegrading(a)));
  const left = heaviest.length - notificationLimit;
  const said = left > 0 ? [...notices, `${left} more diagnostics were left out; the JSON report has them all.`] : notices;
  return {
    // §3.20.14: a run that could not look everywhere it should did not succeed.
    executionSuccessful: !ledger.degraded && run.exitCode !== 2,
    exitCode: run.exitCode,
    ...times(run.startedAt, run.seconds),
    toolExecutionNotifications: [
      ...said.map((text): SarifNotification => ({ descriptor: { id: 'output-cut' }, level: 'warning', message: { text } })),
      ...heaviest.slice(0, notificationLimit).map(notification),
    ],
  };
}

function times(startedAt: string, seconds: number): Pick<SarifInvocation, 'startTimeUtc' | 'endTimeUtc'> {
  const start = Date.parse(startedAt);
  if (!Number.isFinite(start + seconds)) return {};
  return { startTimeUtc: new Date(start).toISOString(), endTimeUtc: new Date(start + seconds * 1000).toISOString() };
}

function notification(diagnostic: Diagnostic): SarifNotification {
  const { code, count, line, message, path, rule } = diagnostic;
  const where = path === undefined || path === '' || path.length > lengths.long ? undefined : location(path, line);
  return {
    descriptor: { id: code },
    ...(rule === undefined || rule.length > lengths.short ? {} : { associatedRule: { id: rule.toWellFormed() } }),
    level: isDegrading(diagnostic) ? 'error' : code === 'output-cut' ? 'warning' : 'note',
    message: { text: sarifText(clip(message, lengths.short)) || code },
    ...(where === undefined ? {} : { locations: [where] }),
    ...(count === undefined ? {} : { properties: { count } }),
  };
}

function location(path: string, line: number | undefined): SarifLocation {
  const artifactLocation = { uri: pathUri(path), uriBaseId: sourceRoot };
  return { physicalLocation: line === undefined || line < 1 ? { artifactLocation } : { artifactLocation, region: { startLine: line } } };
}
