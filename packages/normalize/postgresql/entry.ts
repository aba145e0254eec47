/** Entries of PostgreSQL's log in its three forms: `stderr` with the usual prefixes, `csvlog`, `jsonlog`. */
import { csvRow } from '#formats/csv.ts';
import type { DatabaseDeed } from '../database-deed.ts';
import { portAt } from '../flow.ts';
import { asObject, textAt, timeOf } from '../json-fields.ts';

export interface PostgresEntry extends DatabaseDeed {
  readonly pid: string | undefined;
}

type Fields = Omit<PostgresEntry, 'kind' | 'outcome'>;

const stamp = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})? ?(?:[A-Z]{2,5}|[+-]\d\d(?::?\d\d)?))/;
const body = /(?:^|[\s:\]])(LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|INFO|DEBUG\d?|STATEMENT|DETAIL|HINT|CONTEXT): {1,2}(.{0,65536})$/s;
const refused = /^(?:password authentication failed for user|no pg_hba\.conf entry for host|role "[^"]{1,64}" (?:does not exist|is not permitted to log in)|(?:SCRAM|LDAP|PAM|peer|Ident|certificate|GSSAPI|RADIUS) authentication failed|pg_hba\.conf rejects connection)/i;
const ran = /^(?:duration: [\d.]{1,20} ms {1,2})?(?:statement|(?:execute|parse|bind) [^:]{1,128}): (.{0,65536})$/s;

export function postgresEntry(value: unknown): PostgresEntry | undefined {
  const fields = typeof value === 'string' ? (fromCsv(value) ?? fromLine(value)) : fromJson(value);
  return fields === undefined ? undefined : judged(fields);
}

function fromLine(text: string): Fields | undefined {
  const start = stamp.exec(text);
  const time = zoned(start?.[1]);
  const rest = start === null || time === undefined ? '' : text.slice(start[0].length);
  const found = body.exec(rest);
  if (found === null || time === undefined || found.index > 512) return undefined;
  const prefix = rest.slice(0, found.index + 1);
  const named = new Map([...prefix.matchAll(/\b(user|db|app|client|host)=([^,\s]{0,128})/g)].map(([, name = '', part = '']) => [name, part]));
  const at = /(?:^|[\s:\]])([^\s@:,=[\]]{1,64})@([^\s@:,=[\]]{1,64})/.exec(prefix);
  const peer = /(?:^|[\s:])((?:\d{1,3}\.){3}\d{1,3}|[\da-f]{1,4}:[\da-f:.]{2,60}|::1)\((\d{1,5})\)/i.exec(prefix);
  return {
    time, level: found[1] ?? '', message: found[2] ?? '', pid: /\[(\d{1,10})\]/.exec(prefix)?.[1], user: known(named.get('user') ?? at?.[1]), database: known(named.get('db') ?? at?.[2]), app: known(named.get('app')),
    client: known(named.get('client') ?? named.get('host') ?? peer?.[1]), clientPort: portAt({ port: peer?.[2] }, 'port'),
  };
}

/** 23 columns and more; the 12th is the severity, the 14th the message. */
function fromCsv(text: string): Fields | undefined {
  if (!stamp.test(text) || !/^[^,]{19,40},/.test(text)) return undefined;
  const row = csvRow(text);
  const time = zoned(row[0]);
  const [, user, database, pid, from = '', , , , , , , level = '', code, message = '', , , , , , statement, , , app] = row;
  if (time === undefined || row.length < 22 || !/^(?:LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|INFO|DEBUG\d?)$/.test(level)) return undefined;
  const peer = /^(.{1,64}):(\d{1,5})$/.exec(from);
  return { time, level, message, pid, code, user: known(user), database: known(database), app: known(app), statement: known(statement), client: known(peer?.[1] ?? from), clientPort: portAt({ port: peer?.[2] }, 'port') };
}

function fromJson(value: unknown): Fields | undefined {
  const record = asObject(value);
  const time = zoned(textAt(record, 'timestamp'));
  const level = textAt(record, 'error_severity');
  if (record === undefined || time === undefined || level === undefined || textAt(record, 'backend_type') === undefined) return undefined;
  return {
    time, level, message: textAt(record, 'message') ?? '', pid: textAt(record, 'pid'), code: textAt(record, 'state_code'), user: textAt(record, 'user'), database: textAt(record, 'dbname'), app: textAt(record, 'application_name'),
    statement: textAt(record, 'statement'), client: textAt(record, 'remote_host'), clientPort: portAt(record, 'remote_port'),
  };
}

/** Only universal time is known by its letters: another zone's name says nothing for certain, and is taken as that. */
function zoned(text: string | undefined): number | undefined {
  return timeOf(text?.replace(/ ?[A-Z]{2,5}$/, 'Z').replace(/ ?([+-]\d\d)$/, '$1:00'));
}

/** What a message says was done. */
function judged(fields: Fields): PostgresEntry {
  const { message, level } = fields;
  const code = fields.code === '00000' ? undefined : fields.code;
  const failed = /^(?:ERROR|FATAL|PANIC)$/.test(level);
  if (/^connection authorized:|^replication connection authorized:/.test(message)) return { ...fields, ...pairs(message), code, kind: 'logon', outcome: 'success' };
  if (message.startsWith('disconnection:')) return { ...fields, ...pairs(message), code, kind: 'logoff', outcome: 'success' };
  if (refused.test(message)) return { ...fields, ...refusedBy(message, fields), code, kind: 'logon', outcome: 'failure' };
  const audit = auditOf(message);
  const statement = audit?.statement ?? ran.exec(message)?.[1] ?? (level === 'STATEMENT' ? message : fields.statement);
  if (statement !== undefined) return { ...fields, code, kind: 'statement', outcome: failed ? 'failure' : level === 'STATEMENT' ? 'unknown' : 'success', statement, object: audit?.object, rows: audit?.rows };
  return { ...fields, code, kind: 'other', outcome: failed ? 'failure' : 'unknown' };
}

/** pgaudit: `AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.account,"select ...",<none>`, and the number of rows where `pgaudit.log_rows` is on. */
function auditOf(message: string): { readonly statement: string; readonly object: string | undefined; readonly rows: number | undefined } | undefined {
  if (!message.startsWith('AUDIT: ')) return undefined;
  const [, , , , , , object, statement = '', , rows = ''] = csvRow(message.slice(7), '"', 12);
  return { statement, object: known(object), rows: /^\d{1,12}$/.test(rows) ? Number(rows) : undefined };
}

function pairs(message: string): Partial<Fields> {
  const named = new Map([...message.slice(0, 1024).matchAll(/\b(user|database|application_name|host|port)=(\S{1,128})/g)].map(([, name = '', part = '']) => [name, part]));
  return compact({ user: named.get('user'), database: named.get('database'), app: named.get('application_name'), client: named.get('host'), clientPort: portAt({ port: named.get('port') }, 'port') });
}

function refusedBy(message: string, { user, client }: Fields): Partial<Fields> {
  return compact({ user: /(?:user|role) "([^"]{1,128})"/.exec(message)?.[1] ?? user, client: /host "([^"]{1,64})"/.exec(message)?.[1] ?? client, database: /database "([^"]{1,128})"/.exec(message)?.[1] });
}

function compact<T extends object>(part: T): Partial<T> {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function known(text: string | undefined): string | undefined {
  return text === undefined || text === '' || text === '[unknown]' || text === '[local]' ? undefined : text;
}
