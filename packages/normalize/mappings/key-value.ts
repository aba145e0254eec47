import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { severityOfWord } from '../error-line.ts';
import { keyValueLine } from '../key-value-line.ts';
import type { KeyValueLine } from '../key-value-line.ts';
import type { JsonObject } from '../json-fields.ts';
import { programOf } from '../program-of.ts';

/** Lines of `key=value` (logfmt), as many programs in Go and others write them, also within syslog. */
export default defineMapping({
  id: 'key-value',
  title: 'Log of key=value',
  logsource: { service: 'log', category: 'application' },
  general: true,
  hint: { text: true },
  accepts: (value) => keyValueLine(value) !== undefined,
  map({ value, source }) {
    const line = keyValueLine(value);
    if (line === undefined) return undefined;
    const { level, time, fields, app } = line;
    return buildEvent({
      class: ocsfClasses.baseEvent, activity: 0, severity: severityOfWord(level ?? ''), time,
      metadata: { product: { name: app ?? programOf(source), vendor_name: 'unknown' }, log_name: fields.logger ?? fields.component, log_level: level, log_source: source },
      attributes: { message: line.text, raw_data: value, unmapped: recordOf(line, value, source) },
    });
  },
});

function recordOf({ fields, level, text, app, host }: KeyValueLine, message: unknown, source: string): JsonObject {
  return { ...fields, message, text, ...(level === undefined ? {} : { level }), process: app ?? programOf(source), ...(host === undefined ? {} : { host }) };
}
