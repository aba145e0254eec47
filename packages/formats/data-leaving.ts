/** Calls of AWS that open what an account holds to others, or send it to them. */
import { memberAt, memberText } from './ocsf-member.ts';

export interface Leaving {
  readonly family: string;
  readonly store: string;
  readonly what: string;
}

const everyone = /allUsers|AllUsers|AuthenticatedUsers|public-read|"Principal":"\*"|"Principal":\{"AWS":"\*"\}|"group":"all"/;
const accountId = /(?<!\d)(\d{12})(?!\d)/g;
const looked = 20_000;

/** By the name of the call: the family, and the parameter that names what is opened. */
const openings: ReadonlyMap<string, readonly [family: string, name: string, thing: string]> = new Map([
  ['PutBucketPolicy', ['s3', 'bucketName', 'bucket']], ['PutBucketAcl', ['s3', 'bucketName', 'bucket']], ['PutObjectAcl', ['s3', 'bucketName', 'bucket']], ['PutBucketReplication', ['s3', 'bucketName', 'bucket']],
  ['ModifySnapshotAttribute', ['disk', 'snapshotId', 'snapshot']], ['ModifyImageAttribute', ['disk', 'imageId', 'image']], ['ModifyDBSnapshotAttribute', ['database', 'dBSnapshotIdentifier', 'database snapshot']], ['ModifyDBClusterSnapshotAttribute', ['database', 'dBClusterSnapshotIdentifier', 'database snapshot']],
  ['PutResourcePolicy', ['secrets', 'secretId', 'secret']],
]);

export function foreignAccess(call: string, request: unknown, own: string | undefined): Leaving | undefined {
  if (call === 'CopyObject') return copied(request);
  const known = openings.get(call);
  if (known === undefined) return call === 'DeleteBucketPublicAccessBlock' ? { family: 's3', store: `bucket ${memberText(request, 'bucketName') ?? ''}`, what: 'took the guard against public access from a bucket' } : undefined;
  const [family, name, thing] = known;
  const store = `${thing} ${memberText(request, name) ?? 'unknown'}`;
  const text = JSON.stringify(request ?? null).slice(0, looked);
  // Policies come as text within the text.
  if (everyone.test(text.replaceAll('\\"', '"').replaceAll(' ', ''))) return { family, store, what: `opened ${store} to everyone` };
  const added = JSON.stringify(memberAt(request, 'createVolumePermission', 'add') ?? memberAt(request, 'launchPermission', 'add') ?? memberAt(request, 'valuesToAdd') ?? (call.startsWith('Put') ? request : null)).slice(0, looked);
  const stranger = added.match(accountId)?.find((account) => account !== own);
  return stranger === undefined || own === undefined ? undefined : { family, store, what: `shared ${store} with account ${stranger}` };
}

/** From one bucket into another: where to is not told by the account, so only that it left its bucket. */
function copied(request: unknown): Leaving | undefined {
  const source = (memberText(request, 'x-amz-copy-source') ?? '').replace(/^\//, '').split('/')[0];
  const target = memberText(request, 'bucketName');
  return source === undefined || source === '' || target === undefined || source === target ? undefined : { family: 's3', store: `bucket ${source}`, what: `copied from bucket ${source} to ${target}` };
}
