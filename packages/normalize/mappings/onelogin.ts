import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import type { OcsfClass } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { asObject, fieldAt, textAt, timeOf } from '../json-fields.ts';
import { endpointOf, named, numberAt, targetAttributes, userOf } from '../parts.ts';
import type { Classification } from '../parts.ts';

const { accountChange, apiActivity, authentication, userAccess } = ocsfClasses;

type Row = readonly [id: number, name: string, class_: OcsfClass, activity: number];

/**
 * Event types of OneLogin that have a class or an outcome of their own; others are API Activity under their number. `GET /api/1/events/types`
 * of an account lists them all; here are those that public material agrees on.
 */
const rows: readonly Row[] = [
  [3, 'User assumed another user', authentication, 7], [4, 'Role assigned', userAccess, 1], [5, 'User logged in', authentication, 1], [6, 'User failed login', authentication, 1],
  [7, 'User logged out', authentication, 2], [8, 'User logged in to app', authentication, 1], [11, 'User password changed', accountChange, 3], [12, 'User unlocked', accountChange, 12],
  [13, 'User created', accountChange, 1], [15, 'User deactivated', accountChange, 5], [16, 'User activated', accountChange, 2], [17, 'User deleted', accountChange, 6],
  [19, 'User locked', accountChange, 9], [24, 'OTP device removed', accountChange, 11], [72, 'Privilege granted', userAccess, 1], [90, 'User failed access to app', authentication, 1], [172, 'Authentication factor removed', accountChange, 11],
  [531, 'User locked by API', accountChange, 9], [532, 'User locked by API', accountChange, 9], [551, 'User suspended by API', accountChange, 5], [553, 'User locked by API', accountChange, 9],
];

const types: ReadonlyMap<number, Row> = new Map(rows.map((row) => [row[0], row]));

/** OneLogin events, from the API or a webhook. */
export default defineMapping({
  id: 'onelogin',
  title: 'OneLogin events',
  logsource: { product: 'onelogin', service: 'onelogin.events' },
  hint: { keys: ['event_type_id'] },
  accepts: (value) => numberAt(value, 'event_type_id') !== undefined && timeIn(value) !== undefined && (fieldAt(value, 'account_id') !== undefined || fieldAt(value, 'actor_user_id') !== undefined),
  map({ value }) {
    const record = asObject(value);
    const time = timeIn(value);
    const type = numberAt(value, 'event_type_id');
    if (record === undefined || time === undefined || type === undefined) return undefined;
    const row = types.get(type);
    const kind: Classification = { class: row?.[2] ?? apiActivity, activity: row?.[3] ?? 99 };
    const name = row?.[1] ?? `Event type ${type}`;
    const error = textAt(record, 'error_description');
    const role = textAt(record, 'role_name') ?? textAt(record, 'privilege_name');
    const app = textAt(record, 'app_name');
    return buildEvent({
      ...kind,
      activityName: name,
      severity: 'informational',
      time,
      metadata: { product: { name: 'OneLogin', vendor_name: 'One Identity' }, uid: textAt(record, 'uuid') ?? textAt(record, 'id'), log_name: 'events', event_code: String(type), tenant_uid: textAt(record, 'account_id'), profiles: ['cloud'] },
      attributes: {
        ...statusOf(error !== undefined || /failed/.test(name) ? 'failure' : 'success'),
        status_detail: error,
        message: textAt(record, 'custom_message') ?? textAt(record, 'notes'),
        actor: { user: userOf(textAt(record, 'actor_user_name') ?? textAt(record, 'user_name'), textAt(record, 'actor_user_id') ?? textAt(record, 'user_id')), app_name: textAt(record, 'client_id') },
        src_endpoint: endpointOf(textAt(record, 'ipaddr')),
        api: { operation: name, service: { name: 'OneLogin' } },
        cloud: { provider: 'OneLogin' },
        ...targetAttributes(kind, {
          user: userOf(textAt(record, 'user_name'), textAt(record, 'user_id')), privileges: role === undefined ? undefined : [role], service: app ?? 'OneLogin',
          resources: named([{ name: app, uid: textAt(record, 'app_id'), type: 'App' }, { name: role, uid: textAt(record, 'role_id'), type: 'Role' }, { name: textAt(record, 'policy_name'), uid: textAt(record, 'policy_id'), type: 'Policy' }]),
        }),
        unmapped: record,
      },
    });
  },
});

function timeIn(value: unknown): number | undefined {
  const written = textAt(value, 'event_timestamp') ?? textAt(value, 'created_at');
  return timeOf(written?.replace(/ UTC$/, 'Z').replace(/^(\S+) (\S+)$/, '$1T$2'));
}
