import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { asObject, textAt, timeOf } from '../json-fields.ts';

const timeKeys = ['@timestamp', 'timestamp', 'time', 'eventTime', 'event_time', 'created_at', 'UtcTime', 'ts', '_time'];
const idKeys = ['_document_id', 'eventID', 'event_id', 'uuid', 'id', '_id'];

/** Any JSON object. Says nothing about its source, so that rules of every logsource that ask something of fields are tried on it. */
export default defineMapping({
  id: 'generic-json',
  title: 'JSON of unknown origin',
  logsource: {},
  accepts: (value) => asObject(value) !== undefined,
  map({ value, source }) {
    const record = asObject(value);
    if (record === undefined) return undefined;
    const time = timeKeys.map((key) => timeOf(record[key])).find((found) => found !== undefined);
    return buildEvent({
      class: ocsfClasses.baseEvent,
      activity: 0,
      severity: 'informational',
      // The stream gives events without a time of their own that of the event before.
      time: time ?? 0,
      metadata: {
        product: { name: 'unknown', vendor_name: 'unknown' },
        log_source: source,
        uid: idKeys.map((key) => textAt(record, key)).find((found) => found !== undefined),
      },
      attributes: { message: textAt(record, 'message'), unmapped: record },
    });
  },
});
