const base = {
  kind: 'admin#reports#activity', id: { time: '2026-03-04T05:06:07Z', uniqueQualifier: '7', applicationName: 'login', customerId: 'C01' },
  actor: { email: 'mira@example.com', profileId: '100' }, ipAddress: '2001:db8::9',
};

export default {
  maps: [
    {
      record: { ...base, events: [{ type: 'login', name: 'login_success', parameters: [{ name: 'login_type', value: 'exchange' }, { name: 'is_second_factor', boolValue: true }] }] },
      expect: { class_uid: 3002, activity_id: 1, status_id: 1, is_mfa: true, user: { name: 'mira@example.com', uid: '100' }, src_endpoint: { ip: '2001:db8::9' }, service: { name: 'Google Workspace' }, unmapped: { eventName: 'login_success', eventService: 'login.googleapis.com' } },
    },
    { record: { ...base, events: [{ name: 'login_failure', parameters: [{ name: 'login_failure_type', value: 'login_failure_invalid_password' }] }] }, expect: { status: 'Failure', status_detail: 'login_failure_invalid_password' } },
    { record: { ...base, events: [{ name: '2sv_disable' }] }, expect: { class_uid: 3001, activity_id: 11 } },
    { record: { ...base, events: [{ name: 'account_disabled_hijacked', parameters: [{ name: 'affected_email_address', value: 'tom@example.com' }] }] }, expect: { class_uid: 3001, activity_id: 5, severity_id: 4, user: { name: 'tom@example.com' } } },
    { record: { id: { time: base.id.time, applicationName: 'saml' }, events: [{ name: 'login_failure', parameters: [{ name: 'application_name', value: 'wiki' }] }] }, expect: { status: 'Failure', service: { name: 'wiki' }, user: { name: 'unknown' } } },
  ],
  rejects: [null, {}, 'x', { ...base, events: [] }, { ...base, events: ['x'] }, { ...base, id: { ...base.id, applicationName: 'admin' }, events: [{ name: 'X' }] }],
};
