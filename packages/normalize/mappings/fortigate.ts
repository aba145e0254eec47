import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import type { Severity } from '#model/severity.ts';
import { defineMapping } from '#model/unit.ts';
import { connectionOf, portAt, trafficOf } from '../flow.ts';
import { keyValueLine } from '../key-value-line.ts';
import type { KeyValueLine } from '../key-value-line.ts';
import type { JsonObject } from '../json-fields.ts';
import { endpointOf, numberAt, userOf } from '../parts.ts';
import type { Classification, Outcome } from '../parts.ts';

const { authentication, baseEvent, detectionFinding, entityManagement, networkActivity } = ocsfClasses;
const severities: ReadonlyMap<string, Severity> = new Map([['emergency', 'critical'], ['alert', 'critical'], ['critical', 'high'], ['error', 'medium'], ['warning', 'low']]);
/** What a change of the configuration does, by its action. */
const changes: ReadonlyMap<string, number> = new Map([['add', 1], ['edit', 3], ['set', 3], ['delete', 4], ['clear', 4]]);

/** FortiGate: traffic, what its filters found, who logged in, and what was changed in its configuration. */
export default defineMapping({
  id: 'fortigate',
  title: 'Fortinet FortiGate',
  logsource: { product: 'fortigate', service: 'event' },
  hint: { text: true },
  accepts: (value) => read(value) !== undefined,
  map({ value }) {
    const line = read(value);
    if (line === undefined) return undefined;
    const { fields, time } = line;
    const kind = kindOf(fields);
    return buildEvent({
      ...kind, ...(fields.logdesc === undefined ? {} : { activityName: fields.logdesc }), severity: severities.get(fields.level ?? '') ?? 'informational', time,
      metadata: { product: { name: 'FortiGate', vendor_name: 'Fortinet' }, log_name: [fields.type, fields.subtype].join(' '), event_code: fields.logid, log_level: fields.level },
      attributes: { ...statusOf(outcomeOf(fields)), message: line.text, ...attributesOf(fields, kind), raw_data: value, unmapped: recordOf(line, value) },
    });
  },
  glance({ value }) {
    const line = read(value);
    return line === undefined ? undefined : { logsource: { product: 'fortigate', service: line.fields.type ?? 'event' }, time: line.time, record: recordOf(line, value) };
  },
});

function read(value: unknown): KeyValueLine | undefined {
  if (typeof value !== 'string' || !value.includes('devid=')) return undefined;
  const line = keyValueLine(value);
  return line?.fields.devid !== undefined && line.fields.logid !== undefined && line.fields.type !== undefined ? line : undefined;
}

type Fields = KeyValueLine['fields'];

function recordOf({ fields }: KeyValueLine, message: unknown): JsonObject {
  return { src_ip: fields.srcip, dst_ip: fields.dstip, src_port: fields.srcport, dst_port: fields.dstport, ...fields, message };
}

function kindOf({ type, action = '', cfgpath, attack, virus }: Fields): Classification {
  if (attack !== undefined || virus !== undefined) return { class: detectionFinding, activity: 1 };
  if (type === 'traffic') return { class: networkActivity, activity: /^(?:deny|block|drop|reject)/.test(action) ? 5 : 6 };
  if (cfgpath !== undefined) return { class: entityManagement, activity: changes.get(action.toLowerCase()) ?? 99 };
  if (/^(?:login|authentication|ssl-login-fail|tunnel-up)/.test(action)) return { class: authentication, activity: 1 };
  return action === 'logout' ? { class: authentication, activity: 2 } : { class: baseEvent, activity: 0 };
}

function outcomeOf({ status, action, result }: Fields): Outcome {
  const word = `${status ?? ''} ${result ?? ''} ${action ?? ''}`;
  if (/fail|deny|block|drop|reject|denied/i.test(word)) return 'failure';
  return /success|accept|pass|\bclose\b|up\b/i.test(word) ? 'success' : 'unknown';
}

/** An administrator's address stands in brackets behind how they came in: `https(198.51.100.7)`. */
function addressOf({ srcip, remip, ui }: Fields): string | undefined {
  return srcip ?? remip ?? /\(([\da-fA-F.:]{3,45})\)/.exec(ui ?? '')?.[1];
}

function attributesOf(fields: Fields, { class: { uid } }: Classification): JsonObject {
  const ends = {
    src_endpoint: endpointOf(addressOf(fields), { port: portAt(fields, 'srcport') }),
    dst_endpoint: endpointOf(fields.dstip, { port: portAt(fields, 'dstport') }),
  };
  switch (uid) {
    case detectionFinding.uid: {
      const title = fields.attack ?? fields.virus ?? 'unknown';
      return { finding_info: { uid: fields.attackid ?? fields.logid, title, analytic: { uid: fields.attackid ?? fields.logid, name: title, type: 'Rule', type_id: 1 } }, evidences: [ends] };
    }
    case networkActivity.uid:
      return { ...ends, connection_info: connectionOf(fields.proto), app_name: fields.app ?? fields.service, traffic: trafficOf({ bytesIn: numberAt(fields, 'rcvdbyte'), bytesOut: numberAt(fields, 'sentbyte'), packetsIn: numberAt(fields, 'rcvdpkt'), packetsOut: numberAt(fields, 'sentpkt') }) };
    case entityManagement.uid:
      return { actor: { user: userOf(fields.user) }, entity: { name: fields.cfgobj ?? fields.cfgpath, type: fields.cfgpath }, comment: fields.cfgattr, src_endpoint: ends.src_endpoint };
    case authentication.uid:
      return { user: userOf(fields.user), service: { name: fields.subtype ?? 'login' }, is_remote: true, src_endpoint: ends.src_endpoint, dst_endpoint: fields.devname === undefined ? undefined : { hostname: fields.devname } };
    default:
      return {};
  }
}
