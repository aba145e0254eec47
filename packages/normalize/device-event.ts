/** OCSF of an event in CEF or LEEF: what its fields say it was decides the class. */
import type { DeviceEvent } from '#formats/cef.ts';
import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import type { Event } from '#model/event.ts';
import type { Severity } from '#model/severity.ts';
import { connectionOf, portAt, trafficOf } from './flow.ts';
import { knownMethod } from './http-exchange.ts';
import type { JsonObject } from './json-fields.ts';
import { timeOf } from './json-fields.ts';
import { endpointOf, numberAt, userOf } from './parts.ts';
import type { Classification } from './parts.ts';
import { syslogLine } from './syslog-line.ts';

/** Products by the names that public rules give them. */
const products: readonly (readonly [RegExp, string])[] = [[/fortinet|fortigate/i, 'fortigate'], [/palo ?alto/i, 'paloalto'], [/cisco/i, 'cisco'], [/check ?point/i, 'checkpoint'], [/zscaler/i, 'zscaler'], [/crowdstrike/i, 'crowdstrike'], [/sentinel ?one/i, 'sentinelone']];

const words: ReadonlyMap<string, Severity> = new Map([['unknown', 'informational'], ['low', 'low'], ['medium', 'medium'], ['high', 'high'], ['very-high', 'critical'], ['critical', 'critical'], ['very high', 'critical']]);

export function deviceLogsource({ vendor, product }: DeviceEvent): { readonly product: string } {
  const known = products.find(([pattern]) => pattern.test(`${vendor} ${product}`));
  return { product: known?.[1] ?? (product.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '') || 'cef') };
}

/** CEF: 0 to 3 low, 4 to 6 medium, 7 and 8 high, 9 and 10 very high. LEEF: 1 to 10. */
export function deviceSeverity({ severity = '' }: DeviceEvent): Severity {
  const number = /^\d{1,2}$/.test(severity) ? Number(severity) : undefined;
  if (number === undefined) return words.get(severity.toLowerCase()) ?? 'informational';
  return number >= 9 ? 'critical' : number >= 7 ? 'high' : number >= 4 ? 'medium' : number >= 1 ? 'low' : 'informational';
}

export function deviceTime({ extension }: DeviceEvent, text: unknown): number {
  const written = ['rt', 'end', 'start', 'devTime', 'deviceReceiptTime'].map((name) => momentOf(extension.get(name))).find((time) => time !== undefined);
  return written ?? syslogLine(typeof text === 'string' ? text.replace(/\s(?:CEF|LEEF):.*$/s, ' x: y') : '')?.time ?? 0;
}

/** Milliseconds, ISO 8601, or `Mar 04 2026 05:06:07`. */
function momentOf(text: string | undefined): number | undefined {
  const found = /^([A-Z][a-z]{2}) (\d\d) (\d{4}) (\d\d:\d\d:\d\d)/.exec(text ?? '');
  if (found === null) return timeOf(text);
  const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].indexOf(found[1] ?? '') + 1;
  return timeOf(`${found[3]}-${String(month).padStart(2, '0')}-${found[2]}T${found[4]}Z`);
}

/** Fields under their own names, and under those of Sigma's categories. Labels name the custom fields: `cs1Label=Rule cs1=x`. */
export function deviceRecord(event: DeviceEvent, text: unknown): JsonObject {
  const { extension } = event;
  const labelled = [...extension].flatMap(([key, label]) => {
    const value = key.endsWith('Label') ? extension.get(key.slice(0, -5)) : undefined;
    return value === undefined || !/^[\w .-]{1,64}$/.test(label) || label === '__proto__' ? [] : [[label, value] as const];
  });
  const fields = Object.fromEntries([...extension].filter(([key]) => key !== '__proto__'));
  return {
    src_ip: fields.src, dst_ip: fields.dst, src_port: fields.spt ?? fields.srcPort, dst_port: fields.dpt ?? fields.dstPort, action: fields.act ?? fields.action, 'c-uri': fields.request ?? fields.url, 'cs-method': fields.requestMethod, 'c-useragent': fields.requestClientApplication,
    deviceVendor: event.vendor, deviceProduct: event.product, deviceVersion: event.version, deviceEventClassId: event.id, name: event.name, severity: event.severity, ...Object.fromEntries(labelled), ...fields, message: text,
  };
}

