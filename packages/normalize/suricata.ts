/** One event of Suricata's EVE log, by its `event_type`. */
import { ocsfClasses, statusOf } from '#formats/ocsf.ts';
import type { Severity } from '#model/severity.ts';
import { connectionOf, portAt, trafficOf } from './flow.ts';
import { knownMethod } from './http-exchange.ts';
import type { JsonObject } from './json-fields.ts';
import { listAt, objectAt, textAt, timeOf } from './json-fields.ts';
import { endpointOf, numberAt } from './parts.ts';
import type { Classification } from './parts.ts';

const { detectionFinding, dnsActivity, httpActivity, networkActivity, sshActivity } = ocsfClasses;

const kinds: ReadonlyMap<string, Classification> = new Map([
  ['alert', { class: detectionFinding, activity: 1 }], ['anomaly', { class: networkActivity, activity: 6 }], ['flow', { class: networkActivity, activity: 6 }], ['netflow', { class: networkActivity, activity: 6 }], ['drop', { class: networkActivity, activity: 5 }],
  ['http', { class: httpActivity, activity: 99 }], ['dns', { class: dnsActivity, activity: 1 }], ['tls', { class: networkActivity, activity: 1 }], ['ssh', { class: sshActivity, activity: 1 }],
]);

/** Priorities of Suricata's classifications: 1 is the gravest. */
const severities: readonly Severity[] = ['informational', 'high', 'medium', 'low'];

const methods: ReadonlyMap<string, number> = new Map(Object.entries(httpActivity.activities).map(([id, name]) => [name.toUpperCase(), Number(id)]));

export function eveKind(type: string, record: JsonObject): Classification {
  const kind = kinds.get(type) ?? { class: networkActivity, activity: 6 };
  if (type === 'http') return { class: httpActivity, activity: methods.get(textAt(record, 'http', 'http_method') ?? '') ?? 99 };
  if (type === 'dns' && /answer|response/.test(textAt(record, 'dns', 'type') ?? '')) return { class: dnsActivity, activity: 2 };
  return kind;
}

export function eveSeverity(record: JsonObject): Severity {
  return severities[numberAt(record, 'alert', 'severity') ?? 0] ?? 'informational';
}

export function eveTime(record: JsonObject | undefined): number | undefined {
  return timeOf(record?.timestamp);
}

/** Attributes of the class, besides where from and where to. */
export function eveAttributes(type: string, record: JsonObject, { class: class_ }: Classification): JsonObject {
  if (class_.uid === detectionFinding.uid) return findingOf(record);
  const network = { ...endsOf(record), connection_info: connectionOf(textAt(record, 'proto'), 'unknown', { uid: textAt(record, 'flow_id'), community_uid: textAt(record, 'community_id') }), app_name: textAt(record, 'app_proto') };
  const flow = objectAt(record, 'flow');
  if (class_.uid === dnsActivity.uid) return { ...network, ...dnsOf(record) };
  if (class_.uid === httpActivity.uid) return { ...network, ...httpOf(record) };
  return {
    ...network,
    traffic: flow === undefined ? undefined : trafficOf({ bytesIn: numberAt(flow, 'bytes_toclient'), bytesOut: numberAt(flow, 'bytes_toserver'), packetsIn: numberAt(flow, 'pkts_toclient'), packetsOut: numberAt(flow, 'pkts_toserver') }),
    start_time: timeOf(flow?.start), end_time: timeOf(flow?.end),
    tls: type === 'tls' ? tlsOf(record) : undefined,
    message: textAt(record, 'anomaly', 'event'),
  };
}

function endsOf(record: JsonObject): JsonObject {
  return {
    src_endpoint: endpointOf(textAt(record, 'src_ip'), { port: portAt(record, 'src_port') }),
    dst_endpoint: endpointOf(textAt(record, 'dest_ip'), { port: portAt(record, 'dest_port') }),
  };
}

