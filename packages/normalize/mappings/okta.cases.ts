const base = {
  uuid: 'e0f1a2b3-0001-4000-8000-000000000001', published: '2026-03-04T05:06:07.123Z', version: '0', severity: 'INFO',
  actor: { id: '00u1', type: 'User', alternateId: 'mira@example.com', displayName: 'Mira Test', detailEntry: null },
  client: {
    userAgent: { rawUserAgent: 'Mozilla/5.0', os: 'Linux', browser: 'FIREFOX' }, zone: 'null', device: 'Computer', ipAddress: '203.0.113.9',
    geographicalContext: { city: 'Oslo', state: 'Oslo', country: 'Norway', postalCode: null, geolocation: { lat: 59.9, lon: 10.7 } },
  },
  outcome: { result: 'SUCCESS', reason: null }, transaction: { type: 'WEB', id: 'tx-1', detail: {} },
  securityContext: { asNumber: 64_500, isp: 'example net', domain: '.', isProxy: false },
  authenticationContext: { authenticationStep: 0, externalSessionId: 'sess-1' },
  debugContext: { debugData: { requestId: 'req-1', requestUri: '/api/v1/authn', threatSuspected: 'false' } }, target: null,
};
const time = Date.UTC(2026, 2, 4, 5, 6, 7, 123);
const tom = { id: '00u2', type: 'User', alternateId: 'tom@example.com', displayName: 'Tom Test', detailEntry: null };

export default {
  maps: [
    {
      record: { ...base, eventType: 'user.session.start', displayMessage: 'User login to Okta' },
      expect: {
        class_uid: 3002, activity_id: 1, time, status_id: 1, severity_id: 1, message: 'User login to Okta',
        metadata: { uid: base.uuid, event_code: 'user.session.start', correlation_uid: 'tx-1', product: { name: 'Okta' } },
        actor: { user: { name: 'mira@example.com', uid: '00u1', email_addr: 'mira@example.com', full_name: 'Mira Test', type_id: 1 }, session: { uid: 'sess-1' } },
        user: { name: 'mira@example.com' }, service: { name: 'Okta' },
        src_endpoint: { ip: '203.0.113.9', location: { city: 'Oslo', country: 'Norway' } },
        http_request: { user_agent: 'Mozilla/5.0' }, api: { operation: 'user.session.start', request: { uid: 'req-1' } },
      },
    },
    {
      record: { ...base, eventType: 'user.session.start', severity: 'WARN', displayMessage: 'User login to Okta', outcome: { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' } },
      expect: { class_uid: 3002, status: 'Failure', status_detail: 'INVALID_CREDENTIALS', severity_id: 3 },
    },
    {
      record: { ...base, eventType: 'user.account.privilege.grant', displayMessage: 'Grant user privilege', target: [tom], debugContext: { debugData: { privilegeGranted: 'Super administrator' } } },
      expect: { class_uid: 3005, activity_id: 1, user: { name: 'tom@example.com' }, privileges: ['Super administrator'], resources: [{ name: 'Tom Test', uid: '00u2', type: 'User' }] },
    },
    {
      record: { ...base, eventType: 'user.mfa.factor.deactivate', displayMessage: 'Reset factor for user', target: [tom] },
      expect: { class_uid: 3001, activity_id: 11, user: { uid: '00u2' } },
    },
    {
      record: { ...base, eventType: 'group.user_membership.add', displayMessage: 'Add user to group membership', target: [tom, { id: '00g1', type: 'UserGroup', displayName: 'Admins', alternateId: 'unknown' }] },
      expect: { class_uid: 3006, activity_id: 3, group: { name: 'Admins', uid: '00g1' }, user: { name: 'tom@example.com' } },
    },
    {
      record: { ...base, eventType: 'policy.rule.delete', displayMessage: 'Delete policy rule', target: [{ id: '0pr1', type: 'PolicyRule', displayName: 'Require MFA', alternateId: 'unknown' }] },
      expect: { class_uid: 3004, activity_id: 4, entity: { name: 'Require MFA', uid: '0pr1', type: 'PolicyRule' } },
    },
    {
      record: { ...base, eventType: 'system.api_token.create', displayMessage: 'Create API token', target: [{ id: 'tok1', type: 'Token', displayName: 'ci token' }] },
      expect: { class_uid: 6003, activity_id: 1, api: { operation: 'system.api_token.create' }, resources: [{ name: 'ci token', uid: 'tok1', type: 'Token' }] },
    },
    {
      record: { uuid: 'u', published: '2026-03-04T05:06:07.123Z', eventType: 'group.lifecycle.delete' },
      expect: { class_uid: 3006, activity_id: 5, time, group: { name: 'unknown' }, src_endpoint: { name: 'unknown' }, status_id: 0, actor: { user: { name: 'unknown', type_id: 0 } } },
    },
  ],
  rejects: [null, 'text', {}, { eventType: 'user.session.start' }, { eventType: 'login', published: base.published, uuid: 'u' }, { eventType: 'a.b', published: 'soon', uuid: 'u' }, { eventType: 7, published: base.published, uuid: 'u' }],
};
