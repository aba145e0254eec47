/** One event of the audit system, whichever program shipped it, with the names that public rules use. */
import type { JsonObject } from '../json-fields.ts';
import { asObject, fieldAt, listAt, objectAt, textAt, timeOf } from '../json-fields.ts';
import { auditRecords } from './line.ts';
import type { AuditRecord } from './line.ts';

export interface AuditEntry {
  readonly types: readonly string[];
  readonly time: number;
  readonly serial: string | undefined;
  readonly host: string | undefined;
  /** Names of the fields as auditd writes them. */
  readonly fields: JsonObject;
  readonly arguments: readonly string[];
}

const argumentLimit = 256;

export function auditEntry(value: unknown): AuditEntry | undefined {
  if (typeof value === 'string') return ofRecords(value.includes('audit(') ? auditRecords(value) : []);
  const record = asObject(value);
  if (record === undefined) return undefined;
  return record.auditd === undefined ? ofLaurel(record) : ofBeat(record);
}

function ofRecords(records: readonly AuditRecord[]): AuditEntry | undefined {
  const [first] = records;
  if (first === undefined) return undefined;
  // Records with one serial number are one event; another event that came with them is left to its own record.
  const own = records.filter(({ serial }) => serial === first.serial);
  const execve = own.find(({ type }) => type === 'EXECVE');
  const collected = new Map<string, unknown>(execve?.fields);
  for (const { fields } of own) for (const [name, text] of fields) collect(collected, name, text);
  const args = argumentsOf((name) => execve?.fields.get(name));
  return entry(own.map(({ type }) => type), { time: first.time, serial: first.serial, host: first.node, fields: Object.fromEntries(collected), arguments: args });
}

/** The files of an event have one record each; what else comes twice is the same. */
function collect(fields: Map<string, unknown>, name: string, text: string): void {
  const known = fields.get(name);
  if (known === undefined) fields.set(name, text);
  else if ((name === 'name' || name === 'nametype') && known !== text) fields.set(name, [...(Array.isArray(known) ? (known as unknown[]) : [known]), text]);
}

function argumentsOf(at: (name: string) => string | undefined): readonly string[] {
  const found: string[] = [];
  for (let index = 0; index < argumentLimit; index += 1) {
    const text = at(`a${index}`);
    if (text === undefined) break;
    found.push(text);
  }
  return found;
}

function entry(types: readonly string[], rest: Omit<AuditEntry, 'types'>): AuditEntry {
  return { ...rest, types, fields: { ...rest.fields, type: types.length === 1 ? types[0] : types } };
}

/** Auditbeat and the Elastic agent. */
function ofBeat(record: JsonObject): AuditEntry | undefined {
  const type = textAt(record, 'auditd', 'message_type')?.toUpperCase();
  const time = timeOf(record['@timestamp']);
  if (type === undefined || time === undefined) return undefined;
  const data = objectAt(record, 'auditd', 'data') ?? {};
  const args = listAt(record, 'process', 'args').filter((one) => typeof one === 'string').slice(0, argumentLimit);
  const runs = textAt(data, 'syscall')?.startsWith('execve') === true && args.length > 0;
  const paths = listAt(record, 'auditd', 'paths').slice(0, 64);
  const fields = {
    ...texts(data), SYSCALL: textAt(data, 'syscall'), exe: textAt(record, 'process', 'executable'), comm: textAt(record, 'process', 'name'), cwd: textAt(record, 'process', 'working_directory'), pid: textAt(record, 'process', 'pid'),
    ppid: textAt(record, 'process', 'parent', 'pid') ?? textAt(record, 'process', 'ppid'), uid: textAt(record, 'user', 'id'), UID: textAt(record, 'user', 'name'), auid: textAt(record, 'user', 'audit', 'id'),
    success: textAt(record, 'auditd', 'result') === 'success' ? 'yes' : 'no', res: textAt(record, 'auditd', 'result'), addr: textAt(record, 'source', 'ip'), acct: textAt(data, 'acct') ?? textAt(record, 'user', 'name'),
    name: paths.map((path) => textAt(path, 'name')), nametype: paths.map((path) => textAt(path, 'nametype')), key: listAt(record, 'tags')[0], ...numbered(runs ? args : []),
  };
  return entry([type, ...(runs ? ['EXECVE'] : []), ...(paths.length > 0 ? ['PATH'] : [])], { time, serial: textAt(record, 'auditd', 'sequence'), host: textAt(record, 'host', 'name'), fields, arguments: runs ? args : [] });
}

/** Laurel: one object for each type of record. */
function ofLaurel(record: JsonObject): AuditEntry | undefined {
  const id = /^(\d{9,11})\.(\d{3}):(\d{1,20})$/.exec(textAt(record, 'ID') ?? '');
  const types = Object.keys(record).filter((name) => /^[A-Z][A-Z0-9_]{2,31}$/.test(name) && typeof record[name] === 'object' && record[name] !== null && name !== 'PARENT_INFO').slice(0, 32);
  if (id === null || types.length === 0) return undefined;
  const args = listAt(record, 'EXECVE', 'ARGV').filter((one) => typeof one === 'string').slice(0, argumentLimit);
  const paths = listAt(record, 'PATH').slice(0, 64);
  const others = types.filter((type) => type !== 'PATH' && type !== 'EXECVE').map((type) => texts(objectAt(record, type) ?? {}));
  const fields = { ...Object.assign({}, ...others.reverse()), name: paths.map((path) => textAt(path, 'name')), nametype: paths.map((path) => textAt(path, 'nametype')), ...numbered(args) } as JsonObject;
  return entry(types, { time: Number(id[1]) * 1000 + Number(id[2]), serial: id[3], host: textAt(record, 'NODE'), fields, arguments: args });
}

function numbered(args: readonly string[]): JsonObject {
  return Object.fromEntries(args.map((text, at) => [`a${at}`, text]));
}

function texts(data: JsonObject): JsonObject {
  const keys = Object.keys(data).filter((key) => key !== '__proto__').slice(0, 128);
  return Object.fromEntries(keys.map((key) => [key, fieldAt(data, key)]).filter(([, value]) => typeof value === 'string' || typeof value === 'number'));
}
