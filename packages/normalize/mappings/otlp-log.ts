import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import type { Severity } from '#model/severity.ts';
import { defineMapping } from '#model/unit.ts';
import { withInnerJson } from '../inner-json.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, fieldAt, objectAt, textAt, timeOf } from '../json-fields.ts';
import { numberAt, withNames } from '../parts.ts';

/** Ranges of `SeverityNumber` in OpenTelemetry's data model of logs: 1 to 24 in steps of four. */
const severities: readonly Severity[] = ['informational', 'informational', 'informational', 'informational', 'medium', 'high', 'critical'];

/** Log records of OpenTelemetry. A collector may carry any log as the body: that one is tried first. */
export default defineMapping({
  id: 'otlp-log',
  title: 'OpenTelemetry log record',
  logsource: { product: 'opentelemetry', service: 'log', category: 'application' },
  hint: { keys: ['otlp'] },
  accepts: (value) => objectAt(value, 'otlp') !== undefined && (fieldAt(value, 'body') !== undefined || fieldAt(value, 'attributes') !== undefined),
  map({ value }) {
    const record = asObject(value);
    if (record === undefined) return undefined;
    const product = textAt(record, 'otlp', 'resource', 'service.name') ?? 'unknown';
    const body = fieldAt(record, 'body');
    return buildEvent({
      class: ocsfClasses.baseEvent,
      activity: 0,
      severity: severityOf(record),
      time: timeIn(record),
      metadata: {
        product: { name: product, vendor_name: 'unknown', ...versionOf(record) }, log_name: 'otlp', log_level: textAt(record, 'severityText'), log_provider: textAt(record, 'otlp', 'scope'),
        correlation_uid: textAt(record, 'traceId'), event_code: textAt(record, 'attributes', 'event.name'),
      },
      attributes: { message: typeof body === 'string' ? body : undefined, unmapped: namesOf(record) },
    });
  },
  inner({ value }) {
    const body = withInnerJson(fieldAt(value, 'body'));
    return body === undefined ? undefined : { value: body, time: timeIn(asObject(value) ?? {}) };
  },
});

function severityOf(record: JsonObject): Severity {
  const number = numberAt(record, 'severityNumber') ?? 0;
  return number >= 1 && number <= 24 ? (severities[Math.ceil(number / 4)] ?? 'informational') : 'informational';
}

/** Times are counts of nanoseconds, as numbers or as texts. */
function timeIn(record: JsonObject): number {
  return timeOf(record.timeUnixNano) ?? timeOf(record.observedTimeUnixNano) ?? 0;
}

function versionOf(record: JsonObject): { readonly version?: string } {
  const version = textAt(record, 'otlp', 'resource', 'service.version');
  return version === undefined ? {} : { version };
}

/** Rules may name attributes of the record, members of its body, and attributes of the resource, in this order. */
function namesOf(record: JsonObject): JsonObject {
  const body = objectAt(record, 'body') ?? {};
  const message = textAt(record, 'body');
  return withNames(record, { ...clean(objectAt(record, 'otlp', 'resource') ?? {}), ...clean(body), ...clean(objectAt(record, 'attributes') ?? {}), message: message ?? textAt(body, 'message') });
}

function clean(names: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(names).filter(([name]) => name !== '__proto__').slice(0, 256));
}