export function deviceEvent(event: DeviceEvent, text: unknown): Event {
  const { extension } = event;
  const kind = kindOf(event);
  const outcome = outcomeOf(extension);
  return buildEvent({
    ...kind, activityName: event.name ?? event.id, severity: deviceSeverity(event), time: deviceTime(event, text),
    metadata: { product: { name: event.product || 'unknown', vendor_name: event.vendor || 'unknown', version: event.version }, log_format: event.format, log_name: event.format.toLowerCase(), event_code: event.id, uid: extension.get('externalId') },
    attributes: { ...statusOf(outcome), message: extension.get('msg') ?? event.name, ...attributesOf(event, kind), raw_data: text, unmapped: deviceRecord(event, text) },
  });
}

const { authentication, baseEvent, detectionFinding, httpActivity, networkActivity } = ocsfClasses;

function kindOf(event: DeviceEvent): Classification {
  const { extension } = event;
  const about = `${event.name ?? ''} ${event.id} ${extension.get('cat') ?? ''}`;
  if (/threat|malware|virus|intrusion|attack|exploit|trojan|\bids\b|\bips\b|\balert\b|suspicious/i.test(about) || deviceSeverity(event) === 'critical') return { class: detectionFinding, activity: 1 };
  if (/log(?:in|on|ged? ?(?:in|on))|authenticat|sign.?in/i.test(about)) return { class: authentication, activity: 1 };
  if (/log(?:out|off)|sign.?out/i.test(about)) return { class: authentication, activity: 2 };
  if (extension.has('request') || extension.has('url')) return { class: httpActivity, activity: { GET: 3, POST: 6, PUT: 7, DELETE: 2, HEAD: 4, CONNECT: 1, OPTIONS: 5 }[extension.get('requestMethod') ?? ''] ?? 99 };
  if (extension.has('src') && extension.has('dst')) return { class: networkActivity, activity: /block|deny|denied|drop|reject/i.test(extension.get('act') ?? extension.get('action') ?? '') ? 5 : 6 };
  return { class: baseEvent, activity: 0 };
}

function outcomeOf(extension: ReadonlyMap<string, string>): 'success' | 'failure' | 'unknown' {
  const word = `${extension.get('outcome') ?? ''} ${extension.get('act') ?? extension.get('action') ?? ''}`;
  if (/fail|block|den[yi]|drop|reject/i.test(word)) return 'failure';
  return /succe|allow|accept|permit|pass/i.test(word) ? 'success' : 'unknown';
}

function attributesOf(event: DeviceEvent, { class: class_ }: Classification): JsonObject {
  const fields: JsonObject = Object.fromEntries(event.extension);
  const at = (...names: readonly string[]): string | undefined => names.map((name) => event.extension.get(name)).find((value) => value !== undefined && value !== '');
  const ends = {
    src_endpoint: endpointOf(at('src', 'shost'), { port: portAt(fields, 'spt') ?? portAt(fields, 'srcPort'), hostname: at('shost') }),
    dst_endpoint: endpointOf(at('dst', 'dhost'), { port: portAt(fields, 'dpt') ?? portAt(fields, 'dstPort'), hostname: at('dhost') }),
  };
  const target = at('request', 'url');
  const url = target === undefined ? undefined : { url_string: target, hostname: at('dhost') };
  switch (class_.uid) {
    case detectionFinding.uid:
      return { finding_info: { uid: at('externalId') ?? event.id, title: event.name ?? event.id, types: [at('cat')], analytic: { uid: event.id, name: event.name ?? event.id, type: 'Rule', type_id: 1 } }, evidences: [{ ...ends, url }] };
    case authentication.uid:
      return { user: userOf(at('duser', 'suser', 'usrName')), service: { name: event.product || 'unknown' }, ...ends };
    case httpActivity.uid:
      return { http_request: { http_method: knownMethod(at('requestMethod')), url, user_agent: at('requestClientApplication') }, ...ends };
    case networkActivity.uid:
      return { ...ends, connection_info: connectionOf(at('proto')), app_name: at('app'), traffic: trafficOf({ bytesIn: numberAt(fields, 'in'), bytesOut: numberAt(fields, 'out') }) };
    default:
      return {};
  }
}
