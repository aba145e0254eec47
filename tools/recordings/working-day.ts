/** A day of a company of twenty-six: who works when, what builds and deploys run, what their customers ask for. Nobody does any harm. */
import type { Draw, Recorded } from './record.ts';
import { hexOf, oneOf } from './record.ts';
import { accessLine, account, aws, branchPushed, buildSession, githubAudit, iamUser, kubernetesCall, oktaSignIn, workflowJob, workflowRun } from './sources.ts';

const hour = 3_600_000;
const minute = 60_000;
const people = [
  'anna', 'bendik', 'carla', 'dmitri', 'elif', 'farid', 'greta', 'hanne', 'ivo', 'jonas', 'kaja', 'lena-k', 'mira', 'nils', 'olaf', 'pia', 'quentin', 'rosa', 'sindre', 'tove', 'ulla', 'viktor', 'wanda', 'xenia', 'yusuf', 'zoe',
] as const;
const repositories = ['web', 'api', 'design-system', 'mobile', 'infra', 'data-pipelines'] as const;
const office = '192.0.2.10';
const runners = ['192.0.2.21', '192.0.2.22', '192.0.2.23'] as const;
const agents = ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) Version/18.3 Mobile Safari/604.1', 'Mozilla/5.0 (X11; Linux x86_64; rv:135.0) Gecko/20100101 Firefox/135.0'] as const;
const pages = ['/', '/pricing', '/login', '/api/v1/orders?page=2', '/api/v1/orders/10443', '/static/app.9f3c.js', '/search?q=winter+jacket', '/account', '/api/v1/cart', '/blog/how-we-ship'] as const;

/** `day` is midnight UTC. About six thousand records. */
export function workingDay(day: number, draw: Draw): Recorded[] {
  return [...people.flatMap((person) => personsDay(day, person, draw)), ...builds(day, draw), ...customers(day, draw), ...operations(day, draw)];
}

function personsDay(day: number, person: string, draw: Draw): Recorded[] {
  const begins = day + 7 * hour + draw(3 * 60) * minute;
  const ends = begins + 7 * hour + draw(120) * minute;
  const home = draw(4) === 0;
  const address = home ? `198.51.100.${100 + draw(100)}` : office;
  const lines: Recorded[] = [oktaSignIn(draw, begins, { user: person, address, city: home ? 'Bergen' : 'Oslo' })];
  if (draw(9) === 0) lines.push(oktaSignIn(draw, begins - minute, { user: person, address, city: home ? 'Bergen' : 'Oslo', result: 'FAILURE' }));
  for (let time = begins + draw(30) * minute; time < ends; time += (15 + draw(50)) * minute) {
    const repo = oneOf(draw, repositories);
    lines.push(githubAudit(draw, { time, action: 'git.fetch', actor: person, address, repo, more: { transport_protocol_name: 'ssh' } }));
    if (draw(3) === 0) lines.push(githubAudit(draw, { time: time + 9 * minute, action: 'git.push', actor: person, address, repo, more: { transport_protocol_name: 'ssh' } }), branchPushed(draw, time + 9 * minute, { repo, branch: `${person}/${hexOf(draw, 4)}`, sender: person }));
    if (draw(6) === 0) lines.push(githubAudit(draw, { time: time + 11 * minute, action: 'pull_request.create', actor: person, address, repo }));
    if (draw(7) === 0) lines.push(githubAudit(draw, { time: time + 13 * minute, action: 'pull_request.merge', actor: person, address, repo }), branchPushed(draw, time + 13 * minute, { repo, branch: 'main', sender: person }));
  }
  return lines;
}

/** Each repository is built at night and some ten times by day; what reaches main is deployed. */
function builds(day: number, draw: Draw): Recorded[] {
  return repositories.flatMap((repo) => {
    const nightly = day + hour + 15 * minute + draw(20) * minute;
    const daily = Array.from({ length: 10 }, () => day + 8 * hour + draw(9 * 60) * minute);
    return [nightly, ...daily].flatMap((time, at) => buildOf(time, repo, at === 0 ? 'schedule' : 'push', draw));
  });
}

