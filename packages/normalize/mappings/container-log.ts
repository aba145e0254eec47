import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { withInnerJson } from '../inner-json.ts';
import { asObject, objectAt, textAt, timeOf } from '../json-fields.ts';
import { named, withNames } from '../parts.ts';

/** A line of a container's log file as Kubernetes' runtimes write it (CRI): time, stream, whether it is whole, text. */
const line = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) (stdout|stderr) [FP] (.*)$/s;

/** What containers write, wrapped by the runtime or a shipper of logs: Docker, CRI, Fluent Bit, Filebeat, Vector. What it carries is tried first. */
export default defineMapping({
  id: 'container-log',
  title: 'Container log line',
  logsource: { product: 'container', service: 'log', category: 'application' },
  hint: { text: '12', keys: ['log', 'message'] },
  accepts: (value) => textIn(value) !== undefined,
  map({ value }) {
    const record = typeof value === 'string' ? { message: value } : asObject(value);
    const text = textIn(value);
    if (record === undefined || text === undefined) return undefined;
    const pod = objectAt(record, 'kubernetes');
    const name = textAt(pod, 'container_name') ?? textAt(pod, 'container', 'name') ?? textAt(record, 'container', 'name') ?? textAt(record, 'container_name');
    return buildEvent({
      class: ocsfClasses.baseEvent, activity: 0, severity: 'informational', time: timeIn(value),
      metadata: {
        product: { name: name ?? 'unknown', vendor_name: 'unknown' }, log_name: 'container', log_source: textAt(record, 'stream') ?? textAt(record, 'log', 'file', 'path'),
        tags: named([{ name: 'pod', value: textAt(pod, 'pod_name') ?? textAt(pod, 'pod', 'name') }, { name: 'namespace', value: textAt(pod, 'namespace_name') ?? textAt(pod, 'namespace') }]).filter(({ value: held }) => held !== undefined),
      },
      attributes: { message: text, ...(typeof value === 'string' ? { raw_data: value } : {}), unmapped: withNames(record, { message: text }) },
    });
  },
  inner({ value }) {
    const inner = withInnerJson(textIn(value));
    return inner === undefined ? undefined : { value: inner, time: timeIn(value) };
  },
});

/** A record with `message` alone may be anything: the shipper must have signed it. */
function textIn(value: unknown): string | undefined {
  if (typeof value === 'string') return line.exec(value)?.[3];
  const record = asObject(value);
  if (record === undefined) return undefined;
  const log = record.log;
  const isShipped = record.stream !== undefined || record.kubernetes !== undefined || record.container_id !== undefined || isSigned(record);
  return isShipped ? (typeof log === 'string' ? log.trimEnd() : textAt(record, 'message')) : undefined;
}

function isSigned(record: object): boolean {
  const shipper = textAt(record, 'agent', 'type') ?? textAt(record, 'source_type');
  return shipper === 'filebeat' || shipper === 'file' || shipper === 'docker_logs' || shipper === 'kubernetes_logs';
}

function timeIn(value: unknown): number {
  if (typeof value === 'string') return timeOf(line.exec(value)?.[1]) ?? 0;
  const record = asObject(value);
  return timeOf(record?.time) ?? timeOf(record?.['@timestamp']) ?? timeOf(record?.timestamp) ?? timeOf(record?.date) ?? 0;
}
