import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { exchangeNames, given, knownMethod, logTime, requestLine } from '../http-exchange.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, textAt } from '../json-fields.ts';
import { endpointOf, numberAt, userOf } from '../parts.ts';

/** "Amazon S3 server access log format": columns in their order; newer ones may be missing, and unknown ones may follow. */
const columns = [
  'bucketowner', 'bucket', 'time', 'remoteip', 'requester', 'requestid', 'operation', 'key', 'request_uri', 'httpstatus', 'errorcode', 'bytessent', 'objectsize', 'totaltime', 'turnaroundtime', 'referrer', 'useragent',
  'versionid', 'hostid', 'sigv', 'ciphersuite', 'authtype', 'endpoint', 'tlsversion', 'accesspointarn', 'aclrequired',
] as const;
const start = /^[0-9a-f]{64} [a-z0-9.-]{3,63} \[\d\d\/[A-Z][a-z]{2}\/\d{4}:/;
const column = /"((?:[^"\\]|\\.){0,16384})"|\[([^\]]{1,64})\]|(\S{1,8192})/g;
const verbs: readonly (readonly [RegExp, number])[] = [[/\.(?:PUT|POST|COPY)\.|^(?:BATCH|REST)\.(?:PUT|POST|COPY)/, 1], [/\.DELETE\./, 4], [/\.(?:GET|HEAD|OPTIONS)\./, 2]];
const logsource = { product: 'aws', service: 's3' };

/** Server access logs of Amazon S3. */
export default defineMapping({
  id: 's3-access',
  title: 'Amazon S3 server access log',
  logsource,
  hint: { text: '0123456789abcdef', keys: ['bucketowner'] },
  accepts: (value) => (typeof value === 'string' ? start.test(value) : textAt(value, 'bucketowner') !== undefined && textAt(value, 'operation') !== undefined),
  map({ value }) {
    const record = read(value);
    const time = timeIn(record);
    if (record === undefined || time === undefined) return undefined;
    const at = (name: (typeof columns)[number]): string | undefined => given(textAt(record, name));
    const operation = at('operation') ?? 'unknown';
    const code = numberAt(record, 'httpstatus');
    return buildEvent({
      class: ocsfClasses.apiActivity, activity: verbs.find(([pattern]) => pattern.test(operation))?.[1] ?? 99, activityName: operation, severity: 'informational', time,
      metadata: { product: { name: 'S3', vendor_name: 'AWS' }, log_name: 's3_server_access', uid: at('requestid'), event_code: operation, profiles: ['cloud'] },
      attributes: {
        ...statusOf(code === undefined ? 'unknown' : code < 400 ? 'success' : 'failure'),
        status_code: at('errorcode') ?? (code === undefined ? undefined : String(code)),
        duration: numberAt(record, 'totaltime'),
        actor: { user: userOf(at('requester') ?? 'anonymous') },
        src_endpoint: endpointOf(at('remoteip')),
        http_request: { http_method: knownMethod(requestLine(at('request_uri') ?? '')?.method), user_agent: at('useragent'), referrer: at('referrer') },
        http_response: code === undefined ? undefined : { code, length: numberAt(record, 'bytessent') },
        api: { operation, service: { name: 's3.amazonaws.com' }, response: { error: at('errorcode'), code } },
        cloud: { provider: 'AWS' },
        resources: [{ name: at('bucket') ?? 'unknown', type: 'AWS::S3::Bucket' }, ...(at('key') === undefined ? [] : [{ name: at('key'), type: 'AWS::S3::Object' }])],
        ...(typeof value === 'string' ? { raw_data: value } : {}),
        unmapped: record,
      },
    });
  },
  glance({ value }) {
    const record = read(value);
    const time = timeIn(record);
    return record === undefined || time === undefined ? undefined : { logsource, time, record };
  },
});

function timeIn(record: JsonObject | undefined): number | undefined {
  return logTime((textAt(record, 'time') ?? textAt(record, 'requestdatetime') ?? '').replace(/^\[|\]$/g, ''));
}

function read(value: unknown): JsonObject | undefined {
  if (typeof value !== 'string') return asObject(value);
  const parts = value.slice(0, 65_536).matchAll(column).take(columns.length).map(([, quoted, bracketed, plain]) => quoted ?? bracketed ?? plain).toArray();
  const fields = Object.fromEntries(parts.map((part, at) => [columns[at] ?? '', part]));
  const asked = requestLine(fields.request_uri ?? '');
  const exchange = { time: 0, client: fields.remoteip, method: asked?.method, target: asked?.target ?? '', code: Number(fields.httpstatus) || undefined, agent: given(fields.useragent), referrer: given(fields.referrer) };
  return { message: value, ...exchangeNames(exchange), ...fields };
}
