const base = {
  kind: 'admin#reports#activity', id: { time: '2026-03-04T05:06:07.123Z', uniqueQualifier: '-42', applicationName: 'admin', customerId: 'C01' },
  actor: { callerType: 'USER', email: 'mira@example.com', profileId: '100' }, ipAddress: '203.0.113.9',
};
const event = (name: string, values: object): object => ({ type: 'X', name, parameters: Object.entries(values).map(([key, value]) => ({ name: key, value: value as unknown })) });

export default {
  maps: [
    {
      record: { ...base, events: [event('ASSIGN_ROLE', { USER_EMAIL: 'tom@example.com', ROLE_NAME: '_SEED_ADMIN_ROLE' })] },
      expect: {
        class_uid: 3005, activity_id: 1, time: Date.UTC(2026, 2, 4, 5, 6, 7, 123), metadata: { uid: '-42', event_code: 'ASSIGN_ROLE' }, user: { name: 'tom@example.com' },
        privileges: ['_SEED_ADMIN_ROLE'], actor: { user: { name: 'mira@example.com', uid: '100', type_id: 1 } }, src_endpoint: { ip: '203.0.113.9' },
        unmapped: { eventService: 'admin.googleapis.com', eventName: 'ASSIGN_ROLE', role_name: '_SEED_ADMIN_ROLE' },
      },
    },
    { record: { ...base, events: [event('ENFORCE_STRONG_AUTHENTICATION', { NEW_VALUE: 'false' })] }, expect: { class_uid: 3004, activity_id: 3, entity: { name: 'admin' }, unmapped: { new_value: 'false' } } },
    { record: { ...base, id: { ...base.id, applicationName: 'drive' }, events: [event('download', { doc_id: 'd1', doc_title: 'plan', doc_type: 'document' })] }, expect: { class_uid: 6003, activity_id: 2, resources: [{ name: 'plan', uid: 'd1', type: 'document' }] } },
    { record: { ...base, events: [event('ADD_GROUP_MEMBER', { GROUP_EMAIL: 'admins@example.com', USER_EMAIL: 'tom@example.com' })] }, expect: { class_uid: 3006, activity_id: 3, group: { name: 'admins@example.com' } } },
    { record: { id: base.id, events: [{ name: 'DELETE_USER' }] }, expect: { class_uid: 3001, activity_id: 6, actor: { user: { name: 'unknown', type_id: 0 } }, src_endpoint: { name: 'unknown' } } },
  ],
  rejects: [null, 'x', {}, base, { ...base, events: [{}] }, { ...base, id: { applicationName: 'login' }, events: [{ name: 'login_success' }] }, { id: { applicationName: 'admin' }, events: [{ name: 'X' }] }],
};
