/** Weeks in which a company reads its own data: services and a backup their buckets, analysts their tables, developers their repositories. Nobody takes any. */
import type { Draw, Recorded } from '../record.ts';
import { aws, githubAudit, iamUser } from '../sources.ts';
import type { AwsIdentity } from '../sources.ts';
import { chance, day, favourite, hour, isWeekend, logNormal, minute, normal, poisson } from './draws.ts';

const services = ['web', 'api', 'search', 'billing', 'mail', 'reports'] as const;
const analysts = ['anna', 'farid', 'lena-k', 'olaf', 'rosa', 'yusuf', 'zoe', 'ivo'] as const;
const developers = ['bendik', 'carla', 'dmitri', 'elif', 'greta', 'hanne', 'jonas', 'kaja', 'mira', 'nils'] as const;
const repositories = ['web', 'api', 'mobile', 'infra', 'data-pipelines', 'design-system', 'billing', 'search', 'auth', 'docs', 'shop', 'tools', 'charts', 'legacy'] as const;
const tables = ['public.orders', 'public.customers', 'public.items', 'public.visits', 'public.invoices'] as const;

export interface DataWeeks {
  readonly start: number;
  readonly days: number;
  readonly draw: Draw;
}

export function dataWeeks({ start, days, draw }: DataWeeks): Recorded[] {
  return Array.from({ length: days }, (_, at) => start + at * day).flatMap((today) => [...byServices(today, draw), ...services.flatMap((name) => secrets(today, name, draw)), ...backup(today, draw), ...byAnalysts(today, draw), ...byDevelopers(today, draw)]);
}

export function serviceRole(name: string): AwsIdentity {
  const issuer = { type: 'Role', principalId: `AROAEXAMPLE${name.toUpperCase()}`, arn: `arn:aws:iam::111122223333:role/${name}`, accountId: '111122223333', userName: name };
  return { userIdentity: { type: 'AssumedRole', principalId: `${issuer.principalId}:i-0`, arn: `arn:aws:sts::111122223333:assumed-role/${name}/i-0`, accountId: '111122223333', accessKeyId: `ASIAEXAMPLE${name.toUpperCase()}`, sessionContext: { sessionIssuer: issuer, attributes: {} } }, address: `10.20.0.${20 + name.length}`, agent: 'aws-sdk-java/2.29' };
}

export function objectRead(draw: Draw, { time, by, bucket, key, bytes }: { readonly time: number; readonly by: AwsIdentity; readonly bucket: string; readonly key: string; readonly bytes: number }): Recorded {
  const told = aws(draw, { time, service: 's3', name: 'GetObject', by, request: { bucketName: bucket, key } });
  return { time, record: { ...(told.record as object), additionalEventData: { bytesTransferredOut: bytes, SSEApplied: 'SSE_S3' } } };
}

/** At its start a service reads its secrets. */
function secrets(today: number, name: string, draw: Draw): Recorded[] {
  const time = today + draw(20 * 60) * minute;
  return Array.from({ length: 1 + draw(3) }, (_, n) => aws(draw, { time: time + n * 2_000, service: 'secretsmanager', name: 'GetSecretValue', by: serviceRole(`${name}-service`), request: { secretId: `prod/${name}/${n}` } }));
}

/** Every few hours some objects of their own bucket, now and then of another's. */
function byServices(today: number, draw: Draw): Recorded[] {
  return services.flatMap((name, at) => Array.from({ length: 6 }, (_, slot) => slot).flatMap((slot) => {
    const objects = Math.max(1, Math.round(logNormal(draw, 6 + at * 3, 0.6)));
    const bucket = chance(draw, 0.01) ? 'shared-assets' : `${name}-files`;
    const begins = today + slot * 4 * hour + draw(60) * minute;
    return Array.from({ length: objects }, (_unused, n) => objectRead(draw, { time: begins + n * 20_000, by: serviceRole(`${name}-service`), bucket, key: `o/${draw(5000)}`, bytes: Math.round(logNormal(draw, 60_000, 1)) }));
  }));
}

function backup(today: number, draw: Draw): Recorded[] {
  const by = iamUser('backup', 'AKIAEXAMPLEBACKUP00', '192.0.2.41', 'restic/0.17.3');
  const objects = Math.round(logNormal(draw, 160, 0.1));
  return Array.from({ length: objects }, (_, n) => objectRead(draw, { time: today + 3 * hour + n * 9_000, by, bucket: 'shop-assets', key: `b/${n}`, bytes: Math.round(logNormal(draw, 400_000, 1)) }));
}

