import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, fieldAt, textAt, timeOf } from '../json-fields.ts';
import { apiVerb, classifyBy, endpointOf, named, targetAttributes, userOf } from '../parts.ts';
import type { ActivityTable } from '../parts.ts';

const { accountChange, authentication, userAccess } = ocsfClasses;

const activities: ActivityTable = [
  [/signed in|user_signed_in|authenticat|failed.login|login_failed/i, authentication, 1],
  [/user_created|registered|^add.*\buser$/i, accountChange, 1],
  [/user_(?:unblocked|activated)|unblocked user/i, accountChange, 2],
  [/user_password_updated|changed password/i, accountChange, 3],
  [/password_reset/i, accountChange, 4],
  [/user_(?:blocked|banned|deactivated)|blocked user/i, accountChange, 5],
  [/user_destroyed|removed user/i, accountChange, 6],
  [/user_enable_two_factor|enabled two.factor/i, accountChange, 10],
  [/user_disable_two_factor|disabled two.factor/i, accountChange, 11],
  [/member_(?:created|updated)|user_access|^add.*access/i, userAccess, 1],
  [/member_(?:destroyed|expired)|^remove.*access/i, userAccess, 2],
];

/** GitLab audit events: of the REST API, streamed, or `audit_json.log`. */
export default defineMapping({
  id: 'gitlab-audit',
  title: 'GitLab audit events',
  logsource: { product: 'gitlab', service: 'audit' },
  hint: { keys: ['entity_type'] },
  accepts: (value) =>
    fieldAt(value, 'author_id') !== undefined && textAt(value, 'entity_type') !== undefined && fieldAt(value, 'entity_id') !== undefined && timeIn(value) !== undefined,
  map({ value }) {
    const record = asObject(value);
    const time = timeIn(value);
    if (record === undefined || time === undefined) return undefined;
    const operation = operationOf(record);
    const kind = classifyBy(activities, `${operation} ${detailAt(record, 'custom_message') ?? ''}`, apiVerb(operation));
    const failed = detailAt(record, 'failed_login') !== undefined || /fail/i.test(operation);
    const [kindName, name] = [detailAt(record, 'target_type'), detailAt(record, 'target_details')];
    const privilege = detailAt(record, 'as') ?? (detailAt(record, 'change') === 'access_level' || kind.class === userAccess ? detailAt(record, 'to') : undefined);
    return buildEvent({
      ...kind,
      activityName: operation,
      severity: 'informational',
      time,
      metadata: { product: { name: 'GitLab', vendor_name: 'GitLab' }, uid: textAt(record, 'id'), log_name: 'audit', event_code: operation, correlation_uid: textAt(record, 'correlation_id'), profiles: ['cloud'] },
      attributes: {
        ...statusOf(failed ? 'failure' : 'success'),
        message: detailAt(record, 'custom_message'),
        actor: { user: userOf(detailAt(record, 'author_name'), textAt(record, 'author_id'), { email_addr: detailAt(record, 'author_email') }) },
        src_endpoint: endpointOf(detailAt(record, 'ip_address')),
        api: { operation, service: { name: 'GitLab' } },
        cloud: { provider: 'GitLab' },
        ...targetAttributes(kind, {
          user: kindName === undefined || kindName === 'User' ? userOf(name ?? detailAt(record, 'author_name'), detailAt(record, 'target_id')) : userOf(detailAt(record, 'author_name'), textAt(record, 'author_id')),
          privileges: privilege === undefined ? undefined : [privilege],
          resources: named([
            { name: detailAt(record, 'entity_path'), uid: textAt(record, 'entity_id'), type: textAt(record, 'entity_type') },
            { name, uid: detailAt(record, 'target_id'), type: kindName },
          ]),
          service: 'GitLab',
        }),
        unmapped: record,
      },
    });
  },
});

function timeIn(value: unknown): number | undefined {
  return timeOf(fieldAt(value, 'created_at')) ?? timeOf(fieldAt(value, 'time'));
}

/** The API writes these in `details`, the log file and the stream beside them. */
function detailAt(record: JsonObject, key: string): string | undefined {
  return textAt(record, 'details', key) ?? textAt(record, key);
}

/** Events before GitLab 15 have no name, but a word for what was done. */
function operationOf(record: JsonObject): string {
  const own = detailAt(record, 'event_name') ?? textAt(record, 'event_type');
  if (own !== undefined) return own;
  for (const verb of ['add', 'remove', 'change', 'with']) {
    const object = detailAt(record, verb);
    if (object !== undefined) return verb === 'with' ? 'authenticated' : `${verb} ${object}`;
  }
  return detailAt(record, 'failed_login') === undefined ? (detailAt(record, 'custom_message') ?? 'unknown') : 'failed_login';
}
