import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import type { Severity } from '#model/severity.ts';
import { defineMapping } from '#model/unit.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, fieldAt, listAt, objectAt, textAt, timeOf } from '../json-fields.ts';
import { apiVerb, classifyBy, endpointOf, named, targetAttributes, userKind, userOf } from '../parts.ts';
import type { ActivityTable, Outcome, Target } from '../parts.ts';

const { accountChange, authentication, entityManagement, groupManagement, userAccess } = ocsfClasses;

const activities: ActivityTable = [
  [/^user\.session\.start$|^user\.authentication\.(?:sso|auth_via|verify)|^policy\.evaluate_sign_on$/, authentication, 1],
  [/^user\.session\.(?:end|clear|expire)$|^user\.authentication\.slo$/, authentication, 2],
  [/^user\.session\.(?:impersonation|access_admin_app)/, authentication, 99],
  [/^user\.authentication\.auth_via_mfa$/, authentication, 1],
  [/^user\.lifecycle\.create$/, accountChange, 1],
  [/^user\.lifecycle\.(?:activate|reactivate|unsuspend)$/, accountChange, 2],
  [/^user\.account\.update_password$/, accountChange, 3],
  [/^user\.account\.(?:reset_password|expire_password)$/, accountChange, 4],
  [/^user\.lifecycle\.(?:deactivate|suspend)$/, accountChange, 5],
  [/^user\.lifecycle\.delete/, accountChange, 6],
  [/^user\.account\.lock/, accountChange, 9],
  [/^user\.account\.unlock/, accountChange, 12],
  [/^user\.mfa\.factor\.(?:activate|update)$/, accountChange, 10],
  [/^user\.mfa\.factor\.(?:deactivate|reset_all|suspend)$/, accountChange, 11],
  [/^user\.account\.privilege\.grant$|^application\.user_membership\.add$/, userAccess, 1],
  [/^user\.account\.privilege\.revoke$|^application\.user_membership\.remove$/, userAccess, 2],
  [/^group\.privilege\.grant$/, groupManagement, 1],
  [/^group\.privilege\.revoke$/, groupManagement, 2],
  [/^group\.user_membership\.add$/, groupManagement, 3],
  [/^group\.user_membership\.remove$/, groupManagement, 4],
  [/^group\.lifecycle\.delete$/, groupManagement, 5],
  [/^group\.lifecycle\.create$/, groupManagement, 6],
  [/^(?:policy|zone|application|device|iam\.resourceset)\.(?:lifecycle\.)?create$/, entityManagement, 1],
  [/^(?:policy|zone|application|device)\.(?:lifecycle|rule)\.(?:update|modify)$|^(?:policy\.rule|zone)\.update$/, entityManagement, 3],
  [/^(?:policy|zone|application|device)\.(?:lifecycle\.|rule\.)?delete$/, entityManagement, 4],
  [/^(?:policy|zone|application|device)\.(?:lifecycle|rule)\.activate$/, entityManagement, 10],
  [/^(?:policy|zone|application|device)\.(?:lifecycle|rule)\.deactivate$/, entityManagement, 11],
];

const severities: ReadonlyMap<string, Severity> = new Map([['WARN', 'medium'], ['ERROR', 'high']]);

const outcomes: ReadonlyMap<string, Outcome> = new Map([['SUCCESS', 'success'], ['ALLOW', 'success'], ['FAILURE', 'failure'], ['DENY', 'failure']]);

/** Events of Okta's System Log API, version 1 (object `LogEvent`). */
export default defineMapping({
  id: 'okta',
  title: 'Okta System Log',
  logsource: { product: 'okta', service: 'okta' },
  hint: { keys: ['eventType'] },
  accepts: (value) =>
    /^[a-z0-9_]+(?:\.[a-z0-9_]+)+$/.test(textAt(value, 'eventType') ?? '') && typeof fieldAt(value, 'published') === 'string' && typeof fieldAt(value, 'uuid') === 'string',
  map({ value }) {
    const record = asObject(value);
    const time = timeOf(record?.published);
    const type = textAt(record, 'eventType');
    if (record === undefined || time === undefined || type === undefined) return undefined;
    const kind = classifyBy(activities, type, apiVerb(type));
    const session = textAt(record, 'authenticationContext', 'externalSessionId');
    return buildEvent({
      ...kind,
      activityName: type,
      severity: severities.get(textAt(record, 'severity') ?? '') ?? 'informational',
      time,
      metadata: {
        product: { name: 'Okta', vendor_name: 'Okta' },
        uid: textAt(record, 'uuid'), log_name: 'system', log_version: textAt(record, 'version'), event_code: type,
        original_time: textAt(record, 'published'), correlation_uid: textAt(record, 'transaction', 'id'), profiles: ['cloud'],
      },
      attributes: {
        ...statusOf(outcomes.get(textAt(record, 'outcome', 'result') ?? '') ?? 'unknown'),
        status_detail: textAt(record, 'outcome', 'reason'),
        message: textAt(record, 'displayMessage'),
        actor: { user: personOf(objectAt(record, 'actor')), session: session === undefined ? undefined : { uid: session } },
        src_endpoint: clientOf(record),
        http_request: { user_agent: textAt(record, 'client', 'userAgent', 'rawUserAgent') },
        api: { operation: type, service: { name: 'Okta' }, request: { uid: textAt(record, 'debugContext', 'debugData', 'requestId') } },
        cloud: { provider: 'Okta' },
        ...targetAttributes(kind, targetOf(record)),
        unmapped: record,
      },
    });
  },
});

function personOf(person: JsonObject | undefined): JsonObject {
  const type = textAt(person, 'type');
  return userOf(textAt(person, 'alternateId'), textAt(person, 'id'), {
    full_name: textAt(person, 'displayName'),
    ...userKind(type === 'User' ? 'user' : type === undefined ? 'unknown' : type === 'SystemPrincipal' ? 'system' : 'service'),
  });
}

function clientOf(record: JsonObject): JsonObject {
  const place = objectAt(record, 'client', 'geographicalContext');
  return endpointOf(textAt(record, 'client', 'ipAddress'), {
    location: { city: textAt(place, 'city'), region: textAt(place, 'state'), country: textAt(place, 'country') },
    isp: textAt(record, 'securityContext', 'isp'),
  });
}

function targetOf(record: JsonObject): Target {
  const targets = listAt(record, 'target').map(asObject).filter((target) => target !== undefined);
  const of = (pattern: RegExp): JsonObject | undefined => targets.find((target) => pattern.test(textAt(target, 'type') ?? ''));
  const user = of(/^User$/);
  const group = of(/Group$/);
  const first = targets[0];
  const app = of(/^App/);
  const privilege = textAt(record, 'debugContext', 'debugData', 'privilegeGranted') ?? textAt(of(/ROLE|Role/), 'displayName') ?? textAt(app, 'displayName');
  return {
    user: personOf(user ?? objectAt(record, 'actor')),
    group: group === undefined ? undefined : { name: textAt(group, 'displayName') ?? 'unknown', uid: textAt(group, 'id') },
    entity: first === undefined ? undefined : { name: textAt(first, 'displayName') ?? 'unknown', uid: textAt(first, 'id'), type: textAt(first, 'type') },
    privileges: privilege === undefined ? undefined : [privilege],
    resources: named(targets.map((target) => ({ name: textAt(target, 'displayName') ?? textAt(target, 'alternateId'), uid: textAt(target, 'id'), type: textAt(target, 'type') }))),
    service: textAt(app, 'displayName') ?? 'Okta',
    isMfa: /mfa/.test(textAt(record, 'eventType') ?? '') ? true : undefined,
  };
}
