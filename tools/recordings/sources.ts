/** Records as their sources write them, from what happened. Names and addresses are those set aside for documentation. */
import type { Draw, Recorded } from './record.ts';
import { hexOf } from './record.ts';

export const account = '111122223333';
const iso = (time: number): string => new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
const uuid = (draw: Draw): string => `${hexOf(draw, 8)}-${hexOf(draw, 4)}-4${hexOf(draw, 3)}-a${hexOf(draw, 3)}-${hexOf(draw, 12)}`;

export interface GithubEvent {
  readonly time: number;
  readonly action: string;
  readonly actor: string;
  readonly address: string;
  readonly repo?: string;
  readonly more?: object;
}

export function githubAudit(draw: Draw, { time, action, actor, address, repo, more = {} }: GithubEvent): Recorded {
  const bot = actor.endsWith('[bot]');
  return {
    time,
    record: {
      '@timestamp': time, _document_id: hexOf(draw, 20), action, actor, actor_id: 1000 + actor.length * 37, actor_ip: address, actor_is_bot: bot, created_at: time, org: 'acme', org_id: 4242,
      ...(repo === undefined ? {} : { repo: `acme/${repo}`, repository: `acme/${repo}` }), user_agent: bot ? 'acme-release/2.1' : 'git/2.47.1', ...more,
    },
  };
}

export function githubWebhook(draw: Draw, time: number, event: string, payload: object): Recorded {
  return { time, record: { webhook: { forge: 'github', event, delivery: uuid(draw) }, payload } };
}

export function repositoryPart(repo: string, time: number): object {
  return { repository: { id: 900 + repo.length, name: repo, full_name: `acme/${repo}`, private: true, pushed_at: Math.floor(time / 1000) }, organization: { login: 'acme', id: 4242 } };
}

