import { defineStreamCases } from '#model/stream-cases.ts';

const alert = { class_uid: 2004, severity_id: 4, finding_info: { title: 'Outbound connection to a mining pool', uid: 'a-1', attacks: [{ technique: { uid: 'T1496' }, tactic: { name: 'Impact' } }] }, src_endpoint: { ip: '192.0.2.7' } };

export default defineStreamCases({
  fires: [
    { name: 'an alert of Suricata', observations: [{ logsource: { product: 'suricata' }, event: alert }] },
    { name: 'two alerts of Falco', observations: [{ logsource: { product: 'falco' }, event: alert }, { logsource: { product: 'falco' }, event: { ...alert, severity_id: 9 } }], signals: 2 },
  ],
  silent: [
    { name: 'a flow that Suricata logs', observations: [{ logsource: { product: 'suricata' }, event: { class_uid: 4001, severity_id: 1 } }] },
    { name: 'a finding of a product whose findings have rules of their own', observations: [{ logsource: { product: 'aws', service: 'guardduty' }, event: alert }] },
  ],
});
