import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, listAt, objectAt, textAt, timeOf } from '../json-fields.ts';
import { apiVerb, classifyBy, endpointOf, named, targetAttributes, userKind, userOf, withNames } from '../parts.ts';
import type { ActivityTable, Target } from '../parts.ts';

const { accountChange, entityManagement, groupManagement, userAccess } = ocsfClasses;

const activities: ActivityTable = [
  [/^(?:Add user|Invite external user|Create user)/i, accountChange, 1],
  [/^Enable account/i, accountChange, 2],
  [/^Change (?:user )?password|^Change password/i, accountChange, 3],
  [/^Reset (?:user )?password|^Reset password/i, accountChange, 4],
  [/^Disable account/i, accountChange, 5],
  [/^(?:Hard )?delete user/i, accountChange, 6],
  [/^User registered (?:all required )?security info|^Enable strong auth/i, accountChange, 10],
  [/^User deleted security info|^Disable strong auth/i, accountChange, 11],
  [/^Add (?:eligible |scoped )?member to role|^Add app role assignment|^Add delegated permission grant|^Consent to application|^Add member to role/i, userAccess, 1],
  [/^Remove (?:eligible |scoped )?member from role|^Remove app role assignment|^Remove delegated permission grant/i, userAccess, 2],
  [/^Add (?:member|owner) to group/i, groupManagement, 3],
  [/^Remove (?:member|owner) from group/i, groupManagement, 4],
  [/^Delete group/i, groupManagement, 5],
  [/^(?:Add|Create) group$/i, groupManagement, 6],
  [/^Add (?:conditional access policy|service principal|application|device|named location|unverified domain|partner|verified domain)/i, entityManagement, 1],
  [/^Update (?:conditional access policy|service principal|application|device|named location|policy|domain)|^Set (?:domain authentication|federation settings)/i, entityManagement, 3],
  [/^(?:Hard )?Delete (?:conditional access policy|service principal|application|device|named location)/i, entityManagement, 4],
];

/** Directory audits of Microsoft Entra ID: exported by diagnostic settings, or the Graph resource `directoryAudit` itself. */
export default defineMapping({
  id: 'entra-audit',
  title: 'Microsoft Entra audit log',
  logsource: { product: 'azure', service: 'auditlogs' },
  hint: { keys: ['category', 'activityDisplayName'] },
  accepts: (value) => textAt(value, 'category') === 'AuditLogs' || (textAt(value, 'activityDisplayName') !== undefined && textAt(value, 'activityDateTime') !== undefined),
  map({ value }) {
    const record = asObject(value);
    const audit = objectAt(record, 'properties') ?? record;
    const operation = textAt(audit, 'activityDisplayName') ?? textAt(record, 'operationName');
    const time = timeOf(audit?.activityDateTime) ?? timeOf(record?.time);
    if (record === undefined || audit === undefined || operation === undefined || time === undefined) return undefined;
    const kind = classifyBy(activities, operation, apiVerb(operation));
    const result = (textAt(audit, 'result') ?? textAt(record, 'resultType') ?? '').toLowerCase();
    const user = objectAt(audit, 'initiatedBy', 'user');
    const app = objectAt(audit, 'initiatedBy', 'app');
    return buildEvent({
      ...kind,
      activityName: operation,
      severity: 'informational',
      time,
      metadata: {
        product: { name: 'Microsoft Entra ID', vendor_name: 'Microsoft' },
        uid: textAt(audit, 'id'), log_name: 'AuditLogs', event_code: operation, tenant_uid: textAt(record, 'tenantId'),
        correlation_uid: textAt(audit, 'correlationId') ?? textAt(record, 'correlationId'), profiles: ['cloud'],
      },
      attributes: {
        ...statusOf(result === 'success' ? 'success' : result === 'failure' || result === 'timeout' ? 'failure' : 'unknown'),
        status_detail: textAt(audit, 'resultReason') ?? textAt(record, 'resultDescription'),
        actor: {
          user: userOf(textAt(user, 'userPrincipalName') ?? textAt(app, 'displayName'), textAt(user, 'id') ?? textAt(app, 'servicePrincipalId'), userKind(user !== undefined ? 'user' : app === undefined ? 'unknown' : 'service')),
          app_name: textAt(app, 'displayName'), app_uid: textAt(app, 'appId'),
        },
        src_endpoint: endpointOf(textAt(user, 'ipAddress') ?? textAt(record, 'callerIpAddress')),
        api: { operation, service: { name: textAt(audit, 'loggedByService') } },
        cloud: { provider: 'Azure' },
        ...targetAttributes(kind, targetOf(audit)),
        unmapped: withNames(record, {
          OperationName: operation, ActivityDisplayName: operation, 'properties.message': operation, Category: textAt(audit, 'category'), LoggedByService: textAt(audit, 'loggedByService'),
          ActivityType: textAt(audit, 'operationType'), Status: textAt(audit, 'result'), TargetResources: audit.targetResources,
          Initiatedby: textAt(user, 'userPrincipalName') ?? textAt(app, 'displayName'),
        }),
      },
    });
  },
});

function targetOf(audit: JsonObject): Target {
  const targets = listAt(audit, 'targetResources').map(asObject).filter((target) => target !== undefined);
  const of = (type: string): JsonObject | undefined => targets.find((target) => textAt(target, 'type') === type);
  const user = of('User');
  const group = of('Group');
  const [first] = targets;
  const role = targets.flatMap((target) => listAt(target, 'modifiedProperties')).find((change) => /^(?:Role\.DisplayName|AppRole\.Value|DelegatedPermissionGrant\.Scope)$/.test(textAt(change, 'displayName') ?? ''));
  const privilege = textAt(role, 'newValue')?.replaceAll('"', '') ?? textAt(of('Role'), 'displayName');
  return {
    user: userOf(textAt(user, 'userPrincipalName') ?? textAt(first, 'displayName'), textAt(user ?? first, 'id')),
    group: group === undefined ? undefined : { name: textAt(group, 'displayName') ?? 'unknown', uid: textAt(group, 'id') },
    entity: first === undefined ? undefined : { name: textAt(first, 'displayName') ?? 'unknown', uid: textAt(first, 'id'), type: textAt(first, 'type') },
    privileges: privilege === undefined ? undefined : [privilege],
    resources: named(targets.map((target) => ({ name: textAt(target, 'displayName') ?? textAt(target, 'userPrincipalName'), uid: textAt(target, 'id'), type: textAt(target, 'type') }))),
    service: 'Microsoft Entra ID',
  };
}