export function tagMoved(draw: Draw, time: number, { repo, tag, sender, before, after }: { repo: string; tag: string; sender: string; before: string; after: string }): Recorded {
  return githubWebhook(draw, time, 'push', {
    ref: `refs/tags/${tag}`, before, after, forced: true, created: false, deleted: false, base_ref: null, compare: `https://github.com/acme/${repo}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits: [], head_commit: { id: after, message: 'Cache the toolchain between jobs', timestamp: iso(time - 240_000), author: { name: 'renovate[bot]', email: 'bot@renovateapp.com' }, modified: ['dist/index.js'] },
    ...repositoryPart(repo, time), pusher: { name: sender, email: `${sender}@acme.example` }, sender: { login: sender, id: 31_337, type: 'User' },
  });
}

export function branchPushed(draw: Draw, time: number, { repo, branch, sender }: { repo: string; branch: string; sender: string }): Recorded {
  const before = hexOf(draw, 40);
  const after = hexOf(draw, 40);
  return githubWebhook(draw, time, 'push', {
    ref: `refs/heads/${branch}`, before, after, forced: false, created: false, deleted: false, commits: [{ id: after, message: 'Tidy', timestamp: iso(time), added: [], modified: ['src/app.ts'], removed: [] }], head_commit: { id: after, message: 'Tidy', timestamp: iso(time) },
    ...repositoryPart(repo, time), pusher: { name: sender }, sender: { login: sender, id: 2000 + sender.length, type: 'User' },
  });
}

export function workflowRun(draw: Draw, time: number, { repo, workflow, sender, event, conclusion = 'success' }: { repo: string; workflow: string; sender: string; event: string; conclusion?: string }): Recorded {
  return githubWebhook(draw, time, 'workflow_run', {
    action: 'completed', workflow: { id: 77 + workflow.length, name: workflow, path: `.github/workflows/${workflow}.yml` },
    workflow_run: { id: 10_000_000 + draw(9_000_000), name: workflow, head_branch: 'main', head_sha: hexOf(draw, 40), event, status: 'completed', conclusion, run_attempt: 1, created_at: iso(time - 300_000), updated_at: iso(time), path: `.github/workflows/${workflow}.yml` },
    ...repositoryPart(repo, time), sender: { login: sender, id: 2000 + sender.length, type: 'User' },
  });
}

/** A job of a run that has ended, with its steps: `actions` are those it uses, as `owner/name@ref`. */
export function workflowJob(draw: Draw, time: number, { repo, workflow, job, runner, actions }: { repo: string; workflow: string; job: string; runner: string; actions: readonly string[] }): Recorded {
  const steps = ['Set up job', ...actions.map((action) => `Run ${action}`), 'Run npm ci', 'Complete job'];
  return githubWebhook(draw, time, 'workflow_job', {
    action: 'completed',
    workflow_job: {
      id: 30_000_000 + draw(9_000_000), run_id: 10_000_000 + draw(9_000_000), run_attempt: 1, workflow_name: workflow, name: job, head_branch: 'main', head_sha: hexOf(draw, 40), status: 'completed', conclusion: 'success',
      created_at: iso(time - 75_000), started_at: iso(time - 60_000), completed_at: iso(time), labels: ['self-hosted', 'linux'], runner_id: 3, runner_name: runner, runner_group_name: 'Default',
      steps: steps.map((name, at) => ({ name, status: 'completed', conclusion: 'success', number: at + 1, started_at: iso(time - 60_000 + at * 5_000), completed_at: iso(time - 55_000 + at * 5_000) })),
    },
    ...repositoryPart(repo, time), sender: { login: 'github-actions[bot]', id: 41_898_282, type: 'Bot' },
  });
}

export interface AwsIdentity {
  readonly userIdentity: object;
  readonly address: string;
  readonly agent: string;
}

export interface AwsCall {
  readonly time: number;
  readonly service: string;
  readonly name: string;
  readonly by: AwsIdentity;
  readonly request?: object | null;
  readonly response?: object | null;
  readonly error?: string;
  readonly readOnly?: boolean;
}

export function aws(draw: Draw, { time, service, name, by, request = null, response = null, error, readOnly = /^(?:Get|List|Describe|Head)/.test(name) }: AwsCall): Recorded {
  return {
    time,
    record: {
      eventVersion: '1.11', userIdentity: by.userIdentity, eventTime: iso(time), eventSource: `${service}.amazonaws.com`, eventName: name, awsRegion: 'eu-west-1', sourceIPAddress: by.address, userAgent: by.agent,
      ...(error === undefined ? {} : { errorCode: error, errorMessage: `User is not authorized to perform: ${service}:${name}` }),
      requestParameters: request, responseElements: response, requestID: uuid(draw), eventID: uuid(draw), readOnly, eventType: 'AwsApiCall', managementEvent: service !== 's3' || !name.endsWith('Object'), recipientAccountId: account,
      eventCategory: service === 's3' && name.endsWith('Object') ? 'Data' : 'Management',
    },
  };
}

/** A build that exchanges its identity token for a role, and the identity that its calls then carry. */
export function buildSession(draw: Draw, time: number, { repo, role, address, key }: { repo: string; role: string; address: string; key: string }): { exchanged: Recorded; by: AwsIdentity } {
  const provider = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
  const subject = `repo:acme/${repo}:ref:refs/heads/main`;
  const roleId = `AROAEXAMPLE${role.toUpperCase().replaceAll('-', '')}:${repo}`;
  const agent = 'aws-sdk-js/3.699.0 ua/2.1 os/linux lang/js md/nodejs#20.18.0 exec-env/configure-aws-credentials-for-github-actions';
  const exchanged = aws(draw, {
    time, service: 'sts', name: 'AssumeRoleWithWebIdentity', readOnly: true,
    by: { userIdentity: { type: 'WebIdentityUser', principalId: `${provider}:sts.amazonaws.com:${subject}`, userName: subject, identityProvider: provider }, address, agent },
    request: { roleArn: `arn:aws:iam::${account}:role/${role}`, roleSessionName: repo, durationSeconds: 3600 },
    response: {
      credentials: { accessKeyId: key, sessionToken: '***', expiration: iso(time + 3_600_000) }, subjectFromWebIdentityToken: subject, provider, audience: 'sts.amazonaws.com',
      assumedRoleUser: { assumedRoleId: roleId, arn: `arn:aws:sts::${account}:assumed-role/${role}/${repo}` },
    },
  });
  return { exchanged, by: { userIdentity: assumedRole({ role, session: repo, roleId, key, provider, since: time }), address, agent } };
}

function assumedRole({ role, session, roleId, key, provider, since }: { role: string; session: string; roleId: string; key: string; provider: string; since: number }): object {
  return {
    type: 'AssumedRole', principalId: roleId, arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`, accountId: account, accessKeyId: key,
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: roleId.split(':')[0], arn: `arn:aws:iam::${account}:role/${role}`, accountId: account, userName: role },
      webIdFederationData: { federatedProvider: provider, attributes: {} }, attributes: { creationDate: iso(since), mfaAuthenticated: 'false' },
    },
  };
}

