const properties = {
  id: 's-1', createdDateTime: '2026-03-04T05:06:07Z', userPrincipalName: 'mira@example.com', userDisplayName: 'Mira Test', userId: 'oid-1', appId: 'app-1', appDisplayName: 'Azure Portal',
  ipAddress: '203.0.113.9', clientAppUsed: 'Browser', userAgent: 'Mozilla/5.0', status: { errorCode: 0 }, authenticationRequirement: 'multiFactorAuthentication',
  location: { city: 'Oslo', state: 'Oslo', countryOrRegion: 'NO' }, deviceDetail: { deviceId: '', trustType: 'Azure AD joined' }, riskLevelDuringSignIn: 'none', resourceDisplayName: 'Azure Resource Manager', autonomousSystemNumber: 64_500,
};
const base = { time: '2026-03-04T05:06:08Z', category: 'SignInLogs', operationName: 'Sign-in activity', tenantId: 't-1', resultType: '0', callerIpAddress: '203.0.113.9', correlationId: 'c-1', properties };

export default {
  maps: [
    {
      record: base,
      expect: {
        class_uid: 3002, activity_id: 1, time: Date.UTC(2026, 2, 4, 5, 6, 7), status_id: 1, is_mfa: true, metadata: { uid: 's-1', tenant_uid: 't-1', correlation_uid: 'c-1' },
        user: { name: 'mira@example.com', uid: 'oid-1', type_id: 1 }, actor: { app_name: 'Azure Portal' }, service: { name: 'Azure Resource Manager' },
        src_endpoint: { ip: '203.0.113.9', location: { country: 'NO' }, autonomous_system: { number: 64_500 } },
        unmapped: { ResultType: '0', Status: 'Success', Username: 'mira@example.com', DeviceDetail: { trusttype: 'Azure AD joined' } },
      },
    },
    {
      record: { ...base, resultType: '50126', resultDescription: 'Invalid username or password.', properties: { ...properties, status: { errorCode: 50_126, failureReason: 'Invalid username or password.' }, riskLevelDuringSignIn: 'high' } },
      expect: { status: 'Failure', status_code: '50126', status_detail: 'Invalid username or password.', severity_id: 4, unmapped: { ResultType: '50126', ResultDescription: 'Invalid username or password.' } },
    },
    { record: { ...properties, authenticationProtocol: 'deviceCode' }, expect: { class_uid: 3002, auth_protocol: 'deviceCode', metadata: { log_name: 'SignInLogs' } } },
    {
      record: { ...base, category: 'ServicePrincipalSignInLogs', properties: { id: 's-2', createdDateTime: '2026-03-04T05:06:07Z', servicePrincipalName: 'deploy', servicePrincipalId: 'sp-1', status: { errorCode: 7_000_215 } } },
      expect: { user: { name: 'deploy', uid: 'sp-1', type_id: 4 }, status: 'Failure', service: { name: 'Microsoft Entra ID' } },
    },
    { record: { time: '2026-03-04T05:06:08Z', category: 'NonInteractiveUserSignInLogs' }, expect: { status_id: 0, user: { name: 'unknown' }, src_endpoint: { name: 'unknown' } } },
  ],
  rejects: [null, 'x', {}, { ...base, category: 'AuditLogs' }, { category: 'SignInLogs' }, { createdDateTime: '2026-03-04T05:06:07Z', status: 'ok' }],
};
