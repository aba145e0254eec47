import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { asObject, objectAt, textAt, timeOf } from '../json-fields.ts';
import type { JsonObject } from '../json-fields.ts';
import { withNames } from '../parts.ts';
import { hostDevice } from '../programs/program.ts';

const logsource = { product: 'metrics', service: 'sample' };

/** Samples of metrics: of OpenTelemetry, of a Prometheus scrape, of remote write. OCSF has no class for them. */
export default defineMapping({
  id: 'metric',
  title: 'Sample of a metric',
  logsource,
  hint: { keys: ['metric'] },
  accepts: (value) => textAt(value, 'metric', 'name') !== undefined && typeof objectAt(value, 'metric')?.value === 'number',
  map({ value }) {
    const record = asObject(value);
    const metric = objectAt(value, 'metric');
    const name = textAt(metric, 'name');
    if (record === undefined || metric === undefined || name === undefined) return undefined;
    return buildEvent({
      class: ocsfClasses.baseEvent, activity: 0, severity: 'informational', time: timeOf(metric.time) ?? 0,
      metadata: { product: { name: textAt(metric, 'labels', 'job') ?? textAt(metric, 'labels', 'service.name') ?? 'unknown', vendor_name: 'unknown' }, log_name: 'metric', event_code: name, log_format: textAt(metric, 'type') },
      attributes: { device: deviceOf(objectAt(metric, 'labels')), message: `${name} is ${String(metric.value)}`, unmapped: namesOf(record) },
    });
  },
  glance({ value }) {
    const record = asObject(value);
    if (record === undefined) return undefined;
    return { logsource, time: timeOf(objectAt(record, 'metric')?.time) ?? 0, record: namesOf(record) };
  },
});

/** The first of these labels that is there names a machine; Prometheus names it with its port. */
const hosts: readonly string[] = ['host.name', 'nodename', 'hostname', 'host', 'node', 'instance'];

function deviceOf(labels: JsonObject | undefined): JsonObject | undefined {
  const host = hosts.flatMap((label) => textAt(labels, label) ?? [])[0]?.replace(/:\d{1,5}$/, '');
  return host === undefined || host === '' ? undefined : hostDevice(host);
}

/** `name`, `value` and the labels stand for themselves. */
function namesOf(record: object): object {
  const metric = objectAt(record, 'metric') ?? {};
  const labels = Object.fromEntries(Object.entries(objectAt(metric, 'labels') ?? {}).filter(([name]) => name !== '__proto__').slice(0, 128));
  return withNames(asObject(record) ?? {}, { ...labels, name: metric.name, value: metric.value });
}
