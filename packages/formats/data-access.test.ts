import { describe, expect, it } from 'vitest';
import { dataAccessOf } from './data-access.ts';
import { foreignAccess } from './data-leaving.ts';

const own = '111122223333';

describe('dataAccessOf', () => {
  const aws = (eventSource: string, eventName: string, more: object = {}): unknown => ({ eventSource: `${eventSource}.amazonaws.com`, eventName, recipientAccountId: own, sourceIPAddress: '192.0.2.1', userIdentity: { type: 'IAMUser', userName: 'mira', accessKeyId: 'AKIAX' }, ...more });

  it('reads who read how much of what', () => {
    expect(dataAccessOf('aws', 'cloudtrail', aws('s3', 'GetObject', { requestParameters: { bucketName: 'b', key: 'k' }, additionalEventData: { bytesTransferredOut: 7 } }))).toMatchObject({ kind: 'read', principal: 'mira', store: 'bucket b', object: 'k', bytes: 7, links: ['192.0.2.1', 'AKIAX'] });
    expect(dataAccessOf('aws', 'cloudtrail', aws('secretsmanager', 'BatchGetSecretValue', { requestParameters: { secretIdList: ['a', 'b', 'c'] } }))).toMatchObject({ family: 'secrets', objects: 3 });
    expect(dataAccessOf('aws', 's3', { bucket: 'b', operation: 'REST.GET.OBJECT', key: 'k', requester: 'arn:aws:iam::1:user/mira', bytessent: '12', remoteip: '192.0.2.1', httpstatus: '200' })).toMatchObject({ store: 'bucket b', bytes: 12 });
    expect(dataAccessOf('gcp', 'gcp.audit', { protoPayload: { methodName: 'storage.objects.get', resourceName: 'projects/_/buckets/b/objects/o', authenticationInfo: { principalEmail: 'a@b.example' } } })).toMatchObject({ store: 'bucket b', object: 'o' });
    expect(dataAccessOf('gcp', 'gcp.audit', { protoPayload: { methodName: 'jobservice.jobcompleted', metadata: { jobChange: { job: { jobStats: { queryStats: { totalProcessedBytes: '99', referencedTables: ['projects/p/datasets/d/tables/t'] } } } } } } })).toMatchObject({ store: 'table projects/p/datasets/d/tables/t', bytes: 99 });
    expect(dataAccessOf('github', 'audit', { action: 'git.clone', repo: 'acme/web', actor: 'mira' })).toMatchObject({ store: 'repositories of acme', object: 'acme/web' });
    expect(dataAccessOf('postgresql', 'postgresql', { statement: 'select * from public.customers c', user: 'mira', database: 'shop', rows: 12 })).toMatchObject({ store: 'database shop', object: 'public.customers', rows: 12 });
    expect(dataAccessOf(undefined, 'google_workspace.admin', { eventService: 'drive.googleapis.com', eventName: 'download', doc_id: 'd', actor: { email: 'a@b.example' } })).toMatchObject({ family: 'documents', object: 'd' });
  });

  it('knows what opens data to others', () => {
    expect(dataAccessOf('mysql', 'mysql', { statement: "select * from t into outfile '/tmp/x'", user: 'mira' })).toMatchObject({ kind: 'leave', what: 'wrote t out of the database' });
    expect(dataAccessOf('github', 'audit', { action: 'repo.access', visibility: 'public', repo: 'acme/web' })).toMatchObject({ kind: 'leave' });
    expect(dataAccessOf('gcp', 'gcp.audit', { protoPayload: { methodName: 'storage.setIamPermissions', resourceName: 'projects/_/buckets/b', serviceData: { policyDelta: { bindingDeltas: [{ member: 'allUsers' }] } } } })).toMatchObject({ kind: 'leave', store: 'bucket b' });
    expect(foreignAccess('PutBucketAcl', { bucketName: 'b', 'x-amz-acl': 'public-read' }, own)).toMatchObject({ what: 'opened bucket b to everyone' });
    expect(foreignAccess('ModifySnapshotAttribute', { snapshotId: 's', createVolumePermission: { add: { items: [{ userId: '444455556666' }] } } }, own)).toMatchObject({ what: 'shared snapshot s with account 444455556666' });
    expect(foreignAccess('ModifySnapshotAttribute', { snapshotId: 's', createVolumePermission: { remove: { items: [{ userId: '444455556666' }] } } }, own)).toBeUndefined();
    expect(foreignAccess('PutBucketPolicy', { bucketName: 'b', bucketPolicy: `{"Principal":{"AWS":"arn:aws:iam::${own}:root"}}` }, own)).toBeUndefined();
  });

  it('leaves what is none of it, and what failed, alone', () => {
    expect(dataAccessOf('aws', 'cloudtrail', aws('s3', 'GetObject', { errorCode: 'AccessDenied' }))).toBeUndefined();
    expect(dataAccessOf('postgresql', 'postgresql', { statement: 'insert into t values (1)', user: 'mira' })).toBeUndefined();
    for (const product of ['aws', 'gcp', 'github', 'postgresql', undefined]) for (const value of [null, 'x', [], { requestParameters: 3 }]) expect(dataAccessOf(product, 'google_workspace.admin', value)).toBeUndefined();
  });
});
