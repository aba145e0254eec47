import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import type { Severity } from '#model/severity.ts';
import { defineMapping } from '#model/unit.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, fieldAt, objectAt, textAt, timeOf } from '../json-fields.ts';
import { endpointOf, userKind, userOf, withNames } from '../parts.ts';

const risks: ReadonlyMap<string, Severity> = new Map([['low', 'low'], ['medium', 'medium'], ['high', 'high']]);

/** Sign-ins of Microsoft Entra ID: exported by diagnostic settings, or the Graph resource `signIn` itself. */
export default defineMapping({
  id: 'entra-signin',
  title: 'Microsoft Entra sign-in log',
  logsource: { product: 'azure', service: 'signinlogs' },
  hint: { keys: ['category', 'createdDateTime'] },
  accepts: (value) => (textAt(value, 'category') ?? '').endsWith('SignInLogs') || (textAt(value, 'createdDateTime') !== undefined && objectAt(value, 'status') !== undefined && fieldAt(value, 'appDisplayName') !== undefined),
  map({ value }) {
    const record = asObject(value);
    const signIn = objectAt(record, 'properties') ?? record;
    const time = timeOf(signIn?.createdDateTime) ?? timeOf(record?.time);
    if (record === undefined || signIn === undefined || time === undefined) return undefined;
    const risk = textAt(signIn, 'riskLevelDuringSignIn') ?? '';
    const code = textAt(signIn, 'status', 'errorCode') ?? textAt(record, 'resultType');
    const detail = textAt(signIn, 'status', 'failureReason') ?? textAt(record, 'resultDescription');
    return buildEvent({
      class: ocsfClasses.authentication,
      activity: 1,
      severity: risks.get(risk) ?? 'informational',
      time,
      metadata: {
        product: { name: 'Microsoft Entra ID', vendor_name: 'Microsoft' },
        uid: textAt(signIn, 'id'), log_name: textAt(record, 'category') ?? 'SignInLogs', event_code: code, tenant_uid: textAt(record, 'tenantId'),
        correlation_uid: textAt(signIn, 'correlationId') ?? textAt(record, 'correlationId'), profiles: ['cloud'],
      },
      attributes: {
        ...statusOf(code === undefined ? 'unknown' : code === '0' ? 'success' : 'failure'),
        status_code: code,
        status_detail: detail ?? textAt(signIn, 'status', 'additionalDetails'),
        actor: { app_name: textAt(signIn, 'appDisplayName') ?? textAt(signIn, 'clientAppUsed'), app_uid: textAt(signIn, 'appId'), user: personOf(signIn) },
        user: personOf(signIn),
        service: { name: textAt(signIn, 'resourceDisplayName') ?? textAt(signIn, 'appDisplayName') ?? 'Microsoft Entra ID', uid: textAt(signIn, 'resourceId') },
        src_endpoint: endpointOf(textAt(signIn, 'ipAddress') ?? textAt(record, 'callerIpAddress'), { location: placeOf(signIn), autonomous_system: systemOf(signIn) }),
        http_request: { user_agent: textAt(signIn, 'userAgent') },
        is_mfa: textAt(signIn, 'authenticationRequirement') === undefined ? undefined : textAt(signIn, 'authenticationRequirement') === 'multiFactorAuthentication',
        is_remote: true,
        auth_protocol: textAt(signIn, 'authenticationProtocol'),
        auth_protocol_id: textAt(signIn, 'authenticationProtocol') === undefined ? undefined : 99,
        cloud: { provider: 'Azure' },
        api: { operation: textAt(record, 'operationName') ?? 'Sign-in activity' },
        unmapped: withNames(record, namesOf(signIn, code, detail)),
      },
    });
  },
});

/** The columns of the table `SigninLogs`, which public rules name. */
function namesOf(signIn: JsonObject, code: string | undefined, detail: string | undefined): JsonObject {
  const device = objectAt(signIn, 'deviceDetail');
  return {
    ResultType: code, ResultDescription: detail, Status: code === undefined ? undefined : code === '0' ? 'Success' : 'Failure',
    Username: textAt(signIn, 'userPrincipalName'), AuthenticationRequirement: textAt(signIn, 'authenticationRequirement'), ClientApp: textAt(signIn, 'clientAppUsed'),
    ResourceDisplayName: textAt(signIn, 'resourceDisplayName'), RiskState: textAt(signIn, 'riskState'), NetworkLocationDetails: fieldAt(signIn, 'networkLocationDetails'),
    DeviceDetail: device === undefined ? undefined : { ...device, trusttype: textAt(device, 'trustType') }, userAgent: textAt(signIn, 'userAgent'),
  };
}

function personOf(signIn: JsonObject): JsonObject {
  const service = textAt(signIn, 'servicePrincipalName');
  return userOf(textAt(signIn, 'userPrincipalName') ?? service, textAt(signIn, 'userId') ?? textAt(signIn, 'servicePrincipalId'), {
    full_name: textAt(signIn, 'userDisplayName'), ...userKind(service === undefined ? 'user' : 'service'),
  });
}

function placeOf(signIn: JsonObject): JsonObject {
  return { city: textAt(signIn, 'location', 'city'), region: textAt(signIn, 'location', 'state'), country: textAt(signIn, 'location', 'countryOrRegion') };
}

function systemOf(signIn: JsonObject): JsonObject | undefined {
  const number = Number(textAt(signIn, 'autonomousSystemNumber'));
  return Number.isSafeInteger(number) && number > 0 ? { number } : undefined;
}
