import { ocsfClasses } from '#formats/ocsf.ts';
import type { JsonObject } from '../json-fields.ts';
import { textAt } from '../json-fields.ts';
import { endpointOf, numberAt, userOf } from '../parts.ts';
import type { Classification, Outcome } from '../parts.ts';
import type { AuditEntry } from './entry.ts';

const { accountChange, applicationLifecycle, authentication, baseEvent, fileActivity, groupManagement, processActivity } = ocsfClasses;

/** Types of records ("audit-record-types") with a class of their own; the rest are base events. */
const kinds: ReadonlyMap<string, Classification> = new Map(
  [
    ...of(authentication, 1, ['USER_LOGIN', 'USER_AUTH', 'LOGIN', 'USER_START', 'CRED_ACQ', 'USER_ACCT', 'USER_ERR']),
    ...of(authentication, 2, ['USER_LOGOUT', 'USER_END', 'CRED_DISP']),
    ...of(authentication, 7, ['USER_CMD', 'USER_ROLE_CHANGE']),
    ...of(accountChange, 1, ['ADD_USER']), ...of(accountChange, 6, ['DEL_USER']), ...of(accountChange, 3, ['USER_CHAUTHTOK']), ...of(accountChange, 99, ['USER_MGMT', 'ACCT_LOCK', 'ACCT_UNLOCK']),
    ...of(groupManagement, 6, ['ADD_GROUP']), ...of(groupManagement, 5, ['DEL_GROUP']), ...of(groupManagement, 99, ['GRP_MGMT']),
    ...of(applicationLifecycle, 3, ['SERVICE_START', 'DAEMON_START']), ...of(applicationLifecycle, 4, ['SERVICE_STOP', 'DAEMON_END', 'DAEMON_ABORT']),
    ...of(processActivity, 1, ['EXECVE']), ...of(fileActivity, 14, ['PATH']),
  ],
);

function of(class_: Classification['class'], activity: number, types: readonly string[]): readonly (readonly [string, Classification])[] {
  return types.map((type) => [type, { class: class_, activity }] as const);
}

/** A system call is what its other records make of it: a program that starts, a file that is opened. */
export function auditKind({ types, fields }: AuditEntry): Classification {
  const type = ['EXECVE', ...types].find((name) => types.includes(name) && kinds.has(name));
  const found = kinds.get(type ?? '');
  if (found?.class === fileActivity) return { class: fileActivity, activity: { CREATE: 1, DELETE: 4 }[textAt(fields, 'nametype') ?? ''] ?? 14 };
  return found ?? { class: baseEvent, activity: 0 };
}

export function auditOutcome({ fields }: AuditEntry): Outcome {
  const word = textAt(fields, 'success') ?? textAt(fields, 'res') ?? textAt(fields, 'result');
  if (word === undefined) return 'unknown';
  return word === 'yes' || word === 'success' || word === '1' ? 'success' : 'failure';
}

export function auditAttributes(entry: AuditEntry, { class: class_ }: Classification): JsonObject {
  const { fields, host = 'unknown' } = entry;
  const device = { type_id: 0, hostname: host };
  switch (class_.uid) {
    case authentication.uid:
      return { user: account(fields), actor: actorOf(fields), service: { name: textAt(fields, 'exe')?.split('/').at(-1) ?? 'audit' }, src_endpoint: source(fields), dst_endpoint: { hostname: host } };
    case accountChange.uid:
      return { user: account(fields), actor: actorOf(fields) };
    case groupManagement.uid:
      return { group: { name: textAt(fields, 'grp') ?? textAt(fields, 'acct') ?? textAt(fields, 'id') ?? 'unknown' }, actor: actorOf(fields) };
    case applicationLifecycle.uid:
      return { app: { name: textAt(fields, 'unit') ?? 'auditd', vendor_name: 'unknown' } };
    case processActivity.uid:
      return { device, actor: actorOf(fields), process: processOf(entry) };
    case fileActivity.uid:
      return { device, actor: actorOf(fields), file: fileOf(textAt(fields, 'name') ?? 'unknown') };
    default:
      return { message: entry.types.join(' ') };
  }
}

function processOf({ fields, arguments: args, serial }: AuditEntry): JsonObject {
  const pid = numberAt(fields, 'pid');
  const parent = numberAt(fields, 'ppid');
  const path = textAt(fields, 'exe');
  return {
    pid, uid: pid === undefined ? serial : undefined, name: textAt(fields, 'comm') ?? args[0]?.split('/').at(-1), cmd_line: args.length === 0 ? undefined : args.join(' '), path, working_directory: textAt(fields, 'cwd'),
    parent_process: parent === undefined ? undefined : { pid: parent },
  };
}

/** `type_id` 1 is a regular file; the record does not say. */
function fileOf(path: string): JsonObject {
  return { name: path.split('/').at(-1) || path, path, type_id: 0 };
}

function actorOf(fields: JsonObject): JsonObject {
  const pid = numberAt(fields, 'pid');
  const path = textAt(fields, 'exe');
  return {
    user: userOf(textAt(fields, 'AUID') ?? textAt(fields, 'UID'), textAt(fields, 'auid') ?? textAt(fields, 'uid')),
    session: { uid: textAt(fields, 'ses'), terminal: textAt(fields, 'tty') ?? textAt(fields, 'terminal') },
    process: pid === undefined ? undefined : { pid, name: textAt(fields, 'comm'), path },
  };
}

function account(fields: JsonObject): JsonObject {
  const name = textAt(fields, 'acct') ?? textAt(fields, 'ID') ?? textAt(fields, 'AUID');
  return userOf(name, textAt(fields, 'id') ?? (name === undefined ? (textAt(fields, 'auid') ?? textAt(fields, 'uid')) : undefined));
}

function source(fields: JsonObject): JsonObject | undefined {
  const from = [textAt(fields, 'addr'), textAt(fields, 'hostname')].find((text) => text !== undefined && text !== '?');
  return from === undefined ? undefined : endpointOf(from);
}
