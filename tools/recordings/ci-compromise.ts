/**
 * Twenty-four hours in which a company's build is turned against it. Made up, in the manner of attacks that happened: somebody with the token of a
 * release bot moves the tags of an action that all builds use to a commit that reads the runner's memory; with credentials found there
 * they go on into the cloud, make themselves a user, stop the log, share a disk and the database, read what customers sent,
 * and come back by the repository's back door.
 */
import type { Draw, Recorded } from './record.ts';
import { drawFrom, hexOf, inOrder } from './record.ts';
import { account, auditOpen, aws, buildSession, githubAudit, iamUser, tagMoved, workflowJob, workflowRun } from './sources.ts';
import type { AwsIdentity } from './sources.ts';
import { workingDay } from './working-day.ts';

export const day = Date.UTC(2026, 2, 3);
const seed = 20_260_303;
const attacker = '198.51.100.66';
const exit = '198.51.100.23';
const bot = 'acme-release-bot';
const minute = 60_000;
const at = (clock: string): number => day + Number(clock.slice(0, 2)) * 60 * minute + Number(clock.slice(3, 5)) * minute + Number(clock.slice(6, 8)) * 1000;

/** One line a record, in the order of time. The same every time. */
export function ciCompromise(): string[] {
  const draw = drawFrom(seed);
  const told = [forge, runner, cloud, takeover, takenOut, backDoor].flatMap((part) => part(draw));
  return inOrder([...told, ...workingDay(day, draw)]);
}

const token = { hashed_token: 'b3duZWQgYnkgbm9ib2R5', token_id: 556_677, programmatic_access_type: 'Personal access token (classic)', user_agent: 'git/2.39.5' };
const stealer = '5e1ec7ed0ddba11c0ffee0ddba11c0ffee0ddba1';
const stolen = 'ASIAEXAMPLEWEBNIGHTLY';

/** 00:47: the token of a bot, from an address that it never had; all major tags of the action now name one commit. */
function forge(draw: Draw): Recorded[] {
  const moved = ['v3', 'v3.2', 'v3.2.1', 'v2'].map((tag, n) => tagMoved(draw, at('00:52:10') + n * 4_000, { repo: 'setup-toolchain', tag, sender: bot, before: hexOf(draw, 40), after: stealer }));
  return [
    githubAudit(draw, { time: at('00:47:31'), action: 'git.clone', actor: bot, address: attacker, repo: 'setup-toolchain', more: { ...token, transport_protocol_name: 'http' } }),
    githubAudit(draw, { time: at('00:52:08'), action: 'git.push', actor: bot, address: attacker, repo: 'setup-toolchain', more: { ...token, transport_protocol_name: 'http' } }),
    ...moved,
  ];
}

/** 01:20: the nightly build of the shop runs it; it reads the memory of the runner's worker, where secrets are in the clear. */
function runner(draw: Draw): Recorded[] {
  const { exchanged, by } = buildSession(draw, at('01:21:40'), { repo: 'web', role: 'web-deploy', address: '192.0.2.21', key: stolen });
  const actions = ['actions/checkout@v4', 'acme/setup-toolchain@v3'];
  return [
    auditOpen(at('01:20:25'), 88_412, { host: 'runner-03', exe: '/usr/bin/python3.12', path: '/proc/2113/mem', user: 'runner', pid: 2290, parent: 2241 }),
    workflowJob(draw, at('01:20:50'), { repo: 'web', workflow: 'nightly', job: 'prepare', runner: 'runner-03', actions }),
    exchanged,
    aws(draw, { time: at('01:22:02'), service: 'ecr', name: 'GetAuthorizationToken', by }),
    auditOpen(at('01:22:15'), 88_507, { host: 'runner-03', exe: '/usr/bin/python3.12', path: '/proc/2410/mem', user: 'runner', pid: 2477, parent: 2441 }),
    workflowJob(draw, at('01:25:30'), { repo: 'web', workflow: 'nightly', job: 'deploy', runner: 'runner-03', actions }),
    aws(draw, { time: at('01:24:40'), service: 'ecs', name: 'DescribeServices', by, request: { cluster: 'production', services: ['web'] } }),
    workflowRun(draw, at('01:26:00'), { repo: 'web', workflow: 'nightly', sender: 'github-actions[bot]', event: 'schedule' }),
  ];
}

