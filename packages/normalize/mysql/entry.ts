/** What MySQL, MariaDB, Percona and Aurora write: error log, general log, audit log as JSON or CSV. */
import { csvRow } from '#formats/csv.ts';
import type { DatabaseDeed } from '../database-deed.ts';
import { asObject, objectAt, textAt, timeOf } from '../json-fields.ts';

const error = /^(\d{4}-\d\d-\d\d[T ] ?\d{1,2}:\d\d:\d\d(?:\.\d{1,6}Z)?) {1,2}(\d{1,20}) \[(System|Note|Warning|ERROR|Error)\] (?:\[(MY-\d{6})\] )?(?:\[\w{1,32}\] )?(.{0,32768})$/s;
const general = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}(?:Z|[+-]\d\d:\d\d))\t {0,10}(\d{1,20}) (Connect|Query|Quit|Init DB|Execute|Prepare|Field List|Change user|Statistics|Binlog Dump)(?:\t(.{0,65536}))?$/s;
const denied = /^Access denied for user '([^']{0,128})'@'([^']{0,255})'/;
const server = /^(\d{8} \d\d:\d\d:\d\d|\d{16}),([^,]{0,255}),([^,]{0,128}),([^,]{0,255}),(\d{1,20}),(\d{1,20}),([A-Z_]{3,24}),/;

export function mysqlEntry(value: unknown): DatabaseDeed | undefined {
  if (typeof value !== 'string') return fromJson(value);
  if (value[4] !== '-') return fromServerAudit(value);
  return value.includes('\t') ? fromGeneral(value) : fromError(value);
}

function fromError(text: string): DatabaseDeed | undefined {
  if (!text.includes(' [')) return undefined;
  const found = error.exec(text);
  const time = timeOf(found?.[1]?.replace(/ {1,2}(\d):/, ' 0$1:'));
  if (found === null || time === undefined) return undefined;
  const message = found[5] ?? '';
  const refusal = denied.exec(message);
  const shared = { time, level: (found[3] ?? '').toLowerCase(), message, code: found[4] };
  if (refusal !== null) return { ...shared, kind: 'logon', outcome: 'failure', user: filled(refusal[1]), client: filled(refusal[2]) };
  return { ...shared, kind: 'other', outcome: shared.level === 'error' ? 'failure' : 'unknown' };
}

function fromGeneral(text: string): DatabaseDeed | undefined {
  const found = general.exec(text);
  const time = timeOf(found?.[1]);
  if (found === null || time === undefined) return undefined;
  const [, , , command = '', argument = ''] = found;
  const shared = { time, level: 'note', message: `${command} ${argument}`.trim() };
  if (command === 'Connect' || command === 'Change user') {
    const who = /^(\S{0,128}?)@(\S{0,255}) (?:as .{0,128} )?on (\S{0,128})/.exec(argument);
    const refusal = denied.exec(argument);
    return { ...shared, kind: 'logon', outcome: refusal === null ? 'success' : 'failure', user: filled(who?.[1] ?? refusal?.[1]), client: filled(who?.[2] ?? refusal?.[2]), database: filled(who?.[3]) };
  }
  if (command === 'Quit') return { ...shared, kind: 'logoff', outcome: 'success' };
  return { ...shared, kind: 'statement', outcome: 'unknown', statement: command === 'Init DB' ? `use ${argument}` : argument };
}

/** MariaDB's `server_audit` and Aurora's: `time,server,user,host,connection,query,operation,database,object,code`. */
function fromServerAudit(text: string): DatabaseDeed | undefined {
  const found = server.exec(text);
  const written = found?.[1] ?? '';
  const time = timeOf(written.length === 16 ? written : written.replace(/^(\d{4})(\d\d)(\d\d)/, '$1-$2-$3'));
  if (found === null || time === undefined) return undefined;
  const [, , , user, client, , , operation = ''] = found;
  const [database, object, code] = csvRow(text.slice(found[0].length).replaceAll("\\'", "''"), "'", 4);
  const shared = { time, level: 'note', user: filled(user), client: filled(client), database: filled(database), code: filled(code), message: `${operation} ${object ?? ''}`.trim() };
  const outcome = code === '0' || code === undefined ? 'success' : 'failure';
  if (operation === 'CONNECT' || operation === 'FAILED_CONNECT') return { ...shared, kind: 'logon', outcome: operation === 'CONNECT' ? outcome : 'failure' };
  if (operation === 'DISCONNECT') return { ...shared, kind: 'logoff', outcome: 'success' };
  return { ...shared, kind: 'statement', outcome, statement: object ?? '', object: operation.startsWith('QUERY') ? undefined : object };
}

/** MySQL Enterprise and Aurora's JSON, and Percona's `audit_record`. */
function fromJson(value: unknown): DatabaseDeed | undefined {
  const percona = objectAt(value, 'audit_record');
  const record = percona ?? asObject(value);
  const time = timeOf(textAt(record, 'timestamp'));
  const name = textAt(record, 'class') ?? textAt(percona, 'name');
  if (record === undefined || time === undefined || name === undefined) return undefined;
  if (percona === undefined && objectAt(record, 'login') === undefined && objectAt(record, 'account') === undefined && objectAt(record, 'connection_data') === undefined) return undefined;
  const event = textAt(record, 'event') ?? name;
  const status = textAt(record, 'status') ?? textAt(record, 'general_data', 'status') ?? textAt(record, 'connection_data', 'status');
  const statement = textAt(record, 'sqltext') ?? textAt(record, 'general_data', 'query');
  const shared = {
    time, level: 'note', message: `${name} ${event}`, code: status, user: textAt(record, 'login', 'user') ?? textAt(record, 'account', 'user') ?? textAt(record, 'user'), database: textAt(record, 'connection_data', 'db') ?? textAt(record, 'db'),
    client: textAt(record, 'login', 'ip') ?? textAt(record, 'ip') ?? textAt(record, 'account', 'host') ?? textAt(record, 'host'),
  };
  const outcome = status === undefined ? 'unknown' : status === '0' ? 'success' : 'failure';
  if (statement !== undefined) return { ...shared, kind: 'statement', outcome, statement };
  if (/^(?:connect|Connect|Change user)$/.test(event)) return { ...shared, kind: 'logon', outcome };
  return /^(?:disconnect|Quit)$/.test(event) ? { ...shared, kind: 'logoff', outcome: 'success' } : { ...shared, kind: 'other', outcome };
}

function filled(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}
