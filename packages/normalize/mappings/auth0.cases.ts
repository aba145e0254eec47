const base = {
  date: '2026-03-04T05:06:07.123Z', type: 's', description: 'Success Login', connection: 'Username-Password-Authentication', connection_id: 'con_1', client_id: 'cl_1', client_name: 'Web', ip: '203.0.113.9', user_agent: 'Firefox',
  hostname: 'acme.auth0.example', user_id: 'auth0|1', user_name: 'mira@example.com', log_id: 'l-1', tenant_name: 'acme', location_info: { country_code: 'NO', city_name: 'Oslo' },
};

export default {
  maps: [
    { record: base, expect: { class_uid: 3002, activity_id: 1, time: Date.UTC(2026, 2, 4, 5, 6, 7, 123), status_id: 1, user: { name: 'mira@example.com', uid: 'auth0|1' }, src_endpoint: { ip: '203.0.113.9', location: { country: 'NO' } }, service: { name: 'Web' }, metadata: { uid: 'l-1', event_code: 's' } } },
    { record: { log_id: 'l-2', data: { ...base, type: 'fp', description: 'Wrong password' } }, expect: { class_uid: 3002, status: 'Failure', status_detail: 'Wrong password' } },
    { record: { ...base, type: 'pwd_leak' }, expect: { severity_id: 4, status: 'Failure', class_uid: 3002 } },
    { record: { ...base, type: 'sapi', description: 'Create a client grant', details: { request: { method: 'post', path: '/api/v2/client-grants' } } }, expect: { class_uid: 6003, activity_id: 1, api: { operation: 'Create a client grant' }, resources: [{ name: 'Web', uid: 'cl_1' }, { name: base.connection }] } },
    { record: { ...base, type: 'du' }, expect: { class_uid: 3001, activity_id: 6, status: 'Success' } },
    { record: { ...base, type: 'limit_mu' }, expect: { class_uid: 3002, status: 'Failure', severity_id: 3 } },
    { record: { ...base, type: 'fcpr' }, expect: { class_uid: 3001, activity_id: 4, status: 'Failure' } },
    { record: { ...base, type: 'gd_unenroll' }, expect: { class_uid: 3001, activity_id: 11 } },
    { record: { _id: 'l-3', type: 'slo', date: base.date }, expect: { class_uid: 3002, activity_id: 2, user: { name: 'unknown' }, src_endpoint: { name: 'unknown' } } },
  ],
  rejects: [null, 'x', {}, { type: 's', date: base.date }, { type: 's', date: 'x', log_id: 'l' }, { type: 'Login ok', date: base.date, log_id: 'l' }],
};