export function buildOf(time: number, repo: string, event: string, draw: Draw, key = `ASIAEXAMPLE${hexOf(draw, 9).toUpperCase()}`): Recorded[] {
  const { exchanged, by } = buildSession(draw, time, { repo, role: `${repo}-deploy`, address: oneOf(draw, runners), key });
  const cluster = { cluster: 'production', service: repo };
  return [
    exchanged,
    aws(draw, { time: time + 20_000, service: 'ecr', name: 'GetAuthorizationToken', by }),
    aws(draw, { time: time + 90_000, service: 'ecs', name: 'DescribeServices', by, request: { cluster: 'production', services: [repo] } }),
    ...(event === 'push' ? [aws(draw, { time: time + 120_000, service: 'ecs', name: 'UpdateService', by, request: { ...cluster, forceNewDeployment: true } })] : []),
    kubernetesCall(draw, time + 130_000, { user: 'system:serviceaccount:ci:deployer', verb: 'patch', resource: 'deployments', namespace: 'shop', name: repo, address: '10.20.0.15' }),
    workflowJob(draw, time + 170_000, { repo, workflow: event === 'schedule' ? 'nightly' : 'build', job: 'deploy', runner: oneOf(draw, ['runner-01', 'runner-02'] as const), actions: ['actions/checkout@v4', event === 'push' ? 'actions/setup-node@v4' : 'acme/lint@v1'] }),
    workflowRun(draw, time + 180_000, { repo, workflow: event === 'schedule' ? 'nightly' : 'build', sender: event === 'schedule' ? 'github-actions[bot]' : oneOf(draw, people), event, ...(draw(12) === 0 ? { conclusion: 'failure' } : {}) }),
  ];
}

function customers(day: number, draw: Draw): Recorded[] {
  return Array.from({ length: 3_600 }, () => {
    const time = day + draw(24 * 3600) * 1000;
    const path = oneOf(draw, pages);
    const status = draw(40) === 0 ? 404 : draw(90) === 0 ? 302 : 200;
    return accessLine(time, { address: `203.0.113.${100 + draw(150)}`, method: path === '/login' && draw(2) === 0 ? 'POST' : 'GET', path, status, bytes: 400 + draw(40_000), agent: oneOf(draw, agents) });
  });
}

/** What machines and on-call do: monitoring that describes, a backup that reads, services that decrypt. */
function operations(day: number, draw: Draw): Recorded[] {
  const monitor = { userIdentity: { type: 'AssumedRole', principalId: 'AROAEXAMPLEMONITOR:monitor', arn: `arn:aws:sts::${account}:assumed-role/monitor/monitor`, accountId: account, accessKeyId: 'ASIAEXAMPLEMONITOR', sessionContext: { sessionIssuer: { type: 'Role', principalId: 'AROAEXAMPLEMONITOR', arn: `arn:aws:iam::${account}:role/monitor`, userName: 'monitor', accountId: account }, attributes: { mfaAuthenticated: 'false' } } }, address: '192.0.2.40', agent: 'Boto3/1.36.2 md/Botocore#1.36.2' };
  const backup = iamUser('backup', 'AKIAEXAMPLEBACKUP00', '192.0.2.41', 'restic/0.17.3');
  const service = { userIdentity: { type: 'AWSService', invokedBy: 'ecs-tasks.amazonaws.com' }, address: 'ecs-tasks.amazonaws.com', agent: 'ecs-tasks.amazonaws.com' };
  const polled = Array.from({ length: 24 * 12 }, (_, at) => aws(draw, { time: day + at * 5 * minute, service: oneOf(draw, ['ec2', 'ecs', 'rds', 'cloudwatch'] as const), name: oneOf(draw, ['DescribeInstances', 'DescribeServices', 'DescribeDBInstances', 'GetMetricData'] as const), by: monitor }));
  const decrypted = Array.from({ length: 24 * 6 }, (_, at) => aws(draw, { time: day + at * 10 * minute + 7_000, service: 'kms', name: 'Decrypt', by: service, readOnly: true, request: { encryptionContext: { service: 'shop' } } }));
  const read = Array.from({ length: 60 }, (_, at) => aws(draw, { time: day + 3 * hour + at * 20_000, service: 's3', name: 'GetObject', by: backup, request: { bucketName: 'shop-assets', key: `images/${at}.jpg` } }));
  const cluster = Array.from({ length: 500 }, () => kubernetesCall(draw, day + draw(24 * 3600) * 1000, { user: oneOf(draw, ['system:node:node-1', 'system:serviceaccount:argocd:argocd-server', 'system:serviceaccount:monitoring:prometheus'] as const), verb: oneOf(draw, ['get', 'list', 'watch'] as const), resource: oneOf(draw, ['pods', 'deployments', 'endpoints'] as const), namespace: 'shop', name: oneOf(draw, repositories), address: '10.20.0.7' }));
  return [...polled, ...decrypted, ...read, ...cluster];
}
