const base = { id: 5, author_id: 7, entity_id: 42, entity_type: 'Project', created_at: '2026-03-04T05:06:07.123Z' };
const details = { author_name: 'Mira Test', author_email: 'mira@example.com', ip_address: '203.0.113.9', entity_path: 'acme/web', target_id: 9, target_type: 'ProtectedBranch', target_details: 'main' };

export default {
  maps: [
    {
      record: { ...base, details: { ...details, event_name: 'protected_branch_removed', custom_message: 'Unprotected branch' } },
      expect: {
        class_uid: 6003, activity_id: 4, time: Date.UTC(2026, 2, 4, 5, 6, 7, 123), status_id: 1, message: 'Unprotected branch', metadata: { uid: '5', event_code: 'protected_branch_removed' },
        actor: { user: { name: 'Mira Test', uid: '7', email_addr: 'mira@example.com' } }, src_endpoint: { ip: '203.0.113.9' },
        resources: [{ name: 'acme/web', uid: '42', type: 'Project' }, { name: 'main', uid: '9', type: 'ProtectedBranch' }],
      },
    },
    { record: { ...base, details: { ...details, change: 'access_level', from: 'Developer', to: 'Owner', target_type: 'User', target_details: 'Tom Test', event_name: 'member_updated' } }, expect: { class_uid: 3005, activity_id: 1, user: { name: 'Tom Test' }, privileges: ['Owner'] } },
    { record: { ...base, entity_type: 'User', details: { failed_login: 'STANDARD', author_name: 'mira', ip_address: '203.0.113.9' } }, expect: { class_uid: 3002, status: 'Failure', user: { name: 'mira' } } },
    { record: { ...base, id: 'a-1', event_type: 'user_disable_two_factor', author_name: 'Mira Test', target_type: 'User', target_details: 'Mira Test', entity_type: 'User' }, expect: { class_uid: 3001, activity_id: 11, user: { name: 'Mira Test' }, src_endpoint: { name: 'unknown' } } },
    { record: { severity: 'INFO', time: '2026-03-04T05:06:07.123Z', author_id: 1, entity_id: 2, entity_type: 'Group', add: 'ci_variable', target_details: 'TOKEN' }, expect: { class_uid: 6003, activity_id: 1, api: { operation: 'add ci_variable' }, actor: { user: { uid: '1' } } } },
    { record: base, expect: { api: { operation: 'unknown' }, activity_id: 3 } },
  ],
  rejects: [null, 'x', {}, { ...base, created_at: 'x' }, { ...base, entity_type: 7, author_id: undefined }],
};
