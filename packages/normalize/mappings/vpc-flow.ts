import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { awsAccount } from '../cloudtrail/identity.ts';
import { connectionOf, portAt } from '../flow.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, fieldAt, textAt, timeOf } from '../json-fields.ts';
import { endpointOf, numberAt } from '../parts.ts';

/** Fields of the default format, version 2, in their order. */
const columns = ['version', 'account_id', 'interface_id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol', 'packets', 'bytes', 'start', 'end', 'action', 'log_status'];
const line = /^[2-9] (?:\d{12}|unknown) eni-[0-9a-z-]+ (?:\S+ ){9}(?:ACCEPT|REJECT|-) (?:OK|NODATA|SKIPDATA)$/;

const logsource = { product: 'aws', service: 'vpcflow', category: 'firewall' };

/** Amazon VPC flow logs: lines of the default format, or records with its names. */
export default defineMapping({
  id: 'vpc-flow',
  title: 'Amazon VPC flow logs',
  logsource,
  hint: { text: '23456789', keys: ['interface_id', 'interface-id', 'interfaceId'] },
  accepts: (value) =>
    typeof value === 'string' ? line.test(value) : text(value, 'srcaddr') !== undefined && text(value, 'dstaddr') !== undefined && text(value, 'interface_id') !== undefined,
  map({ value }) {
    const record = recordOf(value);
    const time = timeIn(record);
    if (record === undefined || time === undefined) return undefined;
    const action = text(record, 'action');
    const end = timeOf(fieldAt(record, 'end'));
    const direction = text(record, 'flow_direction');
    return buildEvent({
      class: ocsfClasses.networkActivity,
      activity: action === 'REJECT' ? 5 : 6,
      severity: 'informational',
      time,
      metadata: { product: { name: 'VPC Flow Logs', vendor_name: 'AWS' }, log_name: 'vpcflow', log_version: text(record, 'version'), profiles: ['cloud'] },
      attributes: {
        ...statusOf(action === 'REJECT' ? 'failure' : action === 'ACCEPT' ? 'success' : 'unknown'),
        status_code: text(record, 'log_status'),
        start_time: time,
        end_time: end,
        src_endpoint: endpointOf(text(record, 'srcaddr'), { port: portAt(record, 'srcport') ?? portAt(record, 'srcPort') }),
        dst_endpoint: endpointOf(text(record, 'dstaddr'), {
          port: portAt(record, 'dstport') ?? portAt(record, 'dstPort'), interface_uid: text(record, 'interface_id'), vpc_uid: text(record, 'vpc_id'), subnet_uid: text(record, 'subnet_id'), instance_uid: text(record, 'instance_id'),
        }),
        connection_info: connectionOf(text(record, 'protocol'), direction === 'ingress' ? 'inbound' : direction === 'egress' ? 'outbound' : 'unknown', { tcp_flags: numberAt(record, 'tcp_flags') }),
        traffic: { bytes: numberAt(record, 'bytes'), packets: numberAt(record, 'packets') },
        cloud: { provider: 'AWS', region: text(record, 'region'), account: awsAccount(text(record, 'account_id')) },
        ...(typeof value === 'string' ? { raw_data: value } : {}),
        unmapped: withRuleNames(record),
      },
    });
  },
  glance({ value }) {
    const record = recordOf(value);
    const time = timeIn(record);
    return record === undefined || time === undefined ? undefined : { logsource, time, record: withRuleNames(record) };
  },
});

function recordOf(value: unknown): JsonObject | undefined {
  if (typeof value !== 'string') return asObject(value);
  const record: Record<string, string> = {};
  const fields = value.split(' ');
  for (let at = 0; at < fields.length; at++) record[columns[at] ?? ''] = fields[at] ?? '';
  record['message'] = value;
  return record;
}

function timeIn(record: JsonObject | undefined): number | undefined {
  return timeOf(fieldAt(record, 'start')) ?? timeOf(fieldAt(record, 'end'));
}

/** Lake and console write the names in other ways: `interface_id`, `interface-id`, `interfaceId`; `srcaddr`, `srcAddr`. */
function text(value: unknown, name: string): string | undefined {
  const own = textAt(value, name);
  if (own !== undefined) return own === '-' ? undefined : own;
  const [dashed, camel] = otherNames(name);
  const found = textAt(value, dashed) ?? textAt(value, camel);
  return found === '-' ? undefined : found;
}

/** Of the names that are asked for here. */
const known = new Map<string, readonly [dashed: string, camel: string]>();

function otherNames(name: string): readonly [dashed: string, camel: string] {
  const before = known.get(name);
  if (before !== undefined) return before;
  const camel = name.replace(/[_-](\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/^(src|dst)addr$/, '$1Addr');
  const names = [name.replaceAll('_', '-'), camel] as const;
  known.set(name, names);
  return names;
}

/** Names of Sigma's category `firewall`. */
function withRuleNames(record: JsonObject): JsonObject {
  return { src_ip: text(record, 'srcaddr'), dst_ip: text(record, 'dstaddr'), src_port: text(record, 'srcport'), dst_port: text(record, 'dstport'), ...record };
}
