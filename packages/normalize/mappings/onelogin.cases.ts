const base = { uuid: 'o-1', account_id: 1, event_timestamp: '2026-03-04 05:06:07 UTC', event_type_id: 5, user_id: 7, user_name: 'Mira Test', actor_user_id: 7, actor_user_name: 'Mira Test', ipaddr: '203.0.113.9', app_id: null, app_name: null };

export default {
  maps: [
    { record: base, expect: { class_uid: 3002, activity_id: 1, time: Date.UTC(2026, 2, 4, 5, 6, 7), status_id: 1, user: { name: 'Mira Test', uid: '7' }, src_endpoint: { ip: '203.0.113.9' }, metadata: { uid: 'o-1', event_code: '5' } } },
    { record: { ...base, event_type_id: 6, error_description: 'Invalid password' }, expect: { status: 'Failure', status_detail: 'Invalid password' } },
    { record: { ...base, event_type_id: 3, user_name: 'Tom Test', user_id: 8 }, expect: { class_uid: 3002, activity_id: 7, user: { uid: '8' }, actor: { user: { uid: '7' } } } },
    { record: { ...base, event_type_id: '72', role_name: 'Admins', role_id: 3 }, expect: { class_uid: 3005, activity_id: 1, privileges: ['Admins'], resources: [{ name: 'Admins', uid: '3', type: 'Role' }] } },
    { record: { ...base, event_type_id: 24 }, expect: { class_uid: 3001, activity_id: 11 } },
    { record: { ...base, event_type_id: 90, app_name: 'Wiki' }, expect: { class_uid: 3002, status: 'Failure', service: { name: 'Wiki' } } },
    { record: { id: 9, created_at: '2026-03-04T05:06:07Z', event_type_id: 900, account_id: 1, app_name: 'Wiki' }, expect: { class_uid: 6003, activity_id: 99, api: { operation: 'Event type 900' }, metadata: { uid: '9' }, actor: { user: { name: 'unknown' } } } },
  ],
  rejects: [null, 'x', {}, { ...base, event_type_id: 'x' }, { ...base, event_timestamp: 'x' }, { event_type_id: 5, created_at: '2026-03-04T05:06:07Z' }],
};
