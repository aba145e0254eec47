import { clip } from '#formats/clip.ts';
import { deedOf } from '#formats/ocsf-deed.ts';
import { memberAt, memberText } from '#formats/ocsf-member.ts';
import { visibleText } from '#formats/visible-text.ts';
import type { Event } from '#model/event.ts';
import { severities } from '#model/severity.ts';
import type { Severity } from '#model/severity.ts';
import { defineStreamDetector } from '#model/stream.ts';
import type { UnscoredSignal } from '#model/stream.ts';

/** Attribute `severity_id` of the base event: 1 to 5, 6 for fatal. */
const severityOf = (id: number): Severity => severities[Math.min(Math.max(id, 1), 5) - 1] ?? 'informational';
const longest = 80;
const mostAttacks = 20;
/** It says where, and not who did what. */
const placeOnly = /^(?:about|in|from|to|on) /;

/** What other products report is a signal like one of our own: it joins incidents. */
export default defineStreamDetector<null>({
  id: 'event/imported-alert',
  title: 'Another product reports an attack',
  severity: 'medium',
  confidence: 'medium',
  consequence: 'Another product saw what it takes for an attack.',
  remediation: 'Read what it reports beside the other steps of the incident.',
  references: ['https://schema.ocsf.io/1.8.0/classes/detection_finding'],
  initial: null,
  wants: ({ logsource }) => products.has(logsource.product ?? '') || logsource.service === 'windefend',
  step(state, { event }) {
    return { state, signals: event.class_uid === 2004 ? [signalOf(event)] : [], diagnostics: [] };
  },
});

/** Products whose events may be alerts; what only logs is not asked, so that its events need not be built. */
const products: ReadonlySet<string> = new Set(['suricata', 'falco', 'wazuh', 'aminer']);

function signalOf(event: Event): UnscoredSignal {
  const named = memberText(event, 'finding_info', 'title') ?? memberText(event, 'message') ?? 'an alert without a name';
  // Some products end the names of their rules like sentences.
  const title = `${event.metadata.product.name} reports: ${visibleText(clip(named.replace(/\.$/, ''), longest))}`;
  const deed = deedOf(event);
  return {
    rule: 'event/imported-alert', title, severity: severityOf(event.severity_id), confidence: 'medium', message: `${title}${deed === '' ? '' : placeOnly.test(deed) ? ` ${deed}` : `: ${deed}`}`, time: event.time,
    ...attackOf(event), evidence: [], events: [event], references: [], falsePositives: [],
  };
}

function attackOf(event: Event): Pick<UnscoredSignal, 'techniques' | 'tactics'> {
  const attacks = memberAt(event, 'finding_info', 'attacks');
  const parts: readonly unknown[] = Array.isArray(attacks) ? attacks.slice(0, mostAttacks) : [];
  return {
    techniques: parts.flatMap((part) => memberText(part, 'sub_technique', 'uid') ?? memberText(part, 'technique', 'uid') ?? []),
    tactics: parts.flatMap((part) => memberText(part, 'tactic', 'name')?.toLowerCase().replaceAll(' ', '-') ?? []),
  };
}
