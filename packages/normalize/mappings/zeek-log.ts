import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { connectionOf } from '../flow.ts';
import { textAt } from '../json-fields.ts';
import { isZeek, zeekEntry } from '../zeek-entry.ts';

/** Fields that one log of Zeek has and no other, for records that do not name their log (`_path`). */
const marks: readonly (readonly [log: string, ...fields: readonly string[]])[] = [
  ['dce_rpc', 'endpoint', 'operation'], ['kerberos', 'request_type', 'cipher'], ['rdp', 'cookie', 'result'], ['smb_files', 'action', 'name'], ['ssh', 'client', 'server'], ['ntlm', 'username', 'hostname'], ['smtp', 'helo'], ['ftp', 'command', 'user'],
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
      attributes: { ...statusOf('unknown'), app_name: log, connection_info: connectionOf(textAt(value, 'proto') ?? 'tcp', 'unknown', { uid: textAt(value, 'uid') }), ...entry.attributes },
    });
  },
  glance({ value }) {
    const log = logOf(value);
    const entry = log === undefined ? undefined : zeekEntry(value, log);
    return log === undefined || entry === undefined ? undefined : { logsource: { product: 'zeek', service: log }, time: entry.time, record: entry.attributes.unmapped };
  },
});

function logOf(value: unknown): string | undefined {
  const named = textAt(value, '_path');
  if (named !== undefined) return /^[a-z0-9_]{1,32}$/.test(named) ? named : undefined;
  return marks.find(([, ...fields]) => isZeek(value, ...fields))?.[0];
}
