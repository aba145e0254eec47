/** Who read how much of which store, and what opened a store to others: buckets, tables, secrets, repositories, documents. Read from the original record. */
import { awsPrincipal } from './cloud-release.ts';
import { foreignAccess } from './data-leaving.ts';
import { memberAt, memberText } from './ocsf-member.ts';

export interface DataAccess {
  /** `leave`: data is opened, shared or sent to where its owner does not rule. */
  readonly kind: 'read' | 'leave';
  readonly principal: string;
  /** What else tells who it was: a key, an address. */
  readonly links: readonly string[];
  /** `s3`, `database`, `secrets`, `repositories`, `documents`, `table`. */
  readonly family: string;
  readonly store: string;
  readonly object: string | undefined;
  /** How many objects the call names. */
  readonly objects: number;
  readonly bytes: number;
  readonly rows: number;
  /** Of a leave, in words. */
  readonly what: string;
  /** The record says that what lies there is a token or is encrypted by its owner. */
  readonly guarded: boolean;
}

const longest = 160;
const nothing = { links: [], objects: 1, bytes: 0, rows: 0, what: '', guarded: false } as const;

export function dataAccessOf(product: string | undefined, service: string | undefined, record: unknown): DataAccess | undefined {
  const found = read(product, service, record);
  if (found === undefined) return undefined;
  return { ...found, principal: found.principal.slice(0, longest), store: found.store.slice(0, longest), object: found.object?.slice(0, 512), links: found.links.map((link) => link.slice(0, longest)), guarded: isGuarded(record) };
}

function read(product: string | undefined, service: string | undefined, record: unknown): DataAccess | undefined {
  switch (product) {
    case 'aws': return service === 's3' ? fromS3Log(record) : fromCloudTrail(record);
    case 'gcp': return fromGcp(record);
    case 'github': return fromGithub(record);
    case 'postgresql':
    case 'mysql': return fromDatabase(product, record);
    default: return service === 'google_workspace.admin' ? fromDrive(record) : undefined;
  }
}

function fromS3Log(record: unknown): DataAccess | undefined {
  const store = memberText(record, 'bucket');
  if (store === undefined || memberText(record, 'operation') !== 'REST.GET.OBJECT' || memberText(record, 'httpstatus')?.startsWith('2') === false) return undefined;
  const requester = memberText(record, 'requester') ?? 'anonymous';
  return { ...nothing, kind: 'read', family: 's3', principal: requester === '-' ? 'anonymous' : requester, links: linksOf(memberText(record, 'remoteip')), store: `bucket ${store}`, object: memberText(record, 'key'), bytes: count(memberAt(record, 'bytessent')) };
}

/** Calls that read data, and the request parameters that name store and object. */
const reads: ReadonlyMap<string, readonly [family: string, store: string, object: string | undefined]> = new Map([
  ['s3.amazonaws.com/GetObject', ['s3', 'bucketName', 'key']], ['s3.amazonaws.com/SelectObjectContent', ['s3', 'bucketName', 'key']], ['secretsmanager.amazonaws.com/GetSecretValue', ['secrets', '', 'secretId']],
  ['secretsmanager.amazonaws.com/BatchGetSecretValue', ['secrets', '', 'secretIdList']], ['ssm.amazonaws.com/GetParameter', ['secrets', '', 'name']], ['ssm.amazonaws.com/GetParameters', ['secrets', '', 'names']],
  ['dynamodb.amazonaws.com/GetItem', ['table', 'tableName', undefined]], ['dynamodb.amazonaws.com/Query', ['table', 'tableName', undefined]], ['dynamodb.amazonaws.com/Scan', ['table', 'tableName', undefined]], ['dynamodb.amazonaws.com/BatchGetItem', ['table', 'tableName', undefined]],
]);

function fromCloudTrail(record: unknown): DataAccess | undefined {
  if (memberText(record, 'errorCode') !== undefined) return undefined;
  const name = memberText(record, 'eventName') ?? '';
  const call = reads.get(`${memberText(record, 'eventSource')}/${name}`);
  const request = memberAt(record, 'requestParameters');
  const address = memberText(record, 'sourceIPAddress');
  const who = { principal: awsPrincipal(record), links: [...linksOf(address), ...linksOf(memberText(record, 'userIdentity', 'accessKeyId'))] };
  if (call === undefined) {
    const leaving = foreignAccess(name, request, memberText(record, 'recipientAccountId'));
    return leaving === undefined ? undefined : { ...nothing, ...who, kind: 'leave', family: leaving.family, store: leaving.store, object: undefined, what: leaving.what };
  }
  // What services read for each other says nothing of a person.
  if (memberText(record, 'userIdentity', 'type') === 'AWSService') return undefined;
  const [family, storeName, objectName] = call;
  const object = objectName === undefined ? undefined : memberAt(request, objectName);
  const list = Array.isArray(object) ? object.filter((one) => typeof one === 'string') : [];
  const store = storeName === '' ? `secrets of ${memberText(record, 'recipientAccountId') ?? 'an account'}` : `${family === 's3' ? 'bucket' : 'table'} ${memberText(request, storeName) ?? 'unknown'}`;
  return { ...nothing, ...who, kind: 'read', family, store, object: typeof object === 'string' ? object : list.join(' ') || undefined, objects: Math.max(1, list.length), bytes: count(memberAt(record, 'additionalEventData', 'bytesTransferredOut')) };
}

