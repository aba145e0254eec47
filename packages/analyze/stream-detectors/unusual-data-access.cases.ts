import { defineStreamCases, type CaseObservation } from '#model/stream-cases.ts';

const start = Date.UTC(2026, 0, 5);
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const own = '111122223333';

interface Call {
  readonly time: number;
  readonly name: string;
  readonly request: object;
  readonly user?: string;
  readonly key?: string;
  readonly bytes?: number;
  readonly more?: object;
}

function call({ time, name, request, user = 'billing', key = `AKIAEXAMPLE${user.toUpperCase()}`, bytes = 50_000, more = {} }: Call): CaseObservation {
  const service = /Snapshot|Image/.test(name) ? 'ec2' : 's3';
  return {
    logsource: { product: 'aws', service: 'cloudtrail' }, time,
    event: { class_uid: 6003, api: { operation: name }, actor: { user: { name: user, credential_uid: key } }, cloud: { account: { uid: own } } },
    record: { eventSource: `${service}.amazonaws.com`, eventName: name, recipientAccountId: own, sourceIPAddress: '192.0.2.7', userIdentity: { type: 'IAMUser', userName: user, accessKeyId: key }, requestParameters: request, additionalEventData: { bytesTransferredOut: bytes }, ...more },
  };
}

const reads = (time: number, objects: number, more: Partial<Call> = {}): CaseObservation[] => Array.from({ length: objects }, (_, n) => call({ time: time + n * 1_000, name: 'GetObject', request: { bucketName: 'billing-files', key: `o/${n}` }, ...more }));
/** Ten objects, more or less, four times a day. */
const history = (days: number, more: Partial<Call> = {}): CaseObservation[] => Array.from({ length: days * 4 }, (_, n) => reads(start + Math.floor(n / 4) * day + (8 + (n % 4) * 2) * hour, 7 + ((n * 5) % 8), more)).flat();

const policy = (principal: unknown): object => ({ bucketName: 'billing-files', bucketPolicy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: principal, Action: 's3:GetObject' }] }) });
const shared = (time: number, user: string, account: string): CaseObservation => call({ time, user, name: 'ModifySnapshotAttribute', request: { snapshotId: 'snap-1', createVolumePermission: { add: { items: [{ userId: account }] } } } });
const statement = (time: number, rows: number): CaseObservation => ({ logsource: { product: 'postgresql', service: 'postgresql' }, time, event: { class_uid: 6005, actor: { user: { name: 'farid' } }, database: { name: 'shop' } }, record: { user: 'farid', database: 'shop', client_ip: '10.30.0.41', object_name: 'public.customers', statement: 'select * from public.customers', rows } });
const night = start + 30 * day + 2 * hour;

export default defineStreamCases({
  fires: [
    { name: 'far more than ever, at night', observations: [...history(30), ...reads(night, 300)] },
    { name: 'a whole table in place of some rows', observations: [...Array.from({ length: 60 }, (_, n) => statement(start + n * 12 * hour, 500 + ((n * 37) % 400))), statement(night + hour, 4_000_000)] },
    { name: 'read in bulk, then opened to everyone', observations: [...reads(start, 150), call({ time: start + 2 * hour, name: 'PutBucketPolicy', request: policy('*') })] },
    { name: 'a disk shared with another account, then a bucket read in bulk', observations: [shared(start, 'svc', '444455556666'), ...reads(start + hour, 150, { user: 'svc' })] },
    { name: 'the same key under another name', observations: [...reads(start, 150), call({ time: start + hour, user: 'svc', key: 'AKIAEXAMPLEBILLING', name: 'PutBucketPolicy', request: policy({ AWS: 'arn:aws:iam::444455556666:root' }) })] },
    { name: 'what is tokenised weighs less, and is told', observations: [...reads(start, 150), call({ time: start + hour, name: 'PutBucketPolicy', request: policy('*'), more: { labels: { data_protection: 'tokenised' } } })] },
  ],
  silent: [
    { name: 'what it always reads', observations: history(30) },
    { name: 'much on the first day', observations: reads(start, 900) },
    { name: 'shared with one\'s own account', observations: [shared(start, 'svc', own), ...reads(start + hour, 150, { user: 'svc' })] },
    { name: 'a public bucket without reading', observations: [call({ time: start, name: 'PutBucketPolicy', request: policy('*') })] },
    { name: 'both halves, two days apart', observations: [...reads(start, 150), call({ time: start + 2 * day, name: 'PutBucketPolicy', request: policy('*') })] },
    { name: 'a backup that copies what it reads every night', observations: Array.from({ length: 8 }, (_, n) => [call({ time: start + n * day, user: 'backup', name: 'CopyObject', request: { bucketName: 'backup', 'x-amz-copy-source': '/billing-files/a' } }), ...(n < 4 ? [] : reads(start + n * day + minute, 120, { user: 'backup' }))]).flat() },
    { name: 'half as much again', observations: [...history(30), ...reads(start + 30 * day + 8 * hour, 18)] },
    { name: 'a read that was refused', observations: reads(start, 200, { more: { errorCode: 'AccessDenied' } }).concat(call({ time: start + hour, name: 'PutBucketPolicy', request: policy('*') })) },
  ],
});
