const common = { sender: { login: 'mira', id: 7, type: 'User' }, repository: { id: 42, full_name: 'acme/web', visibility: 'private', owner: { login: 'acme', type: 'Organization' }, updated_at: '2026-03-04T05:06:07Z', pushed_at: 1_772_600_767 }, organization: { login: 'acme', id: 3 } };
const delivered = (event: string, payload: object) => ({ webhook: { forge: 'github', event, delivery: 'd-1' }, payload: { ...common, ...payload } });
const time = Date.UTC(2026, 2, 4, 5, 6, 7);

export default {
  maps: [
    {
      record: delivered('branch_protection_rule', { action: 'deleted', rule: { name: 'main' } }),
      expect: { class_uid: 6003, activity_id: 4, time, metadata: { uid: 'd-1', event_code: 'protected_branch.destroy' }, actor: { user: { name: 'mira', uid: '7' } }, resources: [{ name: 'acme/web', uid: '42' }, { name: 'main' }, { name: 'acme' }], unmapped: { action: 'protected_branch.destroy', actor: 'mira', repo: 'acme/web', org: 'acme' } },
    },
    { record: delivered('push', { ref: 'refs/heads/main', after: 'abc', forced: true, commits: [{ added: ['.github/workflows/x.yml'], modified: ['a'], removed: [] }] }), expect: { time, api: { operation: 'git.push' }, unmapped: { action: 'git.push', ref: 'refs/heads/main', forced: true, paths: ['.github/workflows/x.yml', 'a'] } } },
    { record: delivered('member', { action: 'added', member: { login: 'tom', id: 8 }, changes: { permission: { to: 'admin' } } }), expect: { class_uid: 3005, activity_id: 1, user: { name: 'tom', uid: '8' }, privileges: ['admin'], unmapped: { action: 'repo.add_member', user: 'tom' } } },
    {
      record: delivered('workflow_run', { action: 'completed', workflow_run: { name: 'ci', path: '.github/workflows/ci.yml', event: 'pull_request_target', head_branch: 'x', head_sha: 'abc', conclusion: 'failure', status: 'completed', updated_at: '2026-03-04T05:06:08Z', head_repository: { full_name: 'eve/web' } } }),
      expect: { time: time + 1000, status: 'Failure', unmapped: { action: 'workflows.completed_workflow_run', pipeline_run: { kind: 'run', workflow: 'ci', path: '.github/workflows/ci.yml', trigger: 'pull_request_target', source: 'eve/web', state: 'completed', outcome: 'failure' }, trigger: 'pull_request_target', workflow: '.github/workflows/ci.yml', head_repository: 'eve/web', conclusion: 'failure' } },
    },
    {
      record: delivered('security_and_analysis', { changes: { from: { security_and_analysis: { secret_scanning: { status: 'enabled' } } } }, repository: { ...common.repository, security_and_analysis: { secret_scanning: { status: 'disabled' } } } }),
      expect: { unmapped: { action: 'repository_secret_scanning.disable' } },
    },
    { record: delivered('repository', { action: 'publicized', repository: { ...common.repository, visibility: 'public' } }), expect: { unmapped: { action: 'repo.access', visibility: 'public', previous_visibility: 'private' } } },
    { record: delivered('deployment_status', { action: 'created', deployment: { environment: 'production', ref: 'main', sha: 'abc' }, deployment_status: { state: 'success', updated_at: '2026-03-04T05:06:09Z' } }), expect: { time: time + 2000, unmapped: { action: 'deployment_status.created', environment: 'production', status: 'success' } } },
    {
      record: delivered('workflow_job', { action: 'completed', workflow_job: { run_id: 7, run_attempt: 1, workflow_name: 'ci', name: 'build', status: 'completed', conclusion: 'success', created_at: '2026-03-04T05:05:00Z', started_at: '2026-03-04T05:05:07Z', completed_at: '2026-03-04T05:06:07Z', labels: ['ubuntu-24.04'], runner_name: 'GitHub Actions 3', runner_group_name: 'GitHub Actions', steps: [{ name: 'Set up job', conclusion: 'success' }, { name: 'Skip me', conclusion: 'skipped' }] } }),
      expect: { time, unmapped: { action: 'workflow_job.completed', pipeline_run: { kind: 'job', run: '7', workflow: 'ci', job: 'build', seconds: 60, waited: 7, hosted: true, labels: ['ubuntu-24.04'], steps: ['Set up job'] } } },
    },
    { record: delivered('release', { action: 'published', release: { tag_name: 'v1' } }), expect: { unmapped: { action: 'release.published', name: 'v1' } } },
    { record: { ref: 'refs/heads/main', repository: { full_name: 'acme/web' }, commits: [{ message: 'x' }] }, expect: { time: 0, unmapped: { action: 'git.push', repo: 'acme/web', commits: [{ message: 'x' }] } } },
    { record: { webhook: { forge: 'github', event: 'ping' }, payload: {} }, expect: { time: 0, unmapped: { action: 'ping' }, actor: { user: { name: 'unknown' } } } },
  ],
  rejects: [null, 'x', {}, { webhook: { forge: 'gitlab' }, payload: {} }, { webhook: { forge: 'github' }, payload: 'x' }, { webhook: 'github', payload: {} }],
};
