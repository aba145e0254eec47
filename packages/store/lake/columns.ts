import type { SchemaElement } from 'hyparquet';
import type { Event } from '#model/event.ts';

/** `int` has 32 bits, `long` what a number holds exactly, `time` is milliseconds since the epoch. */
export type ColumnType = 'text' | 'int' | 'long' | 'time';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly about: string;
  /** Where the value is in an event; the first place that holds one counts. */
  readonly places: readonly (readonly string[])[];
}

function column(name: string, type: ColumnType, about: string, ...places: readonly string[]): Column {
  return { name, type, about, places: places.map((place) => place.split('.')) };
}

/** What people query. Everything else is in `event`; a name says where in it the value was. */
export const columns: readonly Column[] = [
  column('time', 'time', 'when it happened, UTC', 'time'),
  column('class_uid', 'int', 'OCSF class', 'class_uid'),
  column('class_name', 'text', 'OCSF class by name', 'class_name'),
  column('activity_id', 'int', 'what was done, by number', 'activity_id'),
  column('activity_name', 'text', 'what was done', 'activity_name'),
  column('type_uid', 'int', 'class and activity in one number', 'type_uid'),
  column('severity_id', 'int', '1 informational to 5 critical', 'severity_id'),
  column('status_id', 'int', '1 success, 2 failure', 'status_id'),
  column('message', 'text', 'in one sentence', 'message'),
  column('actor_user_name', 'text', 'who did it', 'actor.user.name'),
  column('actor_user_uid', 'text', 'who did it, by id', 'actor.user.uid'),
  column('user_name', 'text', 'whom it was done to', 'user.name'),
  column('user_uid', 'text', 'whom it was done to, by id', 'user.uid'),
  column('src_endpoint_ip', 'text', 'from which address', 'src_endpoint.ip'),
  column('src_endpoint_port', 'int', 'from which port', 'src_endpoint.port'),
  column('src_endpoint_hostname', 'text', 'from which host', 'src_endpoint.hostname', 'src_endpoint.name'),
  column('dst_endpoint_ip', 'text', 'to which address', 'dst_endpoint.ip'),
  column('dst_endpoint_port', 'int', 'to which port', 'dst_endpoint.port'),
  column('dst_endpoint_hostname', 'text', 'to which host', 'dst_endpoint.hostname', 'dst_endpoint.name'),
  column('device_hostname', 'text', 'on which host', 'device.hostname', 'device.name'),
  column('api_operation', 'text', 'which call', 'api.operation'),
  column('api_service_name', 'text', 'of which service', 'api.service.name'),
  column('cloud_account_uid', 'text', 'in which account', 'cloud.account.uid'),
  column('cloud_region', 'text', 'in which region', 'cloud.region'),
  column('resource_name', 'text', 'the first resource', 'resources.0.name', 'resources.0.uid'),
  column('http_request_url', 'text', 'which URL', 'http_request.url.url_string', 'http_request.url.path'),
  column('http_request_method', 'text', 'GET, POST', 'http_request.http_method'),
  column('http_response_code', 'int', 'status of the answer', 'http_response.code'),
  column('process_name', 'text', 'which process', 'process.name', 'actor.process.name'),
  column('process_cmd_line', 'text', 'with which command line', 'process.cmd_line', 'actor.process.cmd_line'),
  column('file_path', 'text', 'which file', 'file.path'),
  column('rule', 'text', 'of signals: which rule', 'finding_info.analytic.uid'),
  column('title', 'text', 'of signals: its title', 'finding_info.title'),
  column('risk_score', 'int', 'of signals: 0 to 100', 'risk_score'),
  column('product_name', 'text', 'which product wrote it', 'metadata.product.name'),
  column('log_name', 'text', 'which log', 'metadata.log_name'),
  column('uid', 'text', "the event's own id", 'metadata.uid'),
];

/** What the lake knows beside the event: where it was read. */
export const originColumns: readonly Column[] = [
  column('source', 'text', 'file or address that it was read from'),
  column('sequence', 'long', 'number of the record in its source'),
];

export const eventColumn: Column = column('event', 'text', 'the whole event as JSON: event->>\'$.actor.user.name\'');

export const storedColumns: readonly Column[] = [...columns, ...originColumns];

/** Most characters of a text in a column of its own; `event` has all of it. */
const textLimit = 4096;
const latestTime = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

interface Members {
  readonly [key: string]: unknown;
}

/** The first names of all places, each once, and for each column which of them its places begin with: most events lack most of them. */
const tops = [...new Set(columns.flatMap(({ places }) => places.map(([top]) => top ?? '')))];
const plans = columns.map(({ places, type }) => ({ type, places: places.map((place) => ({ top: tops.indexOf(place[0] ?? ''), place })) }));
const found: unknown[] = tops.map(() => undefined);

/** The values of all columns of an event, in their order, or null: what sources send is not always what the schema says. */
export function valuesOf(event: Event, into: (string | number | null)[]): void {
  for (let at = 0; at < tops.length; at++) found[at] = (event as unknown as Members)[tops[at] as string];
  for (let at = 0; at < plans.length; at++) {
    const { type, places } = plans[at] as (typeof plans)[number];
    let value: string | number | null = null;
    for (let next = 0; value === null && next < places.length; next++) {
      const { top, place } = places[next] as (typeof places)[number];
      if (found[top] !== undefined) value = fitAt(type, found[top], place);
    }
    into[at] = value;
  }
}

/** What lies at a place, whose first step was taken. */
function fitAt(type: ColumnType, first: unknown, place: readonly string[]): string | number | null {
  let value = first;
  for (let step = 1; step < place.length; step++) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Members)[place[step] ?? ''];
  }
  return value === undefined ? null : fit(type, value);
}

export function fit(type: ColumnType, value: unknown): string | number | null {
  if (type === 'text') {
    if (typeof value === 'string') return value.length > textLimit ? value.slice(0, textLimit) : value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
  }
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return null;
  if (type === 'int') return value >= -0x8000_0000 && value <= 0x7fff_ffff ? value : null;
  return type === 'long' || (value >= 0 && value <= latestTime) ? value : null;
}

/** How Parquet stores each type. */
export const physicalTypes = { text: 'BYTE_ARRAY', int: 'INT32', long: 'INT64', time: 'INT64' } as const;
const convertedTypes = { text: 'UTF8', int: undefined, long: undefined, time: 'TIMESTAMP_MILLIS' } as const;

/** The columns of a part, as Parquet names them. */
export const parquetSchema: SchemaElement[] = [
  { name: 'root', num_children: storedColumns.length + 1 },
  ...[...storedColumns, eventColumn].map(elementOf),
];

function elementOf({ name, type }: Column): SchemaElement {
  const converted = convertedTypes[type];
  return { name, repetition_type: 'OPTIONAL', type: physicalTypes[type], ...(converted === undefined ? {} : { converted_type: converted }) };
}