export function iamUser(name: string, key: string, address: string, agent: string): AwsIdentity {
  return { userIdentity: { type: 'IAMUser', principalId: `AIDAEXAMPLE${name.toUpperCase().replaceAll('-', '')}`, arn: `arn:aws:iam::${account}:user/${name}`, accountId: account, accessKeyId: key, userName: name }, address, agent };
}

/** A file that was opened, as the Linux audit system tells it, its records joined to JSON on the way (as laurel does). */
export function auditOpen(time: number, serial: number, { host, exe, path, user, pid, parent }: { host: string; exe: string; path: string; user: string; pid: number; parent: number }): Recorded {
  const stamp = `${(time / 1000).toFixed(3)}:${serial}`;
  return {
    time,
    record: {
      ID: stamp, NODE: host,
      SYSCALL: { arch: '0xc000003e', syscall: 257, SYSCALL: 'openat', success: 'yes', exit: 7, items: 1, ppid: parent, pid, auid: 1001, AUID: user, uid: 0, UID: 'root', comm: exe.split('/').at(-1), exe, key: 'process-memory' },
      PATH: [{ item: 0, name: path, inode: 4026, mode: '0100600', nametype: 'NORMAL' }],
    },
  };
}

export function accessLine(time: number, { address, method, path, status, bytes, agent }: { address: string; method: string; path: string; status: number; bytes: number; agent: string }): Recorded {
  const [, day, month, year, clock] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(time).toUTCString()) ?? [];
  return { time, record: `${address} - - [${day}/${month}/${year}:${clock} +0000] "${method} ${path} HTTP/1.1" ${status} ${bytes} "-" "${agent}"` };
}

export function oktaSignIn(draw: Draw, time: number, { user, address, city, result = 'SUCCESS' }: { user: string; address: string; city: string; result?: 'SUCCESS' | 'FAILURE' }): Recorded {
  return {
    time,
    record: {
      uuid: uuid(draw), published: new Date(time).toISOString(), version: '0', severity: result === 'SUCCESS' ? 'INFO' : 'WARN', eventType: 'user.session.start', displayMessage: 'User login to Okta', legacyEventType: 'core.user_auth.login_success',
      actor: { id: `00u${user.length}${user}`, type: 'User', alternateId: `${user}@acme.example`, displayName: user },
      client: { userAgent: { rawUserAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:135.0) Gecko/20100101 Firefox/135.0', os: 'Linux', browser: 'FIREFOX' }, zone: 'office', device: 'Computer', ipAddress: address, geographicalContext: { city, country: 'Norway' } },
      outcome: { result, reason: result === 'SUCCESS' ? null : 'INVALID_CREDENTIALS' }, transaction: { type: 'WEB', id: hexOf(draw, 12) }, securityContext: { isProxy: false },
      authenticationContext: { authenticationStep: 0, externalSessionId: hexOf(draw, 16) }, debugContext: { debugData: { requestUri: '/idp/idx/challenge/answer' } }, target: null,
    },
  };
}

export function kubernetesCall(draw: Draw, time: number, { user, verb, resource, namespace, name, address }: { user: string; verb: string; resource: string; namespace: string; name: string; address: string }): Recorded {
  const stamp = new Date(time).toISOString().replace('Z', '000Z');
  return {
    time,
    record: {
      kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID: uuid(draw), stage: 'ResponseComplete', requestURI: `/apis/apps/v1/namespaces/${namespace}/${resource}/${name}`, verb, user: { username: user, groups: ['system:authenticated'] },
      sourceIPs: [address], userAgent: 'kubectl/v1.33.0', objectRef: { resource, namespace, name, apiVersion: 'v1', apiGroup: 'apps' }, responseStatus: { metadata: {}, code: 200 }, requestReceivedTimestamp: stamp, stageTimestamp: stamp,
      annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': 'RBAC: allowed by RoleBinding' },
    },
  };
}
