/**
 * Records of Windows event logs in the three forms that they come in: as tools for `.evtx` write them (`Event.System`), as
 * Winlogbeat does (`winlog`), and flat. All give the same fields, named as public rules name them.
 */
import type { JsonObject } from '../json-fields.ts';
import { asObject, fieldAt, timeOf } from '../json-fields.ts';

export interface WindowsRecord {
  readonly channel: string;
  readonly id: number;
  readonly time: number;
  /** Number of the record in its log. */
  readonly number: string | undefined;
  readonly fields: JsonObject;
}

interface Head {
  readonly channel: string;
  readonly id: number;
}

/** Channel and number of the event; undefined for anything that is no Windows event. */
export function headOf(value: unknown): Head | undefined {
  const record = asObject(value);
  if (record === undefined) return undefined;
  const system = asObject(asObject(record.Event)?.System);
  const winlog = system === undefined ? asObject(record.winlog) : undefined;
  const channel: unknown = system?.Channel ?? winlog?.channel ?? record.Channel;
  const id = whole(system?.EventID ?? winlog?.event_id ?? record.EventID);
  return typeof channel === 'string' && channel !== '' && id !== undefined ? { channel, id } : undefined;
}

export function readWindows(value: unknown): WindowsRecord | undefined {
  const head = headOf(value);
  const record = asObject(value);
  if (head === undefined || record === undefined) return undefined;
  const system = asObject(asObject(record.Event)?.System);
  if (system !== undefined) return fromEvent(record, system, head);
  const winlog = asObject(record.winlog);
  return winlog === undefined ? fromFlat(record, head) : fromWinlog(record, winlog, head);
}

function fromEvent(record: JsonObject, system: JsonObject, head: Head): WindowsRecord {
  const event = asObject(record.Event) ?? {};
  const fields = fieldsOf(asObject(event.EventData));
  // Data of a provider's own lie one element deeper.
  for (const part of Object.values(asObject(event.UserData) ?? {})) addAll(fields, asObject(part));
  addHead(fields, head, fieldAt(system, 'Provider', '#attributes', 'Name'), system.Computer);
  if (fields.Level === undefined && system.Level !== undefined) fields.Level = system.Level;
  if (fields.Keywords === undefined && system.Keywords !== undefined) fields.Keywords = system.Keywords;
  // Its data lie at the top already; twice they would be searched and kept twice.
  const rest: Record<string, unknown> = {};
  for (const key of Object.keys(event)) if (key !== 'EventData') addOne(rest, key, event[key]);
  fields.Event = rest;
  return done(head, fieldAt(system, 'TimeCreated', '#attributes', 'SystemTime'), system.EventRecordID, fields);
}

function fromWinlog(record: JsonObject, winlog: JsonObject, head: Head): WindowsRecord {
  const fields = fieldsOf(asObject(winlog.event_data));
  addAll(fields, asObject(winlog.user_data));
  addAll(fields, record);
  addHead(fields, head, winlog.provider_name, winlog.computer_name);
  return done(head, record['@timestamp'], winlog.record_id, fields);
}

function fromFlat(record: JsonObject, head: Head): WindowsRecord {
  const fields = fieldsOf(record);
  addHead(fields, head, record.SourceName ?? record.ProviderName, record.Hostname);
  const time = ['TimeCreated', 'SystemTime', '@timestamp', 'UtcTime', 'EventTime', 'timestamp'].map((key) => record[key]).find((found) => timeOf(found) !== undefined);
  return done(head, time, record.EventRecordID ?? record.RecordNumber, fields);
}

/** What the data do not say themselves. Named one by one: keys from a variable make the engine give up the object's shape. */
function addHead(fields: Record<string, unknown>, { id, channel }: Head, provider: unknown, computer: unknown): void {
  if (fields.EventID === undefined) fields.EventID = id;
  if (fields.Channel === undefined) fields.Channel = channel;
  if (fields.Provider_Name === undefined && provider !== undefined) fields.Provider_Name = provider;
  if (computer === undefined) return;
  if (fields.Computer === undefined) fields.Computer = computer;
  if (fields.ComputerName === undefined) fields.ComputerName = computer;
}

function done(head: Head, time: unknown, number: unknown, fields: JsonObject): WindowsRecord {
  const own = timeOf(time) ?? timeOf(fields.UtcTime) ?? 0;
  return { ...head, time: own, number: typeof number === 'number' || typeof number === 'string' ? String(number) : undefined, fields };
}

/** A copy to add to; to spread it is the one quick way. */
function fieldsOf(data: JsonObject | undefined): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...data };
  if (data !== undefined) addOdd(fields, data);
  return fields;
}

function addAll(fields: Record<string, unknown>, data: JsonObject | undefined): void {
  if (data === undefined) return;
  for (const key of Object.keys(data)) addOne(fields, key, data[key]);
  addOdd(fields, data);
}

/** Unnamed values of classic events, which are `Data` with attributes or a list; and names with spaces, which rules write without. */
function addOdd(fields: Record<string, unknown>, data: JsonObject): void {
  if (data.Data !== undefined) fields.Data = asObject(data.Data)?.['#text'] ?? data.Data;
  for (const key of Object.keys(data)) if (key.includes(' ')) addOne(fields, key.replaceAll(' ', ''), data[key]);
}

/** Names come from outside: this one would change the object itself. */
function addOne(fields: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__' && value !== undefined) fields[key] = value;
}

function whole(value: unknown): number | undefined {
  const inner: unknown = asObject(value)?.['#text'] ?? value;
  if (typeof inner === 'number') return Number.isSafeInteger(inner) && inner >= 0 ? inner : undefined;
  return typeof inner === 'string' && /^\d{1,6}$/.test(inner) ? Number(inner) : undefined;
}
