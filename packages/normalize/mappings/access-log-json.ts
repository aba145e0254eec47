import { defineMapping } from '#model/unit.ts';
import { portAt } from '../flow.ts';
import { exchangeEvent, exchangeNames, given, logTime, requestLine } from '../http-exchange.ts';
import type { Exchange } from '../http-exchange.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, fieldAt, listAt, textAt, timeOf } from '../json-fields.ts';
import { numberAt, withNames } from '../parts.ts';

type Path = readonly string[];

/** Where nginx's variables, Caddy, Traefik, Google's load balancers and the Elastic Common Schema write each part. */
const places = {
  time: [['time_iso8601'], ['time_local'], ['StartUTC'], ['@timestamp'], ['ts'], ['timestamp'], ['msec'], ['time']],
  client: [['remote_addr'], ['request', 'client_ip'], ['request', 'remote_ip'], ['ClientHost'], ['httpRequest', 'remoteIp'], ['source', 'ip'], ['source', 'address'], ['client_ip'], ['clientip'], ['remote_ip']],
  user: [['remote_user'], ['user_id'], ['ClientUsername'], ['user', 'name']],
  method: [['request_method'], ['request', 'method'], ['RequestMethod'], ['httpRequest', 'requestMethod'], ['http', 'request', 'method'], ['method']],
  target: [['request_uri'], ['request', 'uri'], ['RequestPath'], ['httpRequest', 'requestUrl'], ['url', 'original'], ['uri'], ['path']],
  host: [['http_host'], ['request', 'host'], ['RequestHost'], ['url', 'domain'], ['host'], ['server_name']],
  version: [['server_protocol'], ['request', 'proto'], ['RequestProtocol'], ['httpRequest', 'protocol'], ['http', 'version']],
  code: [['status'], ['DownstreamStatus'], ['httpRequest', 'status'], ['http', 'response', 'status_code'], ['response']],
  bytes: [['body_bytes_sent'], ['bytes_sent'], ['size'], ['DownstreamContentSize'], ['httpRequest', 'responseSize'], ['http', 'response', 'body', 'bytes']],
  referrer: [['http_referer'], ['http_referrer'], ['request', 'headers', 'Referer'], ['request_Referer'], ['httpRequest', 'referer'], ['http', 'request', 'referrer'], ['referer'], ['referrer']],
  agent: [['http_user_agent'], ['request', 'headers', 'User-Agent'], ['request_User-Agent'], ['httpRequest', 'userAgent'], ['user_agent', 'original'], ['user_agent'], ['agent']],
} as const satisfies Record<string, readonly Path[]>;

const logsource = { product: 'webserver', service: 'access', category: 'webserver' };

const google = { product: 'gcp', service: 'http_load_balancer', category: 'webserver' };

/** Access logs as JSON: nginx and Apache with the usual names, Caddy, Traefik, Google Cloud load balancers, ECS. */
export default defineMapping({
  id: 'access-log-json',
  title: 'Access log as JSON',
  logsource,
  hint: { keys: ['status', 'DownstreamStatus', 'httpRequest', 'http', 'response'] },
  accepts: (value) => read(value) !== undefined,
  map({ value }) {
    const record = asObject(value);
    const exchange = read(value);
    if (record === undefined || exchange === undefined) return undefined;
    return exchangeEvent(exchange, { product: { name: 'Web server', vendor_name: 'unknown' }, log_name: 'access', uid: textAt(record, 'request_id') ?? textAt(record, 'insertId') }, { unmapped: withNames(record, exchangeNames(exchange)) });
  },
  glance({ value }) {
    const record = asObject(value);
    const exchange = read(value);
    if (record === undefined || exchange === undefined) return undefined;
    return { logsource: isGoogle(record) ? google : logsource, time: exchange.time, record: withNames(record, exchangeNames(exchange)) };
  },
});

/** Entries of Google Cloud's logging say which resource wrote them. */
function isGoogle(record: JsonObject): boolean {
  return record.httpRequest !== undefined && (record.logName !== undefined || record.resource !== undefined || record.insertId !== undefined);
}

function read(value: unknown): Exchange | undefined {
  const code = places.code.map((path) => numberAt(value, ...path)).find((found) => found !== undefined);
  if (code === undefined || code < 0 || code > 999) return undefined;
  const asked = requestLine(textAt(value, 'request') ?? '') ?? requested(value);
  const client = firstText(value, places.client);
  const time = places.time.map((path) => momentOf(fieldAt(value, ...path))).find((found) => found !== undefined);
  if (asked === undefined || client === undefined || time === undefined) return undefined;
  return {
    ...asked, time, client, code,
    clientPort: portAt(value, 'remote_port') ?? portAt(value, 'ClientPort') ?? portAt(value, 'request', 'remote_port'),
    user: given(firstText(value, places.user)), host: firstText(value, places.host),
    bytes: places.bytes.map((path) => numberAt(value, ...path)).find((found) => found !== undefined),
    referrer: given(firstText(value, places.referrer)), agent: given(firstText(value, places.agent)), forwarded: forwardedIn(value),
  };
}

function requested(value: unknown): Pick<Exchange, 'method' | 'target' | 'version'> | undefined {
  const method = firstText(value, places.method);
  const target = firstText(value, places.target);
  if (method === undefined || target === undefined || !/^[A-Za-z]{3,16}$/.test(method)) return undefined;
  return { method: method.toUpperCase(), target: target.replace(/^https?:\/\/[^/]{1,255}/, ''), version: /^(?:HTTP\/)?([\d.]{1,3})$/.exec(firstText(value, places.version) ?? '')?.[1] };
}

function firstText(value: unknown, paths: readonly Path[]): string | undefined {
  for (const path of paths) {
    const found = textAt(value, ...path);
    if (found !== undefined) return found;
  }
  return undefined;
}

function momentOf(value: unknown): number | undefined {
  return timeOf(value) ?? (typeof value === 'string' && /^\d\d\//.test(value) ? logTime(value) : undefined);
}

function forwardedIn(value: unknown): readonly string[] | undefined {
  const written = textAt(value, 'http_x_forwarded_for') ?? textAt(value, 'x_forwarded_for');
  const listed = listAt(value, 'request', 'headers', 'X-Forwarded-For').filter((item) => typeof item === 'string');
  const all = given(written) === undefined ? listed : (written ?? '').split(',').map((part) => part.trim());
  return all.length === 0 ? undefined : all.slice(0, 20);
}
