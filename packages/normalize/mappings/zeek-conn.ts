import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { connectionOf, trafficOf } from '../flow.ts';
import { textAt } from '../json-fields.ts';
import { numberAt } from '../parts.ts';
import { isZeek, zeekEntry } from '../zeek-entry.ts';

/** Zeek's connection states: refused, reset, or never answered. */
const activities: ReadonlyMap<string, number> = new Map([['REJ', 5], ['RSTO', 3], ['RSTR', 3], ['RSTOS0', 3], ['RSTRH', 3], ['S0', 4], ['SH', 4], ['SHR', 4]]);

const logsource = { product: 'zeek', service: 'conn', category: 'firewall' };

/** Zeek's `conn.log` as JSON. */
export default defineMapping({
  id: 'zeek-conn',
  title: 'Zeek connection log',
  logsource,
  hint: { keys: ['id.orig_h'] },
  accepts: (value) => isZeek(value, 'conn_state', 'proto'),
  map({ value }) {
    const entry = zeekEntry(value, 'conn');
    if (entry === undefined) return undefined;
    const state = textAt(value, 'conn_state') ?? '';
    const activity = activities.get(state) ?? 6;
    return buildEvent({
      class: ocsfClasses.networkActivity,
      activity,
      severity: 'informational',
      time: entry.time,
      metadata: entry.metadata,
      attributes: {
        ...statusOf(activity === 6 ? 'success' : 'failure'),
        status_code: state,
        app_name: textAt(value, 'service'),
        connection_info: connectionOf(textAt(value, 'proto'), 'unknown', { uid: textAt(value, 'uid'), flag_history: textAt(value, 'history') }),
        traffic: trafficOf({ bytesIn: numberAt(value, 'resp_bytes'), bytesOut: numberAt(value, 'orig_bytes'), packetsIn: numberAt(value, 'resp_pkts'), packetsOut: numberAt(value, 'orig_pkts') }),
        ...entry.attributes,
      },
    });
  },
  glance({ value }) {
    const entry = zeekEntry(value, 'conn');
    return entry === undefined ? undefined : { logsource, time: entry.time, record: entry.attributes.unmapped };
  },
});
