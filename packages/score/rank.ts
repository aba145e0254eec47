import type { Finding } from '#model/finding.ts';
import { severities } from '#model/severity.ts';

/** Worst first; ties by severity, path, place and rule, so that the order depends on nothing but the findings. */
export function rank(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(compareRank);
}

function compareRank(a: Finding, b: Finding): number {
  return (
    b.risk.score - a.risk.score ||
    severities.indexOf(b.severity) - severities.indexOf(a.severity) ||
    compareText(a.location.path, b.location.path) ||
    a.location.region.startLine - b.location.region.startLine ||
    a.location.region.startColumn - b.location.region.startColumn ||
    compareText(a.rule, b.rule)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
