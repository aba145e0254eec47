import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, fieldAt, listAt, objectAt, textAt, timeOf } from '../json-fields.ts';
import { endpointOf, named, numberAt, userKind, userOf } from '../parts.ts';

const verbs: ReadonlyMap<string, number> = new Map([
  ['create', 1], ['get', 2], ['list', 2], ['watch', 2], ['update', 3], ['patch', 3], ['delete', 4], ['deletecollection', 4],
]);

const logsource = { product: 'kubernetes', service: 'audit' };

/** Events of the Kubernetes API server's audit log (`audit.k8s.io`), as EKS, GKE and AKS give them too. */
export default defineMapping({
  id: 'kubernetes-audit',
  title: 'Kubernetes audit log',
  logsource,
  hint: { keys: ['auditID'] },
  accepts: (value) => textAt(value, 'auditID') !== undefined && textAt(value, 'verb') !== undefined && (textAt(value, 'kind') === 'Event' || isListed(value)),
  map({ value }) {
    const record = asObject(value);
    const time = timeIn(record);
    const verb = textAt(record, 'verb');
    if (record === undefined || time === undefined || verb === undefined) return undefined;
    const reference = objectAt(record, 'objectRef');
    const resource = [textAt(reference, 'resource'), textAt(reference, 'subresource')].filter((part) => part !== undefined).join('/');
    return buildEvent({
      class: ocsfClasses.apiActivity,
      activity: verbs.get(verb) ?? 99,
      activityName: verb,
      severity: 'informational',
      time,
      metadata: {
        product: { name: 'Kubernetes', vendor_name: 'Kubernetes' },
        uid: textAt(record, 'auditID'), log_name: 'audit', log_level: textAt(record, 'level'), log_version: textAt(record, 'apiVersion'), event_code: textAt(record, 'stage'),
        original_time: textAt(record, 'requestReceivedTimestamp'),
      },
      attributes: {
        ...outcomeOf(record),
        actor: actorOf(record),
        src_endpoint: endpointOf(textAt(record, 'sourceIPs'), { intermediate_ips: listAt(record, 'sourceIPs').slice(1).filter((ip) => typeof ip === 'string') }),
        http_request: { user_agent: textAt(record, 'userAgent'), url: { path: textAt(record, 'requestURI') } },
        api: {
          operation: resource === '' ? verb : `${verb} ${resource}`,
          version: textAt(reference, 'apiVersion'),
          group: { name: textAt(reference, 'apiGroup') },
          request: { uid: textAt(record, 'auditID') },
          response: { code: numberAt(record, 'responseStatus', 'code'), error: textAt(record, 'responseStatus', 'reason'), error_message: textAt(record, 'responseStatus', 'message') },
        },
        resources: named([{
          name: textAt(reference, 'name') ?? (resource === '' ? undefined : resource), uid: textAt(reference, 'uid'),
          type: textAt(reference, 'resource'), namespace: textAt(reference, 'namespace'),
        }]),
        unmapped: record,
      },
    });
  },
  glance({ value }) {
    const record = asObject(value);
    const time = timeIn(record);
    return record === undefined || time === undefined ? undefined : { logsource, time, record };
  },
});

/** The items of a list do not repeat their kind. */
function isListed(value: unknown): boolean {
  return fieldAt(value, 'kind') === undefined && textAt(value, 'stage') !== undefined;
}

function timeIn(record: JsonObject | undefined): number | undefined {
  return timeOf(record?.requestReceivedTimestamp) ?? timeOf(record?.stageTimestamp) ?? timeOf(record?.timestamp);
}

function outcomeOf(record: JsonObject): JsonObject {
  const code = numberAt(record, 'responseStatus', 'code');
  return {
    ...statusOf(code === undefined ? 'unknown' : code < 400 ? 'success' : 'failure'),
    status_code: code === undefined ? undefined : String(code),
    status_detail: textAt(record, 'annotations', 'authorization.k8s.io/reason') ?? textAt(record, 'responseStatus', 'message'),
  };
}

function actorOf(record: JsonObject): JsonObject {
  const name = textAt(record, 'user', 'username');
  const kind = name === undefined ? 'unknown' : name.startsWith('system:serviceaccount:') ? 'service' : name.startsWith('system:') && name !== 'system:anonymous' ? 'system' : 'user';
  return {
    user: userOf(name, textAt(record, 'user', 'uid'), {
      ...userKind(kind),
      groups: listAt(record, 'user', 'groups').filter((group) => typeof group === 'string' && group !== '').slice(0, 100).map((group) => ({ name: group })),
    }),
    invoked_by: textAt(record, 'impersonatedUser', 'username'),
    authorizations: [{ decision: textAt(record, 'annotations', 'authorization.k8s.io/decision') }],
  };
}
