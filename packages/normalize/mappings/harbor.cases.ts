const pushed = { type: 'PUSH_ARTIFACT', occur_at: 1_772_600_767, operator: 'robot$ci', event_data: { resources: [{ digest: 'sha256:fea8', tag: 'latest', resource_url: 'hub.example.com/acme/web:latest' }], repository: { name: 'web', namespace: 'acme', repo_full_name: 'acme/web', repo_type: 'private' } } };

export default {
  maps: [
    { record: pushed, expect: { class_uid: 6003, activity_id: 3, time: 1_772_600_767_000, actor: { user: { name: 'robot$ci' } }, resources: [{ name: 'hub.example.com/acme/web:latest', uid: 'sha256:fea8' }], unmapped: { action: 'PUSH_ARTIFACT', user: 'robot$ci' } } },
    { record: { id: 5, username: 'mira', resource: 'acme/web:latest', resource_type: 'artifact', operation: 'delete', op_time: '2026-03-04T05:06:07.000Z' }, expect: { activity_id: 4, time: Date.UTC(2026, 2, 4, 5, 6, 7), metadata: { uid: '5' }, resources: [{ name: 'acme/web:latest', type: 'artifact' }] } },
    { record: { ...pushed, type: 'SCANNING_FAILED' }, expect: { status: 'Failure', severity_id: 2 } },
  ],
  rejects: [null, 'x', {}, { ...pushed, occur_at: 'x' }, { ...pushed, type: null }, { op_time: 'x', operation: 'delete' }],
};
