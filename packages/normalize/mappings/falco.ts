import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import type { Severity } from '#model/severity.ts';
import { defineMapping } from '#model/unit.ts';
import { asObject, fieldAt, listAt, objectAt, textAt, timeOf } from '../json-fields.ts';
import { numberAt, userOf } from '../parts.ts';

const severities: ReadonlyMap<string, Severity> = new Map([
  ['emergency', 'critical'], ['alert', 'critical'], ['critical', 'critical'], ['error', 'high'], ['warning', 'medium'], ['notice', 'low'],
]);

/** Alerts of Falco in its JSON output. */
export default defineMapping({
  id: 'falco',
  title: 'Falco alerts',
  logsource: { product: 'falco', service: 'falco' },
  hint: { keys: ['output_fields'] },
  accepts: (value) => ['rule', 'priority', 'output'].every((key) => typeof fieldAt(value, key) === 'string') && objectAt(value, 'output_fields') !== undefined,
  map({ value }) {
    const record = asObject(value);
    const time = timeOf(record?.time);
    const rule = textAt(record, 'rule');
    const fields = objectAt(record, 'output_fields');
    if (record === undefined || time === undefined || rule === undefined) return undefined;
    const pid = numberAt(fields, 'proc.pid');
    const user = textAt(fields, 'user.name');
    const container = textAt(fields, 'container.id');
    // What a descriptor is open on: a path, or two ends of a connection.
    const file = textAt(fields, 'fd.name')?.match(/^\/.*/s)?.[0];
    const tags = listAt(record, 'tags').filter((tag) => typeof tag === 'string').slice(0, 50);
    return buildEvent({
      class: ocsfClasses.detectionFinding,
      activity: 1,
      severity: severities.get((textAt(record, 'priority') ?? '').toLowerCase()) ?? 'informational',
      time,
      metadata: { product: { name: 'Falco', vendor_name: 'Falco' }, uid: textAt(record, 'uuid'), log_name: 'falco', log_source: textAt(record, 'source'), event_code: rule, original_time: textAt(record, 'time'), profiles: ['host'] },
      attributes: {
        message: textAt(record, 'output'),
        finding_info: { uid: textAt(record, 'uuid') ?? rule, title: rule, desc: textAt(record, 'output'), types: tags, analytic: { name: rule, type: 'Rule', type_id: 1 }, attacks: attacksOf(tags) },
        device: textAt(record, 'hostname') === undefined ? undefined : { hostname: textAt(record, 'hostname'), type_id: 0 },
        resources: [
          ...(container === undefined ? [] : [{ uid: container, name: textAt(fields, 'container.name'), type: 'Container' }]),
          ...(textAt(fields, 'k8s.pod.name') === undefined ? [] : [{ name: textAt(fields, 'k8s.pod.name'), namespace: textAt(fields, 'k8s.ns.name'), type: 'Pod' }]),
        ],
        evidences: [{
          process: pid === undefined ? undefined : { pid, name: textAt(fields, 'proc.name'), cmd_line: textAt(fields, 'proc.cmdline'), user: user === undefined ? undefined : userOf(user) },
          actor: user === undefined ? undefined : { user: userOf(user, textAt(fields, 'user.uid')) },
          file: file === undefined ? undefined : { name: file.split('/').at(-1) || file, path: file, type_id: 0 },
        }],
        unmapped: record,
      },
    });
  },
});

/** Its own rules name ATT&CK in their tags: `T1059.004`, `mitre_privilege_escalation`. */
function attacksOf(tags: readonly unknown[]): readonly object[] | undefined {
  const attacks = tags.flatMap((tag): object[] => {
    const text = String(tag);
    if (/^T\d{4}(?:\.\d{3})?$/i.test(text)) return [{ technique: { uid: text.toUpperCase() } }];
    const tactic = /^mitre_([a-z_]{3,40})$/.exec(text)?.[1];
    return tactic === undefined ? [] : [{ tactic: { name: tactic.split('_').map((word) => word.replace(/^./, (letter) => letter.toUpperCase())).join(' ') } }];
  });
  return attacks.length === 0 ? undefined : attacks;
}
