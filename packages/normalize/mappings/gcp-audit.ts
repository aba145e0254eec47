import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import type { Severity } from '#model/severity.ts';
import { defineMapping } from '#model/unit.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, fieldAt, listAt, objectAt, textAt, timeOf } from '../json-fields.ts';
import { apiVerb, classifyBy, endpointOf, named, numberAt, targetAttributes, userKind, userOf, withNames } from '../parts.ts';
import type { ActivityTable } from '../parts.ts';

const { accountChange, authentication } = ocsfClasses;

const activities: ActivityTable = [
  [/iam\.admin\.v1\.CreateServiceAccount$/, accountChange, 1],
  [/iam\.admin\.v1\.EnableServiceAccount$/, accountChange, 2],
  [/iam\.admin\.v1\.DisableServiceAccount$/, accountChange, 5],
  [/iam\.admin\.v1\.DeleteServiceAccount$/, accountChange, 6],
  [/iam\.admin\.v1\.\w+ServiceAccountKey$/, accountChange, 99],
  [/^(?:GenerateAccessToken|GenerateIdToken|SignJwt|SignBlob)$|iam\.credentials\.v1\./, authentication, 1],
  [/^google\.identity\.sts\.|ExchangeToken$/, authentication, 1],
];

const severities: ReadonlyMap<string, Severity> = new Map([
  ['WARNING', 'low'], ['ERROR', 'medium'], ['CRITICAL', 'high'], ['ALERT', 'critical'], ['EMERGENCY', 'critical'],
]);

/** Google Cloud audit logs: a `LogEntry` whose payload is an `AuditLog`, alone or as the `data` of a Pub/Sub message. */
export default defineMapping({
  id: 'gcp-audit',
  title: 'Google Cloud audit log',
  logsource: { product: 'gcp', service: 'gcp.audit' },
  hint: { keys: ['protoPayload', 'data'] },
  accepts: (value) => typeof fieldAt(entryOf(value), 'protoPayload', 'methodName') === 'string',
  map({ value }) {
    const record = asObject(value);
    const entry = entryOf(value);
    const payload = objectAt(entry, 'protoPayload');
    const method = textAt(payload, 'methodName');
    const time = timeOf(entry?.timestamp) ?? timeOf(entry?.receiveTimestamp);
    if (record === undefined || payload === undefined || method === undefined || time === undefined) return undefined;
    const kind = classifyBy(activities, method, apiVerb(method.slice(method.lastIndexOf('.') + 1)));
    const service = textAt(payload, 'serviceName') ?? 'unknown';
    return buildEvent({
      ...kind,
      activityName: method,
      severity: severities.get(textAt(entry, 'severity') ?? '') ?? 'informational',
      time,
      metadata: {
        product: { name: 'Cloud Audit Logs', vendor_name: 'Google' },
        uid: textAt(entry, 'insertId'), log_name: textAt(entry, 'logName') ?? 'audit', event_code: method,
        original_time: textAt(entry, 'timestamp'), correlation_uid: textAt(entry, 'operation', 'id'), profiles: ['cloud'],
      },
      attributes: {
        ...outcomeOf(payload),
        actor: actorOf(payload),
        src_endpoint: endpointOf(textAt(payload, 'requestMetadata', 'callerIp')),
        http_request: { user_agent: textAt(payload, 'requestMetadata', 'callerSuppliedUserAgent') },
        api: { operation: method, service: { name: service }, response: responseOf(payload) },
        cloud: cloudOf(entry),
        ...targetAttributes(kind, { service, user: targetUser(payload), resources: resourcesOf(entry, payload) }),
        unmapped: withNames(record, { 'gcp.audit.method_name': method, 'gcp.audit.service_name': textAt(payload, 'serviceName') }),
      },
    });
  },
});

function entryOf(value: unknown): JsonObject | undefined {
  return fieldAt(value, 'protoPayload') === undefined ? objectAt(value, 'data') : asObject(value);
}

/** `status.code` is a code of gRPC: 0 and absent are success. */
function outcomeOf(payload: JsonObject): JsonObject {
  const code = numberAt(payload, 'status', 'code') ?? 0;
  return { ...statusOf(code === 0 ? 'success' : 'failure'), status_code: String(code), status_detail: textAt(payload, 'status', 'message') };
}

function responseOf(payload: JsonObject): JsonObject | undefined {
  const code = numberAt(payload, 'status', 'code');
  return code === undefined || code === 0 ? undefined : { code, error_message: textAt(payload, 'status', 'message') };
}

function actorOf(payload: JsonObject): JsonObject {
  const info = objectAt(payload, 'authenticationInfo');
  const name = textAt(info, 'principalEmail') ?? textAt(info, 'principalSubject');
  const isService = name?.endsWith('gserviceaccount.com') === true;
  const key = textAt(info, 'serviceAccountKeyName');
  return {
    user: userOf(name, undefined, { ...userKind(name === undefined ? 'unknown' : isService ? 'service' : 'user'), credential_uid: key }),
    authorizations: listAt(payload, 'authorizationInfo').slice(0, 100).map((item) => ({
      decision: fieldAt(item, 'granted') === true ? 'Granted' : 'Denied',
      policy: { name: textAt(item, 'permission') ?? 'unknown', uid: textAt(item, 'resource') },
    })),
  };
}

function cloudOf(entry: JsonObject | undefined): JsonObject {
  const labels = objectAt(entry, 'resource', 'labels');
  return {
    provider: 'GCP',
    project_uid: textAt(labels, 'project_id') ?? /^projects\/([^/]+)\//.exec(textAt(entry, 'logName') ?? '')?.[1],
    region: textAt(labels, 'location') ?? textAt(labels, 'region'),
    zone: textAt(labels, 'zone'),
  };
}

function targetUser(payload: JsonObject): JsonObject {
  const name = textAt(payload, 'response', 'email') ?? /serviceAccounts\/([^/]+)/.exec(textAt(payload, 'resourceName') ?? '')?.[1];
  return userOf(name ?? textAt(payload, 'authenticationInfo', 'principalEmail'), textAt(payload, 'response', 'unique_id'));
}

function resourcesOf(entry: JsonObject | undefined, payload: JsonObject): readonly JsonObject[] {
  return named([{ name: textAt(payload, 'resourceName'), type: textAt(entry, 'resource', 'type') }]);
}
