import { buildEvent } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { asObject, fieldAt, textAt } from '../json-fields.ts';
import { withNames } from '../parts.ts';
import { eveAttributes, eveKind, eveNames, eveSeverity, eveTime } from '../suricata.ts';

const categories: ReadonlyMap<string, string> = new Map([['dns', 'dns'], ['flow', 'firewall'], ['netflow', 'firewall'], ['drop', 'firewall']]);

/** Suricata's EVE log: alerts, flows, HTTP, DNS, TLS, SSH and the rest. */
export default defineMapping({
  id: 'suricata-eve',
  title: 'Suricata EVE',
  logsource: { product: 'suricata' },
  hint: { keys: ['event_type'] },
  accepts: (value) => textAt(value, 'event_type') !== undefined && (fieldAt(value, 'flow_id') !== undefined || fieldAt(value, 'src_ip') !== undefined) && eveTime(asObject(value)) !== undefined,
  map({ value }) {
    const record = asObject(value);
    const time = eveTime(record);
    const type = textAt(record, 'event_type');
    if (record === undefined || time === undefined || type === undefined) return undefined;
    const kind = eveKind(type, record);
    return buildEvent({
      ...kind,
      activityName: type,
      severity: eveSeverity(record),
      time,
      metadata: { product: { name: 'Suricata', vendor_name: 'OISF' }, log_name: 'eve', event_code: type, correlation_uid: textAt(record, 'flow_id') },
      attributes: { ...eveAttributes(type, record, kind), unmapped: withNames(record, eveNames(record)) },
    });
  },
  /** Each type of event is a service; DNS and flows are of a category too, HTTP of both that there are. */
  glance({ value }) {
    const record = asObject(value);
    const time = eveTime(record);
    const type = textAt(record, 'event_type');
    if (record === undefined || time === undefined || type === undefined) return undefined;
    const category = categories.get(type);
    const logsource = { product: 'suricata', service: type, ...(category === undefined ? {} : { category }) };
    return { logsource, time, record: withNames(record, eveNames(record)) };
  },
});
