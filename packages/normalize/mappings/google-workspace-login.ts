import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import type { Severity } from '#model/severity.ts';
import { defineMapping } from '#model/unit.ts';
import { applicationOf, workspaceActor, workspaceEndpoint, workspaceEntry, workspaceMetadata, workspaceNames } from '../google-workspace-entry.ts';
import { asObject, fieldAt, textAt, timeOf } from '../json-fields.ts';
import { classifyBy, targetAttributes, userOf, withNames } from '../parts.ts';
import type { ActivityTable } from '../parts.ts';

const { accountChange, authentication } = ocsfClasses;

const activities: ActivityTable = [
  [/^logout$/, authentication, 2], [/^password_edit$/, accountChange, 3], [/^account_disabled/, accountChange, 5],
  [/^2sv_enroll$/, accountChange, 10], [/^2sv_disable$/, accountChange, 11], [/^recovery_|^titanium_/, accountChange, 99],
];

const severities: readonly (readonly [RegExp, Severity])[] = [
  [/^(?:gov_attack_warning|account_disabled_(?:hijacked|password_leak))$/, 'high'], [/^suspicious_|^account_disabled|^risky_/, 'medium'],
];

/** Google Workspace: sign-ins by password, challenge and SAML. */
export default defineMapping({
  id: 'google-workspace-login',
  title: 'Google Workspace sign-ins',
  // No product: public rules say `gcp`, others `google_workspace`.
  logsource: { service: 'google_workspace.login', category: 'audit' },
  hint: { keys: ['events'] },
  accepts: (value) => ['login', 'saml'].includes(applicationOf(value) ?? ''),
  map({ value }) {
    const record = asObject(value);
    const entry = record === undefined ? undefined : workspaceEntry(record);
    const time = timeOf(fieldAt(record, 'id', 'time'));
    if (record === undefined || entry === undefined || time === undefined) return undefined;
    const { event, parameters } = entry;
    const kind = classifyBy(activities, event, { class: authentication, activity: 1 });
    const failed = /fail/.test(event) || parameters.get('login_challenge_status') === 'Challenge Failed.';
    return buildEvent({
      ...kind,
      activityName: event,
      severity: severities.find(([pattern]) => pattern.test(event))?.[1] ?? 'informational',
      time,
      metadata: workspaceMetadata(record, entry),
      attributes: {
        ...statusOf(failed ? 'failure' : 'success'),
        status_detail: textAt({ found: parameters.get('login_failure_type') }, 'found'),
        actor: workspaceActor(record),
        src_endpoint: workspaceEndpoint(record),
        api: { operation: event, service: { name: entry.application } },
        cloud: { provider: 'Google Workspace' },
        ...targetAttributes(kind, {
          user: userOf(textAt({ found: parameters.get('affected_email_address') }, 'found') ?? textAt(record, 'actor', 'email'), textAt(record, 'actor', 'profileId')),
          service: textAt({ found: parameters.get('application_name') }, 'found') ?? 'Google Workspace',
          isMfa: typeof parameters.get('is_second_factor') === 'boolean' ? parameters.get('is_second_factor') === true : undefined,
        }),
        unmapped: withNames(record, workspaceNames(entry)),
      },
    });
  },
});
