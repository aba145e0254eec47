import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import type { Severity } from '#model/severity.ts';
import { defineMapping } from '#model/unit.ts';
import { asObject, listAt, objectAt, textAt, timeOf } from '../json-fields.ts';
import { endpointOf, isAddress, named, numberAt, userOf, withNames } from '../parts.ts';

/** Alerts of Wazuh (`alerts.json`, its API and its index). Levels run from 0 to 15. */
export default defineMapping({
  id: 'wazuh',
  title: 'Wazuh alerts',
  logsource: { product: 'wazuh', service: 'alerts' },
  hint: { keys: ['rule'] },
  accepts: (value) => numberAt(value, 'rule', 'level') !== undefined && textAt(value, 'rule', 'id') !== undefined && (objectAt(value, 'manager') ?? objectAt(value, 'agent')) !== undefined,
  map({ value }) {
    const record = asObject(value);
    const time = timeOf(record?.timestamp) ?? timeOf(record?.['@timestamp']);
    const id = textAt(record, 'rule', 'id');
    if (record === undefined || time === undefined || id === undefined) return undefined;
    const title = textAt(record, 'rule', 'description') ?? `Rule ${id}`;
    const agent = textAt(record, 'agent', 'name');
    // What it takes over from Suricata keeps the names that Suricata gives.
    const [from, user] = [textAt(record, 'data', 'srcip') ?? textAt(record, 'data', 'src_ip'), textAt(record, 'data', 'dstuser') ?? textAt(record, 'data', 'srcuser')];
    const file = textAt(record, 'syscheck', 'path');
    return buildEvent({
      class: ocsfClasses.detectionFinding, activity: 1, severity: severityOf(numberAt(record, 'rule', 'level') ?? 0), time,
      metadata: { product: { name: 'Wazuh', vendor_name: 'Wazuh' }, uid: textAt(record, 'id'), log_name: 'alerts', event_code: id, log_source: textAt(record, 'location'), profiles: ['host'] },
      attributes: {
        message: title,
        count: numberAt(record, 'rule', 'firedtimes'),
        finding_info: {
          uid: textAt(record, 'id') ?? id, title, desc: textAt(record, 'full_log'), types: textsIn(value, 'rule', 'groups'), analytic: { uid: id, name: title, type: 'Rule', type_id: 1 },
          attacks: [...textsIn(value, 'rule', 'mitre', 'id').map((technique) => ({ technique: { uid: technique } })), ...textsIn(value, 'rule', 'mitre', 'tactic').map((tactic) => ({ tactic: { name: tactic } }))],
        },
        device: agent === undefined ? undefined : { hostname: agent, ip: addressOf(textAt(record, 'agent', 'ip')), type_id: 0 },
        resources: named([{ name: agent, uid: textAt(record, 'agent', 'id'), ip: addressOf(textAt(record, 'agent', 'ip')), type: 'Agent' }]),
        evidences: [{ src_endpoint: from === undefined ? undefined : endpointOf(from), actor: user === undefined ? undefined : { user: userOf(user) }, file: file === undefined ? undefined : { name: file.split('/').at(-1) || file, path: file, type_id: 0 } }],
        unmapped: withNames(record, { message: textAt(record, 'full_log'), src_ip: from }),
      },
    });
  },
});

/** Wazuh's own bands of levels ("Rules classification"): 12 and more are of high importance, 15 are severe attacks. */
function severityOf(level: number): Severity {
  if (level >= 15) return 'critical';
  if (level >= 12) return 'high';
  if (level >= 7) return 'medium';
  return level >= 4 ? 'low' : 'informational';
}

function textsIn(value: unknown, ...path: readonly string[]): readonly string[] {
  return listAt(value, ...path).filter((item) => typeof item === 'string').slice(0, 50);
}

function addressOf(text: string | undefined): string | undefined {
  return text !== undefined && isAddress(text) ? text : undefined;
}
