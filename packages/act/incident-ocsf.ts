import { buildEvent, capitalise, confidenceIds, ocsfClasses } from '#formats/ocsf.ts';
import type { Event } from '#model/event.ts';
import type { Incident, IncidentStep, Stage } from '#model/incident.ts';
import type { Severity } from '#model/severity.ts';
import { attacksOf, levelOf } from './ocsf-scales.ts';
import type { Product } from './signal-ocsf.ts';

/** Attributes `impact_id` and `priority_id` share their numbers; there is none below Low. */
const scale = { informational: 1, low: 1, medium: 2, high: 3, critical: 4 } as const satisfies Record<Severity, number>;
const captions = ['Unknown', 'Low', 'Medium', 'High', 'Critical'] as const;

/** An incident as an OCSF Incident Finding (class 2005). `revision` is 1 when it is told of for the first time. */
export function toIncidentFinding(incident: Incident, revision: number, product: Product): Event {
  const level = levelOf(incident.risk.score);
  const impact = scale[levelOf(incident.risk.impact * 100)];
  return buildEvent({
    class: ocsfClasses.incidentFinding,
    activity: revision === 1 ? 1 : 2,
    severity: incident.severity,
    time: incident.last,
    metadata: {
      // The same incident has another uid at each revision; what stays is `correlation_uid`.
      uid: `${incident.id}/${revision}`,
      correlation_uid: incident.id,
      product: { name: product.name, vendor_name: 'Watchward', version: product.version },
      profiles: ['incident'],
    },
    attributes: {
      message: incident.title,
      desc: incident.story,
      status_id: 1,
      status: 'New',
      // The class wants one of the two; nobody has taken it yet.
      assignee_group: { name: 'unassigned' },
      confidence_id: confidenceIds[incident.confidence],
      confidence: capitalise(incident.confidence),
      impact_id: impact,
      impact: captions[impact],
      impact_score: Math.round(incident.risk.impact * 100),
      priority_id: scale[level],
      priority: captions[scale[level]],
      start_time: incident.first,
      end_time: incident.last,
      attacks: attacksOf(incident.techniques, incident.stages),
      finding_info_list: incident.steps.map((step, index) => stepInfo(incident.id, step, index)),
      unmapped: {
        state: incident.state, revision, risk: incident.risk, signals: incident.signals, omitted: incident.omitted,
        entities: incident.entities, findings: incident.findings,
      },
    },
  });
}

function stepInfo(incident: string, step: IncidentStep, index: number): object {
  return {
    uid: `${incident}/step/${index + 1}`,
    title: step.title,
    desc: step.message,
    created_time: step.first,
    first_seen_time: step.first,
    last_seen_time: step.last,
    analytic: { uid: step.rule, name: step.title, type_id: 1, type: 'Rule' },
    attacks: attacksOf(step.techniques, step.stages satisfies readonly Stage[]),
    related_events_count: step.count,
  };
}