function findingOf(record: JsonObject): JsonObject {
  const alert = objectAt(record, 'alert');
  const id = textAt(alert, 'signature_id') ?? 'unknown';
  return {
    message: textAt(alert, 'signature'),
    finding_info: { uid: textAt(record, 'flow_id') ?? id, title: textAt(alert, 'signature') ?? `Signature ${id}`, types: [textAt(alert, 'category')], analytic: { uid: id, name: textAt(alert, 'signature'), type: 'Rule', type_id: 1, version: textAt(alert, 'rev') } },
    evidences: [{ ...endsOf(record), connection_info: connectionOf(textAt(record, 'proto')), url: urlOf(record), query: queryOf(record) }],
  };
}

function urlOf(record: JsonObject): JsonObject | undefined {
  const target = textAt(record, 'http', 'url');
  return target === undefined ? undefined : { url_string: target, hostname: textAt(record, 'http', 'hostname'), path: target.split('?')[0] };
}

/** Version 7 lists queries; versions before name one. */
function queryOf(record: JsonObject): JsonObject | undefined {
  const query = listAt(record, 'dns', 'query')[0] ?? listAt(record, 'dns', 'queries')[0] ?? objectAt(record, 'dns');
  const name = textAt(query, 'rrname');
  return name === undefined ? undefined : { hostname: name, type: textAt(query, 'rrtype'), packet_uid: numberAt(query, 'id') ?? numberAt(record, 'dns', 'id') };
}

function dnsOf(record: JsonObject): JsonObject {
  const code = textAt(record, 'dns', 'rcode');
  const answers = listAt(record, 'dns', 'answers').slice(0, 100).flatMap((answer) => (textAt(answer, 'rdata') === undefined ? [] : [{ rdata: textAt(answer, 'rdata'), type: textAt(answer, 'rrtype'), ttl: numberAt(answer, 'ttl') }]));
  return { query: queryOf(record), answers, rcode: code, ...statusOf(code === undefined ? 'unknown' : code === 'NOERROR' ? 'success' : 'failure') };
}

function httpOf(record: JsonObject): JsonObject {
  const http = objectAt(record, 'http');
  const code = numberAt(http, 'status');
  return {
    http_request: { http_method: knownMethod(textAt(http, 'http_method')), url: urlOf(record) ?? { url_string: 'unknown' }, user_agent: textAt(http, 'http_user_agent'), referrer: textAt(http, 'http_refer') },
    http_response: code === undefined ? undefined : { code, content_type: textAt(http, 'http_content_type'), length: numberAt(http, 'length') },
    ...statusOf(code === undefined ? 'unknown' : code < 400 ? 'success' : 'failure'),
  };
}

function tlsOf(record: JsonObject): JsonObject | undefined {
  const tls = objectAt(record, 'tls');
  const [issuer, serial] = [textAt(tls, 'issuerdn'), textAt(tls, 'serial')];
  return {
    version: textAt(tls, 'version') ?? 'unknown', sni: textAt(tls, 'sni'),
    ja3_hash: textAt(tls, 'ja3', 'hash') === undefined ? undefined : { algorithm_id: 1, value: textAt(tls, 'ja3', 'hash') },
    certificate: issuer === undefined || serial === undefined ? undefined : { issuer, serial_number: serial, subject: textAt(tls, 'subject') },
  };
}

/** Names of Sigma's categories `dns`, `proxy`, `webserver` and `firewall`. */
export function eveNames(record: JsonObject): JsonObject {
  const http = objectAt(record, 'http');
  const query = queryOf(record);
  return {
    dst_ip: record.dest_ip, dst_port: record.dest_port, query: query?.hostname, record_type: query?.type, answer: listAt(record, 'dns', 'answers').slice(0, 100).map((answer) => textAt(answer, 'rdata')),
    ...(http === undefined ? {} : {
      'c-ip': record.src_ip, 'cs-method': textAt(http, 'http_method'), 'c-uri': textAt(http, 'url'), 'cs-uri': textAt(http, 'url'), 'cs-uri-query': textAt(http, 'url'), 'cs-uri-stem': textAt(http, 'url')?.split('?')[0], 'cs-host': textAt(http, 'hostname'),
      'c-useragent': textAt(http, 'http_user_agent') ?? '', 'cs-user-agent': textAt(http, 'http_user_agent') ?? '', 'cs-referer': textAt(http, 'http_refer') ?? '', 'sc-status': numberAt(http, 'status'),
    }),
  };
}
