import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { connectionOf } from '../flow.ts';
import { fieldAt, textAt } from '../json-fields.ts';
import { isZeek, zeekEntry } from '../zeek-entry.ts';

/** Zeek's `ssl.log` as JSON. */
export default defineMapping({
  id: 'zeek-ssl',
  title: 'Zeek TLS log',
  logsource: { product: 'zeek', service: 'ssl' },
  hint: { keys: ['id.orig_h'] },
  accepts: (value) => isZeek(value, 'established') && (fieldAt(value, 'cipher') !== undefined || fieldAt(value, 'server_name') !== undefined || fieldAt(value, 'version') !== undefined),
  map({ value }) {
    const entry = zeekEntry(value, 'ssl');
    if (entry === undefined) return undefined;
    const established = fieldAt(value, 'established') === true;
    const fingerprint = textAt(value, 'ja3');
    return buildEvent({
      class: ocsfClasses.networkActivity, activity: established ? 1 : 4, severity: 'informational', time: entry.time, metadata: entry.metadata,
      attributes: {
        ...statusOf(established ? 'success' : 'failure'),
        status_detail: textAt(value, 'validation_status') ?? textAt(value, 'last_alert'),
        connection_info: connectionOf('tcp', 'unknown', { uid: textAt(value, 'uid') }),
        // Attribute `algorithm_id` of the fingerprint object: 1 is MD5.
        tls: { version: textAt(value, 'version') ?? 'unknown', cipher: textAt(value, 'cipher'), sni: textAt(value, 'server_name'), ja3_hash: fingerprint === undefined ? undefined : { algorithm_id: 1, value: fingerprint } },
        ...entry.attributes,
      },
    });
  },
});