function fromGcp(record: unknown): DataAccess | undefined {
  const payload = memberAt(record, 'protoPayload') ?? memberAt(record, 'data', 'protoPayload');
  const method = memberText(payload, 'methodName') ?? '';
  const who = { principal: memberText(payload, 'authenticationInfo', 'principalEmail') ?? 'unknown', links: linksOf(memberText(payload, 'requestMetadata', 'callerIp')) };
  const resource = memberText(payload, 'resourceName') ?? '';
  const bucket = /buckets\/([^/]{1,128})/.exec(resource)?.[1];
  if (method === 'storage.objects.get' && bucket !== undefined) return { ...nothing, ...who, kind: 'read', family: 's3', store: `bucket ${bucket}`, object: resource.split('/objects/')[1] };
  if (/^storage\.setIamPermissions$|storage\.objects\.(?:update|setIamPolicy)$/.test(method) && /"all(?:Users|AuthenticatedUsers)"/.test(JSON.stringify(memberAt(payload, 'serviceData') ?? memberAt(payload, 'metadata') ?? null))) {
    return { ...nothing, ...who, kind: 'leave', family: 's3', store: `bucket ${bucket ?? resource}`, object: undefined, what: `opened bucket ${bucket ?? resource} to everyone` };
  }
  const stats = memberAt(payload, 'metadata', 'jobChange', 'job', 'jobStats', 'queryStats') ?? memberAt(payload, 'serviceData', 'jobCompletedEvent', 'job', 'jobStatistics');
  if (stats === undefined) return undefined;
  const tables = memberAt(stats, 'referencedTables');
  const first: unknown = Array.isArray(tables) ? tables[0] : undefined;
  const table = typeof first === 'string' ? first : (memberText(first, 'tableId') ?? 'bigquery');
  return { ...nothing, ...who, kind: 'read', family: 'table', store: `table ${table}`, object: undefined, objects: Math.max(1, Array.isArray(tables) ? tables.length : 1), bytes: count(memberAt(stats, 'totalProcessedBytes') ?? memberAt(stats, 'totalBilledBytes')) };
}

function fromGithub(record: unknown): DataAccess | undefined {
  const action = memberText(record, 'action') ?? '';
  const repo = memberText(record, 'repo');
  if (repo === undefined) return undefined;
  const who = { principal: memberText(record, 'actor') ?? 'unknown', links: [...linksOf(memberText(record, 'actor_ip')), ...linksOf(memberText(record, 'hashed_token'))], store: `repositories of ${repo.split('/')[0] ?? repo}`, family: 'repositories', object: repo };
  if (action === 'git.clone' || action === 'repo.download_zip') return { ...nothing, ...who, kind: 'read' };
  if (action === 'repo.access' && memberText(record, 'visibility') === 'public') return { ...nothing, ...who, kind: 'leave', what: `made ${repo} public` };
  return action === 'repo.transfer' ? { ...nothing, ...who, kind: 'leave', what: `handed ${repo} to another owner` } : undefined;
}

const reading = /^\s*(?:select|with|table|copy|fetch|declare)\b/i;
const tableIn = /\b(?:from|join|copy|table)\s+(?:only\s+)?["`]?([\w$]{1,64}["`]?(?:\.["`]?[\w$]{1,64})?)/i;

function fromDatabase(product: string, record: unknown): DataAccess | undefined {
  const statement = memberText(record, 'statement')?.slice(0, 4096);
  const user = memberText(record, 'user');
  if (statement === undefined || user === undefined || !reading.test(statement)) return undefined;
  const table = memberText(record, 'object_name') ?? tableIn.exec(statement)?.[1]?.replace(/["`]/g, '');
  const who = { principal: `${user} of ${product}`, links: linksOf(memberText(record, 'client_ip')), family: 'database', store: `database ${memberText(record, 'database') ?? product}`, object: table };
  if (/\bcopy\b.{1,2048}\bto\s+program\b|\binto\s+(?:outfile|dumpfile)\b/is.test(statement)) return { ...nothing, ...who, kind: 'leave', what: `wrote ${table ?? 'a table'} out of the database` };
  return { ...nothing, ...who, kind: 'read', rows: count(memberAt(record, 'rows')) };
}

function fromDrive(record: unknown): DataAccess | undefined {
  const event = memberText(record, 'eventName') ?? '';
  const who = { principal: memberText(record, 'actor', 'email') ?? 'unknown', links: linksOf(memberText(record, 'ipAddress')), family: 'documents', store: 'documents', object: memberText(record, 'doc_id') };
  if (memberText(record, 'eventService') !== 'drive.googleapis.com') return undefined;
  if (/^(?:download|copy|print)$/.test(event)) return { ...nothing, ...who, kind: 'read' };
  const seen = memberText(record, 'visibility') ?? memberText(record, 'new_value') ?? '';
  if (/^change_(?:document_visibility|document_access_scope)$/.test(event) && /public|people_with_link|shared_externally/.test(seen)) return { ...nothing, ...who, kind: 'leave', what: 'opened a document to whoever has its link' };
  return event === 'change_user_access' && /shared_externally/.test(seen) ? { ...nothing, ...who, kind: 'leave', what: 'shared a document outside' } : undefined;
}

function linksOf(text: string | undefined): readonly string[] {
  return text === undefined || text === '-' ? [] : [text];
}

function count(value: unknown): number {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : 0;
}

/** Labels and tags that owners put on what they have tokenised or encrypted themselves. */
function isGuarded(record: unknown): boolean {
  const label = memberText(record, 'labels', 'data_protection') ?? memberText(record, 'tags', 'data_protection') ?? '';
  return /^(?:tokeni[sz]ed|encrypted|pseudonymi[sz]ed)$/i.test(label);
}
