import type { Evidence, Finding } from '#model/finding.ts';
import type { Incident } from '#model/incident.ts';
import { assessRisk } from '#score/risk.ts';

/** An incident that raises the findings on its code: what a person would act on. */
const leastRisk = 35;

/** The evidence that open incidents are for every finding in a repository; empty where there is none. */
export function incidentEvidenceFor(repository: string | undefined, incidents: readonly Incident[]): Evidence[] {
  const touching = incidents.filter(({ entities, risk }) => risk.score >= leastRisk && entities.some(({ kind, name }) => kind === 'repository' && name === repository));
  const worst = touching.toSorted((a, b) => b.risk.score - a.risk.score || (a.id < b.id ? -1 : 1))[0];
  return worst === undefined ? [] : [{ factor: 'incident.open', detail: `open incident ${worst.id} on this repository` }];
}

/** Findings on code that is under attack are likelier to be used. */
export function raiseByIncidents(findings: readonly Finding[], evidence: readonly Evidence[]): Finding[] {
  if (evidence.length === 0) return [...findings];
  return findings.map((finding) => {
    const all = [...finding.evidence, ...evidence];
    return { ...finding, evidence: all, risk: assessRisk(finding.severity, finding.confidence, all) };
  });
}
