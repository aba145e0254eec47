const resource = '/SUBSCRIPTIONS/00000000-0000-4000-8000-000000000001/RESOURCEGROUPS/PROD/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/KEYS';
const claim = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/';
const base = {
  time: '2026-03-04T05:06:07.1234567Z', resourceId: resource, operationName: 'MICROSOFT.KEYVAULT/VAULTS/WRITE', category: 'Administrative',
  resultType: 'Success', resultSignature: 'Succeeded.OK', durationMs: '12', callerIpAddress: '203.0.113.9', correlationId: 'c-1', level: 'Information',
  identity: {
    authorization: { scope: resource, action: 'Microsoft.KeyVault/vaults/write', evidence: { role: 'Owner' } },
    claims: { appid: 'app-1', name: 'Mira Test', [`${claim}upn`]: 'mira@example.com', 'http://schemas.microsoft.com/identity/claims/objectidentifier': 'oid-1' },
  },
};

export default {
  maps: [
    {
      record: base,
      expect: {
        class_uid: 6003, activity_id: 3, time: Date.UTC(2026, 2, 4, 5, 6, 7, 123), status_id: 1, metadata: { correlation_uid: 'c-1', event_code: base.operationName },
        actor: { user: { name: 'mira@example.com', uid: 'oid-1', full_name: 'Mira Test' }, app_uid: 'app-1' }, src_endpoint: { ip: '203.0.113.9' },
        api: { operation: base.operationName, service: { name: 'MICROSOFT.KEYVAULT' } }, cloud: { provider: 'Azure', account: { uid: '00000000-0000-4000-8000-000000000001' } },
        resources: [{ uid: resource, name: 'KEYS' }], unmapped: { OperationNameValue: base.operationName, ResourceProviderValue: 'MICROSOFT.KEYVAULT' },
      },
    },
    { record: { ...base, operationName: 'MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE', resultType: 'Failure', level: 'Error' }, expect: { activity_id: 4, status: 'Failure', severity_id: 3 } },
    {
      record: {
        eventTimestamp: '2026-03-04T05:06:07Z', resourceId: resource.toLowerCase(), operationName: { value: 'Microsoft.Storage/storageAccounts/listKeys/action', localizedValue: 'List keys' },
        category: { value: 'Administrative' }, status: { value: 'Succeeded' }, caller: 'tom@example.com', eventDataId: 'e-1', httpRequest: { clientIpAddress: '2001:db8::7' },
      },
      expect: { activity_id: 2, message: 'List keys', status_id: 1, actor: { user: { name: 'tom@example.com' } }, src_endpoint: { ip: '2001:db8::7' }, metadata: { uid: 'e-1' } },
    },
    {
      record: { TimeGenerated: '2026-03-04T05:06:07Z', OperationNameValue: 'Microsoft.Authorization/roleAssignments/write', CategoryValue: 'Administrative', ResourceId: resource, ActivityStatusValue: 'Success', Caller: 'app-7' },
      expect: { api: { operation: 'Microsoft.Authorization/roleAssignments/write' }, actor: { user: { name: 'app-7' } }, src_endpoint: { name: 'unknown' } },
    },
    { record: { time: base.time, resourceId: resource, operationName: base.operationName, category: 'Policy' }, expect: { status_id: 0, actor: { user: { name: 'unknown', type_id: 0 } } } },
  ],
  rejects: [null, 'x', {}, { ...base, category: 'SignInLogs' }, { ...base, resourceId: '/tenants/t' }, { ...base, time: 'x' }, { ...base, operationName: {} }],
};
