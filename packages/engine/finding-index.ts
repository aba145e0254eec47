import { decodeReportFacts } from '#formats/report-facts.ts';
import { EngineError } from './errors.ts';
import type { FindingIndex } from './incident-desk.ts';
import { readJsonFile } from './json-file.ts';

/** Most findings of one report that incidents refer to; the worst stand first in it. */
const mostFindings = 1_000;
/** What an incident on the same code is made likelier by: risks that a person would act on. */
const leastRisk = 10;

/** The open findings of a scan's JSON report by the repository that it was of. Throws EngineError. */
export function findingIndex(path: string): FindingIndex {
  const report = decoded(path);
  const { repository } = report.run;
  if (repository === undefined) throw new EngineError('report-unusable', `${path} does not say which repository it is of: scan a clone whose remote is named 'origin'`);
  const open = report.findings.filter(({ suppression, baseline, risk }) => suppression === undefined && baseline !== 'existing' && risk.score >= leastRisk);
  return new Map([[repository, open.slice(0, mostFindings).map(({ fingerprint }) => fingerprint)]]);
}

function decoded(path: string): ReturnType<typeof decodeReportFacts> {
  try {
    return decodeReportFacts(readJsonFile(path), path);
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    throw new EngineError('report-unusable', `${path} is no report of a scan: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
