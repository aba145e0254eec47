import { createHash } from 'node:crypto';
import { buildEvent, capitalise, confidenceIds, ocsfClasses, riskLevelIds } from '#formats/ocsf.ts';
import type { Event, Signal } from '#model/event.ts';
import { attacksOf, levelOf } from './ocsf-scales.ts';

export interface Product {
  readonly name: string;
  readonly version: string;
}

/** Parts of an event that may be repeated in a finding. The original record stays out: it can hold what was sent. */
const evidenceParts = ['actor', 'api', 'src_endpoint', 'dst_endpoint', 'http_request', 'resources', 'user'] as const;

/** A signal as an OCSF Detection Finding (class 2004). The same signal gives the same finding, uid included. */
export function toDetectionFinding(signal: Signal, product: Product): Event {
  const uid = uidOf(signal);
  const times = signal.events.map((event) => event.time);
  const cloud = signal.events.find((event) => event.cloud !== undefined)?.cloud;
  return buildEvent({
    class: ocsfClasses.detectionFinding,
    activity: 1,
    severity: signal.severity,
    time: signal.time,
    metadata: {
      uid,
      product: { name: product.name, vendor_name: 'Watchward', version: product.version },
      // Profile `cloud`: without it resources have no region.
      profiles: cloud === undefined ? undefined : ['cloud'],
    },
    attributes: {
      message: signal.message,
      status_id: 1,
      status: 'New',
      is_alert: true,
      cloud,
      confidence_id: confidenceIds[signal.confidence],
      confidence: capitalise(signal.confidence),
      ...riskOf(signal),
      start_time: times.length === 0 ? signal.time : Math.min(...times),
      end_time: times.length === 0 ? signal.time : Math.max(...times),
      finding_info: findingInfo(signal, uid),
      evidences: signal.events.map(evidenceOf),
      resources: signal.events.flatMap((event) => (Array.isArray(event.resources) ? event.resources : [])),
      unmapped: { risk: signal.risk, false_positives: signal.falsePositives },
    },
  });
}

function riskOf({ risk }: Signal): object {
  const level = levelOf(risk.score);
  const why = risk.factors.map((factor) => `${factor.name} (${factor.detail})`).join('; ');
  return {
    risk_score: Math.round(risk.score),
    risk_level_id: riskLevelIds[level],
    risk_level: level === 'informational' ? 'Info' : capitalise(level),
    risk_details: why,
  };
}

function findingInfo(signal: Signal, uid: string): object {
  return {
    uid,
    title: signal.title,
    desc: signal.message,
    created_time: signal.time,
    analytic: { uid: signal.rule, name: signal.title, type_id: 1, type: 'Rule' },
    attacks: attacksOf(signal.techniques, signal.tactics),
    src_url: signal.references[0],
    related_events: signal.events.flatMap((event) => {
      const related = event.metadata.uid;
      return related === undefined ? [] : [{ uid: related, type_uid: event.type_uid, type_name: event['type_name'], created_time: event.time }];
    }),
    related_events_count: signal.events.length,
  };
}

function evidenceOf(event: Event): object {
  const parts = Object.fromEntries(evidenceParts.map((name) => [name, event[name]]));
  const data = { class_uid: event.class_uid, time: event.time, log_name: event.metadata.log_name };
  return { ...parts, name: event.class_name, uid: event.metadata.uid, data };
}

/** Identity: the rule, what it calls what it found (a detector may find several things in one event), and the events, by their own ids where they have them. */
function uidOf(signal: Signal): string {
  const hash = createHash('sha256').update(`${signal.rule}\0${signal.title}`);
  for (const event of signal.events) hash.update(`\0${event.metadata.uid ?? JSON.stringify(event.unmapped) ?? ''}\0${event.time}`);
  return hash.digest('hex').slice(0, 32);
}
