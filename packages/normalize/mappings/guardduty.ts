import { buildEvent, confidenceIds, ocsfClasses } from '#formats/ocsf.ts';
import type { Severity } from '#model/severity.ts';
import { defineMapping } from '#model/unit.ts';
import { awsAccount } from '../cloudtrail/identity.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, fieldAt, objectAt, textAt, timeOf } from '../json-fields.ts';
import { endpointOf, named, numberAt, userOf } from '../parts.ts';

/** Lower bounds of GuardDuty's severity levels. */
const levels: readonly (readonly [number, Severity])[] = [[9, 'critical'], [7, 'high'], [4, 'medium'], [1, 'low']];

/** Amazon GuardDuty findings, alone or as the `detail` of an EventBridge event. */
export default defineMapping({
  id: 'guardduty',
  title: 'Amazon GuardDuty',
  logsource: { product: 'aws', service: 'guardduty' },
  hint: { keys: ['severity', 'detail'] },
  accepts: (value) => /^[A-Za-z]+:[A-Za-z0-9]+\/[\w.!-]+$/.test(textAt(findingOf(value), 'type') ?? '') && typeof fieldAt(findingOf(value), 'id') === 'string' && fieldAt(findingOf(value), 'severity') !== undefined,
  map({ value }) {
    const record = asObject(value);
    const finding = findingOf(value);
    const time = timeOf(finding?.updatedAt) ?? timeOf(finding?.createdAt) ?? timeOf(record?.time);
    const type = textAt(finding, 'type');
    if (record === undefined || finding === undefined || time === undefined || type === undefined) return undefined;
    const score = Number(textAt(finding, 'severity'));
    const severity = levels.find(([least]) => score >= least)?.[1] ?? 'informational';
    const count = numberAt(finding, 'service', 'count');
    return buildEvent({
      class: ocsfClasses.detectionFinding,
      activity: fieldAt(finding, 'service', 'archived') === true ? 3 : count !== undefined && count > 1 ? 2 : 1,
      severity,
      time,
      metadata: { product: { name: 'GuardDuty', vendor_name: 'AWS' }, uid: textAt(finding, 'id'), log_name: 'guardduty', log_version: textAt(finding, 'schemaVersion'), event_code: type, profiles: ['cloud'] },
      attributes: {
        message: textAt(finding, 'title'),
        count,
        confidence_id: confidenceIds.medium,
        confidence: 'Medium',
        finding_info: {
          uid: textAt(finding, 'id') ?? type, title: textAt(finding, 'title'), desc: textAt(finding, 'description'), types: [type],
          created_time: timeOf(finding.createdAt), modified_time: timeOf(finding.updatedAt),
          first_seen_time: timeOf(fieldAt(finding, 'service', 'eventFirstSeen')), last_seen_time: timeOf(fieldAt(finding, 'service', 'eventLastSeen')),
          analytic: { name: type, type: 'Rule', type_id: 1 },
        },
        resources: resourcesOf(finding),
        evidences: evidenceOf(finding),
        cloud: { provider: 'AWS', region: textAt(finding, 'region'), account: awsAccount(textAt(finding, 'accountId')) },
        unmapped: record,
      },
    });
  },
});

function findingOf(value: unknown): JsonObject | undefined {
  return textAt(value, 'source') === 'aws.guardduty' ? objectAt(value, 'detail') : asObject(value);
}

function resourcesOf(finding: JsonObject): readonly JsonObject[] {
  const resource = objectAt(finding, 'resource');
  const key = objectAt(resource, 'accessKeyDetails');
  const bucket = fieldAt(resource, 's3BucketDetails');
  return named([
    { uid: textAt(resource, 'instanceDetails', 'instanceId'), type: 'Instance' },
    { name: textAt(key, 'userName'), uid: textAt(key, 'accessKeyId'), type: 'AccessKey' },
    { name: textAt(Array.isArray(bucket) ? bucket[0] : bucket, 'name'), type: 'S3Bucket' },
    { name: textAt(resource, 'eksClusterDetails', 'name'), uid: textAt(resource, 'eksClusterDetails', 'arn'), type: 'EKSCluster' },
    { name: textAt(resource, 'lambdaDetails', 'functionName'), uid: textAt(resource, 'lambdaDetails', 'functionArn'), type: 'Lambda' },
    { name: textAt(resource, 'rdsDbInstanceDetails', 'dbInstanceIdentifier'), type: 'RDSDBInstance' },
  ]);
}

function evidenceOf(finding: JsonObject): readonly JsonObject[] {
  const action = objectAt(finding, 'service', 'action');
  const inner = ['awsApiCallAction', 'networkConnectionAction', 'kubernetesApiCallAction', 'rdsLoginAttemptAction', 'dnsRequestAction'].map((name) => objectAt(action, name)).find((found) => found !== undefined);
  const remote = textAt(inner, 'remoteIpDetails', 'ipAddressV4') ?? textAt(inner, 'remoteIpDetails', 'ipAddressV6');
  const call = textAt(inner, 'api') ?? textAt(inner, 'verb');
  const user = textAt(finding, 'resource', 'accessKeyDetails', 'userName') ?? textAt(finding, 'resource', 'kubernetesDetails', 'kubernetesUserDetails', 'username');
  const domain = textAt(inner, 'domain');
  return [{
    src_endpoint: remote === undefined ? undefined : endpointOf(remote, { port: numberAt(inner, 'remotePortDetails', 'port'), location: { country: textAt(inner, 'remoteIpDetails', 'country', 'countryName'), city: textAt(inner, 'remoteIpDetails', 'city', 'cityName') } }),
    api: call === undefined ? undefined : { operation: call, service: { name: textAt(inner, 'serviceName') } },
    actor: user === undefined ? undefined : { user: userOf(user) },
    query: domain === undefined ? undefined : { hostname: domain },
  }];
}