export function tableRead(time: number, { user, table, rows, address }: { readonly user: string; readonly table: string; readonly rows: number; readonly address: string }): Recorded {
  const stamp = new Date(time).toISOString().replace('T', ' ').replace('Z', ' UTC');
  return { time, record: `${stamp} [${1000 + (time % 9000)}] ${user}@shop host=${address} LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,${table},"select * from ${table} where day = $1",<none>,${rows}` };
}

function byAnalysts(today: number, draw: Draw): Recorded[] {
  if (isWeekend(today)) return [];
  return analysts.flatMap((user, at) => Array.from({ length: poisson(draw, 5) }, () => {
    const time = today + Math.round((11 + 2 * normal(draw)) * hour);
    return tableRead(time, { user, table: favourite(draw, [...tables.slice(at % 5), ...tables.slice(0, at % 5)], 1.5), rows: Math.round(logNormal(draw, 800, 1.2)), address: `10.30.0.${40 + at}` });
  }));
}

function byDevelopers(today: number, draw: Draw): Recorded[] {
  if (isWeekend(today)) return [];
  return developers.flatMap((actor, at) => Array.from({ length: poisson(draw, 1.2) }, () => {
    const repo = favourite(draw, [...repositories.slice(at), ...repositories.slice(0, at)], 1.2);
    return githubAudit(draw, { time: today + Math.round((10 + 2 * normal(draw)) * hour), action: 'git.clone', actor, address: `192.0.2.${100 + at}`, repo });
  }));
}

export interface DataAttack {
  readonly name: string;
  records(midnight: number, draw: Draw): Recorded[];
}

const thief = (name: string): AwsIdentity => ({ ...serviceRole(name), address: '198.51.100.66', agent: 'aws-cli/2.22.1' });
const strangerPolicy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::billing-files/*' }] };

function bulk(draw: Draw, { time, by, bucket, objects }: { readonly time: number; readonly by: AwsIdentity; readonly bucket: string; readonly objects: number }): Recorded[] {
  return Array.from({ length: objects }, (_, n) => objectRead(draw, { time: time + n * 2_000, by, bucket, key: `x/${n}`, bytes: 300_000 }));
}

export const dataAttacks: readonly DataAttack[] = [
  { name: 'a service reads its whole bucket', records: (midnight, draw) => bulk(draw, { time: midnight + 2.2 * hour, by: thief('billing-service'), bucket: 'billing-files', objects: 900 }) },
  { name: "a service reads another's bucket", records: (midnight, draw) => bulk(draw, { time: midnight + 13.2 * hour, by: thief('web-service'), bucket: 'billing-files', objects: 250 }) },
  { name: 'read in bulk, then opened to everyone', records: (midnight, draw) => [...bulk(draw, { time: midnight + 9.2 * hour, by: thief('billing-service'), bucket: 'billing-files', objects: 400 }), aws(draw, { time: midnight + 11 * hour, service: 's3', name: 'PutBucketPolicy', by: thief('billing-service'), request: { bucketName: 'billing-files', bucketPolicy: JSON.stringify(strangerPolicy) } })] },
  { name: 'a disk shared, then a bucket read by a new user', records: (midnight, draw) => sharedThenRead(midnight, draw) },
  { name: 'an analyst reads a whole table at night', records: (midnight) => Array.from({ length: 12 }, (_, n) => tableRead(midnight + 1.1 * hour + n * minute, { user: 'farid', table: 'public.customers', rows: 400_000, address: '10.30.0.41' })) },
  { name: 'a developer clones everything', records: (midnight, draw) => repositories.map((repo, n) => githubAudit(draw, { time: midnight + 15 * hour + n * minute, action: 'git.clone', actor: 'mira', address: '198.51.100.66', repo })) },
  { name: 'a build role reads all secrets', records: (midnight, draw) => Array.from({ length: 40 }, (_, n) => aws(draw, { time: midnight + 1.7 * hour + n * 3_000, service: 'secretsmanager', name: 'GetSecretValue', by: thief('web-deploy'), request: { secretId: `prod/${n}` } })) },
];

function sharedThenRead(midnight: number, draw: Draw): Recorded[] {
  const by = iamUser('svc-metrics-sync', 'AKIAEXAMPLEMETRICS0', '198.51.100.23', 'aws-cli/2.22.1');
  const shared = aws(draw, { time: midnight + 6.7 * hour, service: 'ec2', name: 'ModifySnapshotAttribute', by, request: { snapshotId: 'snap-0a1b2c3d4e5f60718', attributeType: 'CREATE_VOLUME_PERMISSION', createVolumePermission: { add: { items: [{ userId: '444455556666' }] } } } });
  return [shared, ...bulk(draw, { time: midnight + 7.2 * hour, by, bucket: 'shop-assets', objects: 300 })];
}
