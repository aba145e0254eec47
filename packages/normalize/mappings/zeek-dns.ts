import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { connectionOf } from '../flow.ts';
import { listAt, textAt } from '../json-fields.ts';
import { numberAt } from '../parts.ts';
import { isZeek, zeekEntry } from '../zeek-entry.ts';
import type { ZeekEntry } from '../zeek-entry.ts';

const logsource = { product: 'zeek', service: 'dns', category: 'dns' };

/** Zeek's `dns.log` as JSON. */
export default defineMapping({
  id: 'zeek-dns',
  title: 'Zeek DNS log',
  logsource,
  hint: { keys: ['id.orig_h'] },
  accepts: (value) => isZeek(value, 'query', 'trans_id'),
  map({ value }) {
    const entry = entryOf(value);
    const hostname = textAt(value, 'query');
    if (entry === undefined || hostname === undefined) return undefined;
    const rcode = numberAt(value, 'rcode');
    const known = rcode !== undefined && ((rcode >= 0 && rcode <= 11) || (rcode >= 16 && rcode <= 23));
    const answers = listAt(value, 'answers').filter((answer) => typeof answer === 'string').slice(0, 100);
    return buildEvent({
      class: ocsfClasses.dnsActivity,
      activity: rcode === undefined ? 1 : 6,
      severity: 'informational',
      time: entry.time,
      metadata: entry.metadata,
      attributes: {
        ...statusOf(rcode === undefined ? 'unknown' : rcode === 0 ? 'success' : 'failure'),
        query: { hostname, type: textAt(value, 'qtype_name'), class: textAt(value, 'qclass_name'), packet_uid: numberAt(value, 'trans_id') },
        answers: answers.map((rdata) => ({ rdata })),
        rcode: textAt(value, 'rcode_name'),
        rcode_id: rcode === undefined ? undefined : known ? rcode : 99,
        connection_info: connectionOf(textAt(value, 'proto')),
        ...entry.attributes,
      },
    });
  },
  glance({ value }) {
    const entry = textAt(value, 'query') === undefined ? undefined : entryOf(value);
    return entry === undefined ? undefined : { logsource, time: entry.time, record: entry.attributes.unmapped };
  },
});

function entryOf(value: unknown): ZeekEntry | undefined {
  return zeekEntry(value, 'dns', { record_type: textAt(value, 'qtype_name') });
}
