/** Pieces of OCSF events that all mappings of Windows logs build alike. */
import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import type { RawRecord } from '#model/artifact.ts';
import type { Event } from '#model/event.ts';
import type { Severity } from '#model/severity.ts';
import { defineMapping } from '#model/unit.ts';
import type { Mapping } from '#model/unit.ts';
import type { JsonObject } from '../json-fields.ts';
import { textAt } from '../json-fields.ts';
import { numberAt, userOf, withNames } from '../parts.ts';
import type { Classification } from '../parts.ts';
import { logsourceOf } from './channels.ts';
import { headOf, readWindows } from './record.ts';
import type { WindowsRecord } from './record.ts';

export interface WindowsMapping {
  readonly id: string;
  readonly title: string;
  readonly logsource: Mapping['logsource'];
  readonly product: string;
  accepts(channel: string): boolean;
  /** Names that rules use and the source does not write. */
  names?(record: WindowsRecord): JsonObject;
  event(record: WindowsRecord): Classification & { readonly severity?: Severity; readonly attributes: JsonObject };
}

export function defineWindowsMapping({ id, title, logsource, product, accepts, names, event }: WindowsMapping): Mapping {
  const read = (value: unknown): WindowsRecord | undefined => {
    const record = readWindows(value);
    if (record === undefined || names === undefined) return record;
    return { ...record, fields: withNames(record.fields, names(record)) };
  };
  const toEvent = (record: WindowsRecord): Event => {
    const { attributes, severity = 'informational', ...kind } = event(record);
    return buildEvent({
      ...kind, severity, time: record.time, metadata: metadataOf(record, product),
      attributes: { device: deviceOf(record.fields), ...attributes, unmapped: record.fields },
    });
  };
  return defineMapping({
    id, title, logsource,
    hint: { keys: ['Event', 'winlog', 'Channel'] },
    accepts: (value) => accepts(headOf(value)?.channel.toLowerCase() ?? ''),
    map({ value }: RawRecord) {
      const record = read(value);
      return record === undefined ? undefined : toEvent(record);
    },
    glance({ value }: RawRecord) {
      const record = read(value);
      if (record === undefined) return undefined;
      return { logsource: logsourceOf(record.channel, record.id, record.fields.EventType), time: record.time, record: record.fields };
    },
  });
}

function metadataOf({ channel, id, number }: WindowsRecord, product: string): Parameters<typeof buildEvent>[0]['metadata'] {
  return { product: { name: product, vendor_name: 'Microsoft' }, uid: number, log_name: channel, event_code: String(id), profiles: ['host'] };
}

/** `type_id` 0 is unknown: the log does not say what kind of machine wrote it. */
function deviceOf(fields: JsonObject): JsonObject {
  return { type_id: 0, hostname: textAt(fields, 'Computer') ?? 'unknown', os: { name: 'Windows', type_id: 100 } };
}

/** A process of an event, its fields named with a prefix: `Parent`, `Source`, `Target` or none. */
export function processOf(fields: JsonObject, prefix = ''): JsonObject {
  const path = textAt(fields, `${prefix}Image`);
  return {
    pid: numberOf(fields, `${prefix}ProcessId`) ?? 0,
    uid: textAt(fields, `${prefix}ProcessGuid`) ?? textAt(fields, `${prefix}ProcessGUID`),
    name: path === undefined ? undefined : lastPart(path),
    file: path === undefined ? undefined : fileOf(path),
    cmd_line: textAt(fields, `${prefix}CommandLine`),
    user: prefix === '' || prefix === 'Parent' ? accountOf(textAt(fields, `${prefix}User`)) : undefined,
  };
}

/** `type_id` 1 is a regular file. */
export function fileOf(path: string): JsonObject {
  return { name: lastPart(path), path, type_id: 1 };
}

/** Numbers of processes are written in decimal, or in hexadecimal by the Security log. */
function numberOf(fields: JsonObject, key: string): number | undefined {
  const text = textAt(fields, key);
  return text !== undefined && /^0x[0-9a-f]{1,12}$/i.test(text) ? Number.parseInt(text, 16) : numberAt(fields, key);
}

/** `DOMAIN\name`. */
export function accountOf(text: string | undefined): JsonObject | undefined {
  if (text === undefined) return undefined;
  const at = text.indexOf('\\');
  return userOf(text.slice(at + 1) || text, undefined, { domain: at > 0 ? text.slice(0, at) : undefined });
}

export function actorOf(fields: JsonObject): JsonObject {
  const user = accountOf(textAt(fields, 'User') ?? textAt(fields, 'SubjectUserName'));
  const process = processOf(fields);
  return { process, user };
}

export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('\\') + 1) || path;
}

/** Who acted, as the Security log names them. */
export function subjectOf(fields: JsonObject): JsonObject {
  const name = textAt(fields, 'SubjectUserName') ?? textAt(fields, 'UserName');
  const sid = textAt(fields, 'SubjectUserSid');
  const known = name === undefined ? accountOf(textAt(fields, 'UserContext') ?? textAt(fields, 'User')) : undefined;
  // S-1-0-0 is nobody ([MS-DTYP] 2.4.2.4).
  return known ?? userOf(name === '-' ? undefined : name, sid === 'S-1-0-0' ? undefined : sid, { domain: textAt(fields, 'SubjectDomainName') });
}

/** What no class is made for: who and with what, as far as it says so. */
export function otherEvent({ fields }: WindowsRecord): Classification & { readonly severity?: Severity; readonly attributes: JsonObject } {
  const [user, path] = [['SubjectUserName', 'UserName', 'User', 'UserContext'].some((name) => textAt(fields, name) !== undefined) ? subjectOf(fields) : undefined, textAt(fields, 'Image')];
  const process = path === undefined ? undefined : processOf(fields);
  return { class: ocsfClasses.baseEvent, activity: 0, attributes: { message: textAt(fields, 'Message'), actor: user === undefined && process === undefined ? undefined : { user, process } } };
}
