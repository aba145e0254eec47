/** What every log of Zeek has in common: `ts`, `uid` and the four `id.` fields. */
import type { JsonObject } from './json-fields.ts';
import { asObject, fieldAt, textAt, timeOf } from './json-fields.ts';
import { portAt } from './flow.ts';
import { endpointOf, withNames } from './parts.ts';

export interface ZeekEntry {
  readonly record: JsonObject;
  readonly time: number;
  readonly metadata: { readonly product: { readonly name: string; readonly vendor_name: string }; readonly [key: string]: unknown };
  readonly attributes: JsonObject;
}

export function isZeek(value: unknown, ...needed: readonly string[]): boolean {
  return ['ts', 'id.orig_h', 'id.resp_h', ...needed].every((name) => fieldAt(value, name) !== undefined);
}

export function zeekEntry(value: unknown, log: string, names: JsonObject = {}): ZeekEntry | undefined {
  const record = asObject(value);
  const time = timeOf(record?.ts);
  if (record === undefined || time === undefined) return undefined;
  return {
    record,
    time,
    metadata: { product: { name: 'Zeek', vendor_name: 'Zeek' }, log_name: log, correlation_uid: textAt(record, 'uid') },
    attributes: {
      src_endpoint: endpointOf(textAt(record, 'id.orig_h'), { port: portAt(record, 'id.orig_p') }),
      dst_endpoint: endpointOf(textAt(record, 'id.resp_h'), { port: portAt(record, 'id.resp_p') }),
      unmapped: withNames(record, { src_ip: record['id.orig_h'], dst_ip: record['id.resp_h'], dst_port: record['id.resp_p'], ...names }),
    },
  };
}
