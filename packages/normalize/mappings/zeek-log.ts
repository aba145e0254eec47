import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { connectionOf } from '../flow.ts';
import { fieldAt, textAt } from '../json-fields.ts';
import type { Outcome } from '../parts.ts';
import { isZeek, zeekEntry } from '../zeek-entry.ts';

/** Fields that one log of Zeek has and no other, for records that do not name their log (`_path`). */
const marks: readonly (readonly [log: string, ...fields: readonly string[]])[] = [
  ['dce_rpc', 'endpoint', 'operation'], ['kerberos', 'request_type'], ['rdp', 'cookie', 'result'], ['smb_files', 'action', 'name'], ['ssh', 'client', 'server'], ['ntlm', 'username', 'hostname'], ['smtp', 'helo'], ['ftp', 'command', 'user'],
  ['sip', 'trans_depth', 'request_path'], ['mysql', 'cmd', 'arg'], ['snmp', 'community'], ['socks', 'status', 'version'], ['rfb', 'client_major_version'], ['tunnel', 'tunnel_type'], ['smb_mapping', 'share_type'], ['ntp', 'stratum'],
  ['modbus', 'func', 'unit'], ['dnp3', 'fc_request'], ['mqtt_connect', 'client_id', 'proto_name'], ['weird', 'name', 'notice'], ['files', 'fuid', 'source'], ['dns', 'trans_id', 'rejected'],
];

/** The other logs of Zeek that speak of a connection: each is a service of its own. */
export default defineMapping({
  id: 'zeek-log',
  title: 'Other logs of Zeek',
  logsource: { product: 'zeek' },
  hint: { keys: ['id.orig_h'] },
  accepts: (value) => isZeek(value) && logOf(value) !== undefined,
  map({ value }) {
    const log = logOf(value);
    const entry = log === undefined ? undefined : zeekEntry(value, log);
    if (entry === undefined) return undefined;
    return buildEvent({
      class: log === 'ssh' ? ocsfClasses.sshActivity : ocsfClasses.networkActivity, activity: 6, severity: 'informational', time: entry.time, metadata: entry.metadata,
      attributes: { ...statusOf(outcomeOf(value)), app_name: log, connection_info: connectionOf(textAt(value, 'proto') ?? 'tcp', 'unknown', { uid: textAt(value, 'uid') }), ...entry.attributes },
    });
  },
  glance({ value }) {
    const log = logOf(value);
    const entry = log === undefined ? undefined : zeekEntry(value, log);
    return log === undefined || entry === undefined ? undefined : { logsource: { product: 'zeek', service: log }, time: entry.time, record: entry.attributes.unmapped };
  },
});

/** Where the log says how it went. */
function outcomeOf(value: unknown): Outcome {
  const said = ['success', 'auth_success', 'auth'].map((name) => fieldAt(value, name)).find((found) => typeof found === 'boolean');
  return said === undefined ? 'unknown' : said ? 'success' : 'failure';
}

function logOf(value: unknown): string | undefined {
  const named = textAt(value, '_path');
  if (named !== undefined) return /^[a-z0-9_]{1,32}$/.test(named) ? named : undefined;
  return marks.find(([, ...fields]) => isZeek(value, ...fields))?.[0];
}
