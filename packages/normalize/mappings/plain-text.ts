import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { timeOf } from '../json-fields.ts';

/** A line of text of which nothing is known: rules see it by their keywords. */
export default defineMapping({
  id: 'plain-text',
  title: 'Text of unknown origin',
  logsource: {},
  hint: { text: true },
  accepts: (value) => typeof value === 'string' && value !== '',
  map({ value, source, sequence }) {
    if (typeof value !== 'string' || value === '') return undefined;
    return buildEvent({
      class: ocsfClasses.baseEvent,
      activity: 0,
      severity: 'informational',
      time: timeOf(/^\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)/.exec(value)?.[1]?.replace(',', '.')) ?? 0,
      metadata: { product: { name: 'unknown', vendor_name: 'unknown' }, log_source: source, sequence },
      attributes: { message: value, raw_data: value, unmapped: { message: value } },
    });
  },
});
