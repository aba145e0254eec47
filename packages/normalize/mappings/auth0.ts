import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import type { Severity } from '#model/severity.ts';
import { defineMapping } from '#model/unit.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, objectAt, textAt, timeOf } from '../json-fields.ts';
import { apiVerb, classifyBy, endpointOf, named, targetAttributes, userOf } from '../parts.ts';
import type { ActivityTable } from '../parts.ts';

const { accountChange, apiActivity, authentication } = ocsfClasses;

/** "Log Event Type Codes" of Auth0. */
const activities: ActivityTable = [
  [/^(?:slo|flo)$/, authentication, 2],
  [/^(?:ss|fs)$/, accountChange, 1],
  [/^(?:scp|fcp|scph|fcph)$/, accountChange, 3],
  [/^(?:scpr|fcpr)$/, accountChange, 4],
  [/^(?:limit_wc|limit_sul)$/, accountChange, 9],
  [/^(?:sdu|fdu|du)$/, accountChange, 6],
  [/^gd_enrollment_complete$/, accountChange, 10],
  [/^(?:gd_unenroll|gd_user_delete)$/, accountChange, 11],
  [/^ublkdu$/, accountChange, 12],
  [/^(?:sv|fv|svr|fvr|sce|fce|scu|fcu|scpn|fcpn|gd_start_enroll|gd_update_device_account|gd_module_switch)$/, accountChange, 99],
  // A limit on an address (`limit_mu`) locks nobody's account; leaked passwords are refused when they are used.
  [/^(?:s|f|fp|fu|w|ssa|fsa|fc|cls|cs|se\w*|fe\w*|sd|fd|fde\w*|sde\w*|fco|gd_auth_\w+|gd_recovery_\w+|gd_otp_rate_limit_exceed|mfar|limit_mu|pwd_leak|reset_pwd_leak|signup_pwd_leak|actions_execution_failed|scoa|fcoa|scvr|ciba_\w+)$/, authentication, 1],
  [/^(?:sapi|fapi|mgmt_api_read|api_limit)$/, apiActivity, 99],
];

const severities: readonly (readonly [RegExp, Severity])[] = [[/^(?:pwd_leak|signup_pwd_leak|reset_pwd_leak)$/, 'high'], [/^(?:limit_\w+|gd_\w*rate_limit\w*|api_limit)$/, 'medium']];

/** Tenant logs of Auth0, from the Management API or a log stream (`{log_id, data}`). */
export default defineMapping({
  id: 'auth0',
  title: 'Auth0 tenant log',
  logsource: { product: 'auth0', service: 'auth0' },
  hint: { keys: ['data', 'log_id', '_id'] },
  accepts: (value) => {
    const log = logOf(value);
    return /^[a-z0-9_]{1,48}$/.test(textAt(log, 'type') ?? '') && timeOf(log?.date) !== undefined && (textAt(log, 'log_id') ?? textAt(log, '_id') ?? textAt(value, 'log_id')) !== undefined;
  },
  map({ value }) {
    const record = asObject(value);
    const log = logOf(value);
    const time = timeOf(log?.date);
    const type = textAt(log, 'type');
    if (record === undefined || log === undefined || time === undefined || type === undefined) return undefined;
    const description = textAt(log, 'description');
    const method = textAt(log, 'details', 'request', 'method')?.toLowerCase();
    const found = classifyBy(activities, type, apiVerb(description ?? type));
    const kind = found.class === apiActivity && method !== undefined ? { class: apiActivity, activity: { get: 2, post: 1, delete: 4, put: 3, patch: 3 }[method] ?? 99 } : found;
    const user = userOf(textAt(log, 'user_name'), textAt(log, 'user_id'));
    return buildEvent({
      ...kind,
      activityName: type,
      severity: severities.find(([pattern]) => pattern.test(type))?.[1] ?? 'informational',
      time,
      metadata: { product: { name: 'Auth0', vendor_name: 'Okta' }, uid: textAt(log, 'log_id') ?? textAt(log, '_id') ?? textAt(record, 'log_id'), log_name: 'tenant', event_code: type, tenant_uid: textAt(log, 'tenant_name'), profiles: ['cloud'] },
      attributes: {
        ...statusOf(isFailure(type) ? 'failure' : 'success'),
        status_detail: isFailure(type) ? description : undefined,
        message: description,
        actor: { user, app_name: textAt(log, 'client_name'), app_uid: textAt(log, 'client_id'), session: { uid: textAt(log, 'session_id') } },
        src_endpoint: endpointOf(textAt(log, 'ip'), { location: placeOf(log) }),
        http_request: { user_agent: textAt(log, 'user_agent') },
        api: { operation: kind.class === apiActivity && description !== undefined ? description : type, service: { name: 'Auth0' } },
        cloud: { provider: 'Auth0' },
        ...targetAttributes(kind, { user, resources: named([{ name: textAt(log, 'client_name'), uid: textAt(log, 'client_id'), type: 'Client' }, { name: textAt(log, 'connection'), uid: textAt(log, 'connection_id'), type: 'Connection' }]), service: textAt(log, 'client_name') ?? 'Auth0', isMfa: type.startsWith('gd_') ? true : undefined }),
        unmapped: record,
      },
    });
  },
});

function logOf(value: unknown): JsonObject | undefined {
  return objectAt(value, 'data') ?? asObject(value);
}

/** Codes of failures begin with `f`; warnings, leaks and limits are refusals too. */
function isFailure(type: string): boolean {
  return /^f[a-z]*$|fail|^limit_|^api_limit$|pwd_leak|rate_limit|rejected/.test(type);
}

function placeOf(log: JsonObject): JsonObject {
  return { city: textAt(log, 'location_info', 'city_name'), country: textAt(log, 'location_info', 'country_code') };
}
