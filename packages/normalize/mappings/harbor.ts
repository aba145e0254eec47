import { buildEvent, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, listAt, objectAt, textAt, timeOf } from '../json-fields.ts';
import { apiVerb, endpointOf, named, userOf, withNames } from '../parts.ts';

/** Harbor: deliveries of its webhooks, and entries of its audit log. */
export default defineMapping({
  id: 'harbor',
  title: 'Harbor registry',
  logsource: { product: 'harbor', service: 'audit' },
  hint: { keys: ['event_data', 'op_time'] },
  accepts: (value) => read(value) !== undefined,
  map({ value }) {
    const record = asObject(value);
    const entry = read(value);
    if (record === undefined || entry === undefined) return undefined;
    const { operation, failed } = entry;
    return buildEvent({
      ...apiVerb(operation), activityName: operation, severity: /^SCANNING_FAILED$|QUOTA_EXCEED/.test(operation) ? 'low' : 'informational', time: entry.time,
      metadata: { product: { name: 'Harbor', vendor_name: 'CNCF' }, uid: textAt(record, 'id'), log_name: 'audit', event_code: operation },
      attributes: {
        ...statusOf(failed ? 'failure' : 'success'),
        actor: { user: userOf(entry.user) },
        src_endpoint: endpointOf(textAt(record, 'client_ip')),
        api: { operation, service: { name: 'Harbor' } },
        resources: named([{ name: entry.resource, uid: entry.digest, type: entry.kind }]),
        unmapped: withNames(record, { action: operation, user: entry.user, resource: entry.resource, digest: entry.digest }),
      },
    });
  },
});

interface Entry {
  readonly time: number;
  readonly operation: string;
  readonly user: string | undefined;
  readonly resource: string | undefined;
  readonly digest: string | undefined;
  readonly kind: string | undefined;
  readonly failed: boolean;
}

function read(value: unknown): Entry | undefined {
  return objectAt(value, 'event_data') === undefined ? fromAudit(value) : fromWebhook(value);
}

function fromAudit(value: unknown): Entry | undefined {
  const time = timeOf(textAt(value, 'op_time'));
  const operation = textAt(value, 'operation');
  if (time === undefined || operation === undefined) return undefined;
  const kind = textAt(value, 'resource_type');
  return { time, operation: kind === undefined ? operation : `${operation}_${kind}`, user: textAt(value, 'username'), resource: textAt(value, 'resource'), digest: undefined, kind, failed: asObject(value)?.operation_result === false };
}

function fromWebhook(value: unknown): Entry | undefined {
  const data: JsonObject = objectAt(value, 'event_data') ?? {};
  const operation = textAt(value, 'type');
  const time = timeOf(asObject(value)?.occur_at);
  const artifact = listAt(data, 'resources')[0];
  if (operation === undefined || time === undefined) return undefined;
  return {
    time, operation, user: textAt(value, 'operator'), resource: textAt(artifact, 'resource_url') ?? textAt(data, 'repository', 'repo_full_name'), digest: textAt(artifact, 'digest'), kind: 'artifact', failed: /FAILED|EXCEED/.test(operation),
  };
}
