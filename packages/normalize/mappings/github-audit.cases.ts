const time = Date.UTC(2026, 2, 4, 5, 6, 7);
const base = {
  '@timestamp': time, _document_id: 'doc-1', actor: 'mira', actor_id: 7, actor_ip: '203.0.113.9', actor_location: { country_code: 'NO' },
  user_agent: 'Mozilla/5.0', org: 'acme', org_id: 42, business: 'acme-inc', business_id: 5, created_at: time,
};

export default {
  maps: [
    {
      record: { ...base, action: 'protected_branch.destroy', repo: 'acme/web', repo_id: 99, name: 'main', operation_type: 'remove' },
      expect: {
        class_uid: 6003, activity_id: 4, type_uid: 600_304, time, status_id: 1,
        metadata: { uid: 'doc-1', product: { name: 'GitHub', vendor_name: 'GitHub' }, log_name: 'audit', event_code: 'protected_branch.destroy' },
        actor: { user: { name: 'mira', uid: '7', type_id: 1 } },
        src_endpoint: { ip: '203.0.113.9', location: { country: 'NO' } },
        http_request: { user_agent: 'Mozilla/5.0' },
        api: { operation: 'protected_branch.destroy' },
        cloud: { provider: 'GitHub', org: { name: 'acme', uid: '42' }, account: { name: 'acme-inc', uid: '5' } },
        resources: [{ name: 'acme/web', uid: '99', type: 'Repository' }, { name: 'main', type: 'Setting' }, { name: 'acme' }],
        unmapped: { action: 'protected_branch.destroy', operation_type: 'remove' },
      },
    },
    {
      record: { ...base, action: 'workflows.prepared_workflow_job', repo: 'acme/web', workflow_run_id: 7, run_attempt: 1, job_name: 'build', job_workflow_ref: 'acme/web/.github/workflows/ci.yml@refs/heads/main', runner_name: 'r-1', runner_labels: ['self-hosted'], is_hosted_runner: false, secrets_passed: ['NPM_TOKEN'] },
      expect: { unmapped: { pipeline_run: { kind: 'job', run: '7', job: 'build', path: '.github/workflows/ci.yml', hosted: false, secrets: ['NPM_TOKEN'] } } },
    },
    {
      record: { ...base, action: 'workflows.completed_workflow_run', repo: 'acme/web', workflow_run_id: 7, run_attempt: 1, name: 'ci', event: 'push', conclusion: 'success', started_at: '2026-03-04T05:05:07Z', completed_at: '2026-03-04T05:06:07Z' },
      expect: { unmapped: { pipeline_run: { kind: 'run', run: '7', workflow: 'ci', trigger: 'push', state: 'completed', outcome: 'success', seconds: 60 } } },
    },
    {
      record: { ...base, action: 'org.update_member', user: 'tom', user_id: 8, permission: 'admin', old_permission: 'read' },
      expect: { class_uid: 3005, activity_id: 1, user: { name: 'tom', uid: '8' }, privileges: ['admin'] },
    },
    {
      record: { ...base, action: 'team.add_member', team: 'acme/release', user: 'tom' },
      expect: { class_uid: 3006, activity_id: 3, group: { name: 'acme/release', type: 'Team' }, user: { name: 'tom' } },
    },
    {
      record: { ...base, action: 'org.disable_two_factor_requirement' },
      expect: { class_uid: 3004, activity_id: 9, entity: { name: 'acme', uid: '42', type_id: 4, org: { name: 'acme' } } },
    },
    {
      record: { ...base, action: 'two_factor_authentication.disabled' },
      expect: { class_uid: 3001, activity_id: 11, user: { name: 'mira', uid: '7' } },
    },
    {
      record: { action: 'user.failed_login', actor: 'mira', created_at: '2026-03-04T05:06:07Z' },
      expect: { class_uid: 3002, activity_id: 1, time, status: 'Failure', src_endpoint: { name: 'unknown' }, service: { name: 'GitHub' } },
    },
    {
      record: { action: 'git.clone', '@timestamp': time, actor: 'build[bot]', repo: 'acme/web', programmatic_access_type: 'GitHub App server-to-server token' },
      expect: { class_uid: 6003, activity_id: 2, actor: { user: { type_id: 4 }, app_name: 'GitHub App server-to-server token' } },
    },
  ],
  rejects: [null, 'text', [], {}, { action: 'opened', '@timestamp': time }, { action: 'repo.create' }, { action: 'repo.create', '@timestamp': 'soon' }, { action: 7, created_at: time }],
};
