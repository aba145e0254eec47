import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import type { EventSeed } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { classify } from '../cloudtrail/classify.ts';
import type { Classification } from '../cloudtrail/classify.ts';
import { actorOf, awsAccount } from '../cloudtrail/identity.ts';
import { issuedSession, outcomeOf, policiesOf, resourcesOf, targetUserOf } from '../cloudtrail/targets.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, textAt, timeOf } from '../json-fields.ts';

const logsource = { product: 'aws', service: 'cloudtrail' };

/** AWS CloudTrail records ("CloudTrail record contents", event versions 1.00 to 1.11). */
export default defineMapping({
  id: 'cloudtrail',
  title: 'AWS CloudTrail',
  logsource,
  hint: { keys: ['eventName'] },
  accepts: (value) => {
    const record = asObject(value);
    return typeof record?.eventName === 'string' && typeof record.eventSource === 'string' && typeof record.eventTime === 'string';
  },
  map({ value }) {
    const record = asObject(value);
    const time = timeOf(record?.eventTime);
    if (record === undefined || time === undefined) return undefined;
    const name = nameOf(record);
    const kind = classify(textAt(record, 'eventSource') ?? '', name, record.readOnly === true);
    return buildEvent({
      ...kind,
      activityName: name,
      severity: 'informational',
      time,
      metadata: metadataOf(record),
      attributes: { ...commonOf(record), ...attributesOf(record, kind), unmapped: record },
    });
  },
  glance({ value }) {
    const record = asObject(value);
    const time = timeOf(record?.eventTime);
    return record === undefined || time === undefined ? undefined : { logsource, time, record };
  },
});

function nameOf(record: JsonObject): string {
  return textAt(record, 'eventName') ?? 'unknown';
}

function metadataOf(record: JsonObject): EventSeed['metadata'] {
  return {
    product: { name: 'CloudTrail', vendor_name: 'AWS' },
    uid: textAt(record, 'eventID'),
    log_name: 'cloudtrail',
    log_version: textAt(record, 'eventVersion'),
    event_code: textAt(record, 'eventName'),
    original_time: textAt(record, 'eventTime'),
    profiles: ['cloud'],
  };
}

function commonOf(record: JsonObject): JsonObject {
  const request = textAt(record, 'requestID');
  return {
    ...statusOf(outcomeOf(record)),
    status_code: textAt(record, 'errorCode'),
    status_detail: textAt(record, 'errorMessage'),
    actor: actorOf(record),
    src_endpoint: endpointOf(textAt(record, 'sourceIPAddress'), textAt(record, 'vpcEndpointId')),
    http_request: { user_agent: textAt(record, 'userAgent') },
    api: {
      operation: nameOf(record),
      version: textAt(record, 'apiVersion'),
      service: { name: textAt(record, 'eventSource') },
      request: request === undefined ? undefined : { uid: request },
      response: { error: textAt(record, 'errorCode'), error_message: textAt(record, 'errorMessage') },
    },
    cloud: {
      provider: 'AWS',
      region: textAt(record, 'awsRegion'),
      account: awsAccount(textAt(record, 'recipientAccountId') ?? textAt(record, 'userIdentity', 'accountId')),
    },
  };
}

function attributesOf(record: JsonObject, { class: ocsfClass }: Classification): JsonObject {
  const service = textAt(record, 'eventSource');
  switch (ocsfClass.uid) {
    case ocsfClasses.authentication.uid:
      return { user: targetUserOf(record), session: issuedSession(record), service: { name: service }, is_mfa: mfaOf(record), is_remote: true };
    case ocsfClasses.accountChange.uid:
      return { user: targetUserOf(record), policies: policiesOf(record) };
    case ocsfClasses.groupManagement.uid: {
      const user = textAt(record, 'requestParameters', 'userName');
      return {
        group: { name: textAt(record, 'requestParameters', 'groupName') ?? 'unknown' },
        user: user === undefined ? undefined : { name: user },
        privileges: policiesOf(record)?.map((policy) => policy.uid ?? policy.name),
      };
    }
    default:
      return { resources: resourcesOf(record), dst_endpoint: { svc_name: service } };
  }
}

function mfaOf(record: JsonObject): boolean | undefined {
  const used = textAt(record, 'additionalEventData', 'MFAUsed');
  return used === undefined ? undefined : used === 'Yes';
}

/** CloudTrail writes an address, or the name of the AWS service that called. */
function endpointOf(address: string | undefined, vpcEndpoint: string | undefined): JsonObject {
  if (address === undefined) return { name: 'unknown', interface_uid: vpcEndpoint };
  const isAddress = /^[0-9.]+$/.test(address) || address.includes(':');
  return { ...(isAddress ? { ip: address } : { svc_name: address, name: address }), interface_uid: vpcEndpoint };
}
