import type { Evidence } from '#model/finding.ts';
import type { IncidentStep, Stage } from '#model/incident.ts';
import { atLeast, severities } from '#model/severity.ts';
import type { Oddity } from './open-incident.ts';
import { stagesWalked } from './stages.ts';
import { stageName } from './story.ts';

/** Outbreaks a day at such a place, from which on one is called rare. */
const rarePerDay = 0.5;
const veryRarePerDay = 0.1;

interface Facts {
  readonly steps: readonly IncidentStep[];
  readonly causal: boolean;
  readonly failed: boolean;
  readonly privileged: boolean;
  readonly findings: readonly string[];
  readonly oddest: Oddity | undefined;
}

/** What makes an incident likelier or graver than its worst step alone; factors of `packages/score/factors.ts`. */
export function incidentEvidence({ steps, causal, failed, privileged, findings, oddest }: Facts): Evidence[] {
  const evidence: Evidence[] = [];
  // Stages of steps that nobody would call an attack by themselves do not make one together.
  const telling = steps.filter((step) => atLeast(severities, step.severity, 'low'));
  const walked = stagesWalked(telling);
  if (walked.length >= 2) evidence.push({ factor: `incident.stages.${Math.min(4, walked.length)}`, detail: `goes through ${walkText(walked)}` });
  const kinds = new Set(steps.filter((step) => atLeast(severities, step.severity, 'medium')).map((step) => step.rule)).size;
  if (kinds >= 3) evidence.push({ factor: 'incident.rules', detail: `${kinds} different rules of medium severity or worse agree` });
  if (causal) evidence.push({ factor: 'incident.causal', detail: 'a later step uses what an earlier one made' });
  if (findings.length > 0) evidence.push({ factor: 'incident.finding', detail: `${findings.length} open findings on the same code` });
  if (failed) evidence.push({ factor: 'event.outcome.failure', detail: 'every attempt failed' });
  if (privileged) evidence.push({ factor: 'event.privileged', detail: 'done by an administrator' });
  if (telling.some((step) => step.stages.includes('exfiltration') || step.stages.includes('impact'))) evidence.push({ factor: 'incident.harm', detail: 'reached the stage at which harm is done' });
  if (oddest !== undefined && oddest.perDay <= rarePerDay) evidence.push({ factor: oddest.perDay <= veryRarePerDay ? 'incident.very-rare' : 'incident.rare', detail: oddest.detail });
  return evidence;
}

function walkText(walked: readonly Stage[]): string {
  const names = walked.map(stageName);
  return names.length <= 4 ? names.join(', ') : `${names.length} stages, ${names[0]} to ${names.at(-1)}`;
}
