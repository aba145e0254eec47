import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import type { Severity } from '#model/severity.ts';
import { defineMapping } from '#model/unit.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, fieldAt, textAt, timeOf } from '../json-fields.ts';
import { endpointOf, isAddress, userKind, userOf, withNames } from '../parts.ts';
import type { Outcome } from '../parts.ts';

const severities: ReadonlyMap<string, Severity> = new Map([['warning', 'low'], ['error', 'medium'], ['critical', 'high']]);

const outcomes: ReadonlyMap<string, Outcome> = new Map([
  ['success', 'success'], ['succeeded', 'success'], ['failure', 'failure'], ['failed', 'failure'],
]);

/** Azure activity log: as exported by diagnostic settings, from the REST API, or the table `AzureActivity`. */
export default defineMapping({
  id: 'azure-activity',
  title: 'Azure activity log',
  logsource: { product: 'azure', service: 'activitylogs' },
  hint: { keys: ['operationName', 'OperationNameValue'] },
  accepts: (value) => {
    if (timeIn(value) === undefined || operationOf(value) === undefined) return false;
    return /^\/subscriptions\//i.test(resourceOf(value) ?? '') && /^(?:Administrative|Security|Policy|ServiceHealth|ResourceHealth|Alert|Autoscale|Recommendation|Write|Delete|Action)$/i.test(categoryOf(value) ?? '');
  },
  map({ value }) {
    const record = asObject(value);
    const time = timeIn(value);
    const operation = operationOf(value);
    if (record === undefined || time === undefined || operation === undefined) return undefined;
    const outcome = outcomes.get((resultOf(record) ?? '').toLowerCase()) ?? 'unknown';
    return buildEvent({
      class: ocsfClasses.apiActivity,
      activity: activityOf(operation),
      activityName: operation,
      severity: severities.get((textAt(record, 'level') ?? textAt(record, 'Level') ?? '').toLowerCase()) ?? 'informational',
      time,
      metadata: {
        product: { name: 'Azure Monitor', vendor_name: 'Microsoft' },
        uid: textAt(record, 'eventDataId') ?? textAt(record, 'EventDataId') ?? textAt(record, 'properties', 'eventDataId'),
        log_name: 'activity', event_code: operation, tenant_uid: textAt(record, 'tenantId'),
        correlation_uid: textAt(record, 'correlationId') ?? textAt(record, 'CorrelationId'), profiles: ['cloud'],
      },
      attributes: {
        ...statusOf(outcome),
        status_code: textAt(record, 'resultSignature') ?? textAt(record, 'subStatus', 'value') ?? textAt(record, 'ActivitySubstatusValue'),
        status_detail: textAt(record, 'resultDescription') ?? textAt(record, 'properties', 'statusMessage'),
        message: textAt(record, 'description') ?? textAt(record, 'operationName', 'localizedValue'),
        actor: actorOf(record),
        src_endpoint: endpointOf(textAt(record, 'callerIpAddress') ?? textAt(record, 'CallerIpAddress') ?? textAt(record, 'httpRequest', 'clientIpAddress')),
        api: { operation, service: { name: operation.split('/')[0] } },
        cloud: { provider: 'Azure', region: textAt(record, 'location'), account: { uid: /^\/subscriptions\/([^/]+)/i.exec(resourceOf(record) ?? '')?.[1], type: 'Subscription' } },
        resources: [{ uid: resourceOf(record), name: resourceOf(record)?.split('/').at(-1), type: textAt(record, 'ResourceProviderValue') ?? textAt(record, 'resourceType', 'value') }],
        unmapped: withNames(record, {
          OperationNameValue: operation, CategoryValue: categoryOf(record), ResourceId: resourceOf(record), ResourceProviderValue: operation.split('/')[0],
          ActivityStatusValue: resultOf(record), 'properties.message': operation,
        }),
      },
    });
  },
});

function timeIn(value: unknown): number | undefined {
  return timeOf(fieldAt(value, 'time')) ?? timeOf(fieldAt(value, 'eventTimestamp')) ?? timeOf(fieldAt(value, 'TimeGenerated'));
}

function operationOf(value: unknown): string | undefined {
  return textAt(value, 'operationName') ?? textAt(value, 'operationName', 'value') ?? textAt(value, 'OperationNameValue');
}

function categoryOf(value: unknown): string | undefined {
  return textAt(value, 'category') ?? textAt(value, 'category', 'value') ?? textAt(value, 'CategoryValue');
}

function resourceOf(value: unknown): string | undefined {
  return textAt(value, 'resourceId') ?? textAt(value, 'ResourceId') ?? textAt(value, '_ResourceId');
}

function resultOf(record: JsonObject): string | undefined {
  return textAt(record, 'resultType') ?? textAt(record, 'status', 'value') ?? textAt(record, 'ActivityStatusValue');
}

/** The last word of an operation is its verb: write, delete, read or action. */
function activityOf(operation: string): number {
  if (/\/read$|\/list\w*(?:\/action)?$/i.test(operation)) return 2;
  return /\/delete$/i.test(operation) ? 4 : 3;
}

function actorOf(record: JsonObject): JsonObject {
  const claims = fieldAt(record, 'identity', 'claims') ?? fieldAt(record, 'claims');
  const caller = textAt(record, 'caller') ?? textAt(record, 'Caller');
  const name = textAt(claims, 'name');
  const mail = ['upn', 'unique_name', 'emailaddress'].map((key) => textAt(claims, `http://schemas.xmlsoap.org/ws/2005/05/identity/claims/${key}`)).find((text) => text !== undefined && !isAddress(text));
  const app = textAt(claims, 'appid');
  const isApp = textAt(claims, 'idtyp') === 'app';
  return {
    user: userOf(mail ?? caller ?? name ?? app, textAt(claims, 'http://schemas.microsoft.com/identity/claims/objectidentifier'), {
      ...userKind(isApp ? 'service' : (mail ?? caller ?? name) === undefined ? 'unknown' : 'user'), full_name: name,
    }),
    app_uid: app,
    authorizations: [{ decision: textAt(record, 'identity', 'authorization', 'scope') === undefined ? undefined : 'Granted', policy: { name: textAt(record, 'identity', 'authorization', 'evidence', 'role') } }],
  };
}