/** 01:31: the build's session, from elsewhere: who am I, what is there, what can be read. */
function cloud(draw: Draw): Recorded[] {
  const { by } = buildSession(draw, at('01:21:40'), { repo: 'web', role: 'web-deploy', address: attacker, key: stolen });
  const thief: AwsIdentity = { ...by, agent: 'aws-cli/2.22.1 md/awscrt#0.23.4 ua/2.0 os/linux#6.8.0' };
  const secrets = ['prod/db/orders', 'prod/stripe', 'prod/jwt', 'prod/smtp', 'prod/search', 'prod/erp', 'prod/partner-api', 'prod/iam/automation'];
  return [
    aws(draw, { time: at('01:31:12'), service: 'sts', name: 'GetCallerIdentity', by: thief }),
    aws(draw, { time: at('01:31:40'), service: 's3', name: 'ListBuckets', by: thief }),
    aws(draw, { time: at('01:33:05'), service: 'iam', name: 'GetAccountAuthorizationDetails', by: thief }),
    aws(draw, { time: at('01:41:55'), service: 'secretsmanager', name: 'ListSecrets', by: thief }),
    aws(draw, { time: at('01:43:10'), service: 'secretsmanager', name: 'BatchGetSecretValue', by: thief, request: { secretIdList: secrets } }),
    ...secrets.slice(0, 2).map((secretId, n) => aws(draw, { time: at('01:44:30') + n * 3_000, service: 'secretsmanager', name: 'GetSecretValue', by: thief, request: { secretId } })),
  ];
}

/** 02:31: with a right that the role should never have had, a user that looks like one of many, and a key for it. */
function takeover(draw: Draw): Recorded[] {
  const { by } = buildSession(draw, at('01:21:40'), { repo: 'web', role: 'web-deploy', address: attacker, key: stolen });
  const user = 'svc-metrics-sync';
  const admin = iamUser(user, 'AKIAEXAMPLEMETRICS0', exit, 'aws-cli/2.22.1 md/awscrt#0.23.4 ua/2.0 os/linux#6.8.0');
  return [
    aws(draw, { time: at('02:11:20'), service: 'iam', name: 'CreateUser', by, request: { userName: user, path: '/service/' }, response: { user: { userName: user, userId: 'AIDAEXAMPLESVCMETRICSSYNC', arn: `arn:aws:iam::${account}:user/service/${user}` } } }),
    aws(draw, { time: at('02:11:48'), service: 'iam', name: 'AttachUserPolicy', by, request: { userName: user, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' } }),
    aws(draw, { time: at('02:12:30'), service: 'iam', name: 'CreateAccessKey', by, request: { userName: user }, response: { accessKey: { userName: user, accessKeyId: 'AKIAEXAMPLEMETRICS0', status: 'Active' } } }),
    aws(draw, { time: at('06:12:03'), service: 'sts', name: 'GetCallerIdentity', by: admin }),
    aws(draw, { time: at('06:14:40'), service: 'cloudtrail', name: 'DescribeTrails', by: admin }),
    aws(draw, { time: at('06:15:31'), service: 'cloudtrail', name: 'PutEventSelectors', by: admin, request: { trailName: 'organization', eventSelectors: [{ readWriteType: 'WriteOnly', includeManagementEvents: false, dataResources: [] }] } }),
  ];
}

/** 06:40 to 09: a disk and the database are shared with a strange account, and the exports of customers are read one by one. */
function takenOut(draw: Draw): Recorded[] {
  const admin = iamUser('svc-metrics-sync', 'AKIAEXAMPLEMETRICS0', exit, 'aws-cli/2.22.1 md/awscrt#0.23.4 ua/2.0 os/linux#6.8.0');
  const stranger = '444455556666';
  const objects = Array.from({ length: 640 }, (_, n) => aws(draw, { time: at('07:05:00') + n * 900, service: 's3', name: 'GetObject', by: admin, request: { bucketName: 'customer-exports', key: `2026/02/export-${n}.csv.gz` } }));
  return [
    aws(draw, { time: at('06:40:22'), service: 'ec2', name: 'DescribeSnapshots', by: admin }),
    aws(draw, { time: at('06:43:57'), service: 'ec2', name: 'ModifySnapshotAttribute', by: admin, request: { snapshotId: 'snap-0a1b2c3d4e5f60718', attributeType: 'CREATE_VOLUME_PERMISSION', createVolumePermission: { add: { items: [{ userId: stranger }] } } }, response: { _return: true } }),
    aws(draw, { time: at('06:51:09'), service: 'rds', name: 'ModifyDBSnapshotAttribute', by: admin, request: { dBSnapshotIdentifier: 'orders-2026-03-03', attributeName: 'restore', valuesToAdd: [stranger] } }),
    aws(draw, { time: at('07:04:12'), service: 's3', name: 'ListObjects', by: admin, request: { bucketName: 'customer-exports', prefix: '2026/' } }),
    ...objects,
  ];
}

/** 13:20 and 22:15: ways back in for later. */
function backDoor(draw: Draw): Recorded[] {
  const event = (time: number, action: string, repo: string, more: object = {}): Recorded => githubAudit(draw, { time, action, actor: bot, address: attacker, repo, more: { ...token, ...more } });
  return [
    event(at('13:20:18'), 'public_key.create', 'infra', { title: 'cache', read_only: 'false', key_id: 9_911 }),
    event(at('13:22:41'), 'repository_secret_scanning.disable', 'infra'),
    event(at('22:15:02'), 'repo.register_self_hosted_runner', 'infra', { runner_id: 404, runner_name: 'runner-09', runner_labels: 'self-hosted' }),
  ];
}
