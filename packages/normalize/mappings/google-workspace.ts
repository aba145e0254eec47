import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { applicationOf, workspaceActor, workspaceEndpoint, workspaceEntry, workspaceMetadata, workspaceNames } from '../google-workspace-entry.ts';
import { asObject, fieldAt, textAt, timeOf } from '../json-fields.ts';
import { apiVerb, classifyBy, named, targetAttributes, userOf, withNames } from '../parts.ts';
import type { ActivityTable } from '../parts.ts';

const { accountChange, entityManagement, groupManagement, userAccess } = ocsfClasses;

const activities: ActivityTable = [
  [/^CREATE_USER$/, accountChange, 1], [/^UNSUSPEND_USER$/, accountChange, 2], [/^CHANGE_PASSWORD$/, accountChange, 4],
  [/^SUSPEND_USER$/, accountChange, 5], [/^DELETE_USER$/, accountChange, 6], [/^2SV_ENROLL$/, accountChange, 10],
  [/^(?:TURN_OFF_2_STEP_VERIFICATION|2SV_DISABLE)$/, accountChange, 11],
  [/^(?:ASSIGN_ROLE|GRANT_ADMIN_PRIVILEGE|AUTHORIZE_API_CLIENT_ACCESS|ADD_PRIVILEGE|GRANT_DELEGATED_ADMIN_PRIVILEGES)$/, userAccess, 1],
  [/^(?:UNASSIGN_ROLE|REVOKE_ADMIN_PRIVILEGE|REMOVE_API_CLIENT_ACCESS|REMOVE_PRIVILEGE)$/, userAccess, 2],
  [/^ADD_GROUP_MEMBER$/, groupManagement, 3], [/^REMOVE_GROUP_MEMBER$/, groupManagement, 4],
  [/^DELETE_GROUP$/, groupManagement, 5], [/^CREATE_GROUP$/, groupManagement, 6],
  [/^(?:CREATE_ROLE|ADD_APPLICATION|ADD_DOMAIN_ALIAS|ADD_TRUSTED_DOMAINS|ADD_SECONDARY_DOMAIN)$/, entityManagement, 1],
  [/^(?:DELETE_ROLE|REMOVE_APPLICATION|REMOVE_TRUSTED_DOMAINS)$/, entityManagement, 4],
  [/^(?:CHANGE_\w+_SETTING|ENFORCE_STRONG_AUTHENTICATION|ALLOW_STRONG_AUTHENTICATION|TOGGLE_\w+)$/, entityManagement, 3],
];

/** Google Workspace: activities of the administrators, of Drive, tokens, groups and others. Sign-ins have a mapping of their own. */
export default defineMapping({
  id: 'google-workspace',
  title: 'Google Workspace audit log',
  // No product: public rules say `gcp`, others `google_workspace`.
  logsource: { service: 'google_workspace.admin', category: 'audit' },
  hint: { keys: ['events'] },
  accepts: (value) => ![undefined, 'login', 'saml'].includes(applicationOf(value)),
  map({ value }) {
    const record = asObject(value);
    const entry = record === undefined ? undefined : workspaceEntry(record);
    const time = timeOf(fieldAt(record, 'id', 'time'));
    if (record === undefined || entry === undefined || time === undefined) return undefined;
    const { application, event, parameters } = entry;
    const kind = classifyBy(activities, event, apiVerb(event));
    const text = (name: string): string | undefined => textAt({ found: parameters.get(name) }, 'found');
    const setting = text('SETTING_NAME') ?? text('APPLICATION_NAME') ?? text('ROLE_NAME') ?? text('DOMAIN_NAME');
    const privilege = text('ROLE_NAME') ?? text('PRIVILEGE_NAME') ?? text('API_SCOPES') ?? text('scope');
    return buildEvent({
      ...kind,
      activityName: event,
      severity: 'informational',
      time,
      metadata: workspaceMetadata(record, entry),
      attributes: {
        ...statusOf('success'),
        actor: workspaceActor(record),
        src_endpoint: workspaceEndpoint(record),
        api: { operation: event, service: { name: application } },
        cloud: { provider: 'Google Workspace' },
        ...targetAttributes(kind, {
          user: userOf(text('USER_EMAIL') ?? text('email') ?? textAt(record, 'actor', 'email')),
          group: { name: text('GROUP_EMAIL') ?? text('group_email') ?? 'unknown' },
          entity: { name: setting ?? application, type: 'Setting' },
          privileges: privilege === undefined ? undefined : [privilege],
          resources: named([
            { name: text('doc_title') ?? text('app_name') ?? text('GROUP_EMAIL') ?? text('USER_EMAIL') ?? setting, uid: text('doc_id') ?? text('client_id'), type: text('doc_type') },
          ]),
          service: application,
        }),
        unmapped: withNames(record, workspaceNames(entry)),
      },
    });
  },
});
