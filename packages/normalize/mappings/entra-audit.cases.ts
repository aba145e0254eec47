const properties = {
  id: 'Directory_1', category: 'RoleManagement', correlationId: 'c-1', result: 'success', resultReason: '', activityDisplayName: 'Add member to role', activityDateTime: '2026-03-04T05:06:07.1Z',
  loggedByService: 'Core Directory', operationType: 'Assign', initiatedBy: { user: { id: 'oid-1', userPrincipalName: 'mira@example.com', ipAddress: '203.0.113.9' } },
  targetResources: [{ id: 'oid-2', displayName: null, type: 'User', userPrincipalName: 'tom@example.com', modifiedProperties: [{ displayName: 'Role.DisplayName', oldValue: null, newValue: '"Global Administrator"' }] }],
};
const base = { time: '2026-03-04T05:06:08Z', category: 'AuditLogs', operationName: 'Add member to role', tenantId: 't-1', properties };

export default {
  maps: [
    {
      record: base,
      expect: {
        class_uid: 3005, activity_id: 1, time: Date.UTC(2026, 2, 4, 5, 6, 7, 100), status_id: 1, metadata: { uid: 'Directory_1', tenant_uid: 't-1' },
        actor: { user: { name: 'mira@example.com', uid: 'oid-1' } }, user: { name: 'tom@example.com', uid: 'oid-2' }, privileges: ['Global Administrator'],
        src_endpoint: { ip: '203.0.113.9' }, api: { service: { name: 'Core Directory' } },
        unmapped: { OperationName: 'Add member to role', Category: 'RoleManagement', 'properties.message': 'Add member to role', Initiatedby: 'mira@example.com' },
      },
    },
    {
      record: { ...properties, activityDisplayName: 'Update conditional access policy', initiatedBy: { app: { displayName: 'terraform', servicePrincipalId: 'sp-1' } }, targetResources: [{ id: 'p-1', displayName: 'Require MFA', type: 'Policy' }] },
      expect: { class_uid: 3004, activity_id: 3, entity: { name: 'Require MFA', uid: 'p-1' }, actor: { user: { name: 'terraform', type_id: 4 }, app_name: 'terraform' }, src_endpoint: { name: 'unknown' } },
    },
    { record: { ...base, properties: { ...properties, activityDisplayName: 'Add member to group', result: 'failure', resultReason: 'denied', targetResources: [...properties.targetResources, { id: 'g-1', displayName: 'Admins', type: 'Group' }] } }, expect: { class_uid: 3006, activity_id: 3, group: { name: 'Admins' }, status: 'Failure', status_detail: 'denied' } },
    { record: { ...base, properties: { ...properties, activityDisplayName: 'User deleted security info' } }, expect: { class_uid: 3001, activity_id: 11, user: { name: 'tom@example.com' } } },
    { record: { time: base.time, category: 'AuditLogs', operationName: 'Download users - finished (bulk)' }, expect: { class_uid: 6003, activity_id: 2, status_id: 0, actor: { user: { name: 'unknown' } } } },
  ],
  rejects: [null, 'x', {}, { category: 'AuditLogs' }, { ...base, properties: undefined, operationName: undefined }, { activityDisplayName: 'Add user', activityDateTime: 'x' }],
};
