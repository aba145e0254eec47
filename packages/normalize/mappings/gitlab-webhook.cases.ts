const project = { id: 42, path_with_namespace: 'acme/web', visibility_level: 0 };
const delivered = (payload: object, event = 'Push Hook') => ({ webhook: { forge: 'gitlab', event, delivery: 'd-1' }, payload });
const time = Date.UTC(2026, 2, 4, 5, 6, 7);
const none = '0'.repeat(40);

export default {
  maps: [
    {
      record: delivered({ object_kind: 'push', before: none, after: 'a'.repeat(40), ref: 'refs/heads/x', user_username: 'mira', user_id: 7, project, commits: [{ added: ['.gitlab-ci.yml'], modified: [], removed: [] }] }),
      expect: { class_uid: 6003, activity_id: 1, time: 0, api: { operation: 'push.created' }, actor: { user: { name: 'mira', uid: '7' } }, resources: [{ name: 'acme/web', uid: '42', type: 'Project' }, { name: 'refs/heads/x' }], unmapped: { action: 'push.created', paths: ['.gitlab-ci.yml'] } },
    },
    { record: delivered({ object_kind: 'merge_request', user: { username: 'mira' }, project, object_attributes: { action: 'merge', title: 'Ship', target_branch: 'main', source_branch: 'x', updated_at: '2026-03-04 05:06:07 UTC' } }), expect: { time, message: 'Ship', unmapped: { action: 'merge_request.merge', ref: 'main', source_ref: 'x' } } },
    { record: delivered({ object_kind: 'pipeline', user: { username: 'mira' }, project, object_attributes: { status: 'failed', ref: 'main', source: 'web', finished_at: '2026-03-04 05:06:07 UTC' } }), expect: { time, status: 'Failure', unmapped: { trigger: 'web', status: 'failed' } } },
    { record: delivered({ object_kind: 'build', build_name: 'deploy', build_stage: 'deploy', build_status: 'running', build_started_at: '2026-03-04T05:06:07Z', project_name: 'Acme / Web', user: { username: 'mira' }, environment: { name: 'production' }, runner: { description: 'r1', is_shared: false } }), expect: { time, unmapped: { action: 'job.running', environment: 'production', runner: 'r1', job: 'deploy' } } },
    {
      record: delivered({ object_kind: 'pipeline', user: { username: 'mira' }, project, object_attributes: { id: 9, status: 'success', ref: 'main', source: 'push', duration: 63, finished_at: '2026-03-04 05:06:07 UTC', variables: [{ key: 'DEBUG', value: '1' }] }, builds: [{ name: 'deploy', status: 'success' }, { name: 'build', status: 'success', artifacts_file: { filename: 'a.zip', size: 12 } }] }),
      expect: { time, unmapped: { pipeline_run: { kind: 'run', run: '9', workflow: 'pipeline', trigger: 'push', state: 'completed', outcome: 'success', seconds: 63, steps: ['build', 'deploy'], variables: ['DEBUG'], artifacts: [{ name: 'build/a.zip', size: 12 }] } } },
    },
    { record: delivered({ object_kind: 'deployment', status: 'success', status_changed_at: '2026-03-04 07:06:07 +0200', environment: 'production', project, user: { username: 'mira' } }), expect: { time, unmapped: { action: 'deployment.success', environment: 'production' } } },
    { record: delivered({ event_name: 'user_add_to_group', group_name: 'Acme', group_path: 'acme', user_username: 'tom', user_id: 8, group_access: 'Owner', created_at: '2026-03-04T05:06:07Z' }), expect: { class_uid: 3005, activity_id: 1, user: { name: 'tom', uid: '8' }, privileges: ['Owner'], unmapped: { access: 'Owner', target_user: 'tom' } } },
    { record: delivered({ object_kind: 'release', action: 'create', tag: 'v1', project, released_at: '2026-03-04 05:06:07 UTC' }), expect: { time, activity_id: 1, unmapped: { action: 'release.create', ref: 'v1' } } },
    { record: delivered({ event_name: 'user_failed_login', username: 'mira', name: 'Mira', state: 'blocked', created_at: '2026-03-04T05:06:07Z' }, 'System Hook'), expect: { class_uid: 3002, status: 'Failure', user: { name: 'mira' } } },
    { record: delivered({}), expect: { api: { operation: 'Push Hook' } } },
  ],
  rejects: [null, 'x', {}, { webhook: { forge: 'github' }, payload: {} }, { webhook: { forge: 'gitlab' }, payload: [] }],
};
