import { base64Encode, BinaryReader } from '@bufbuild/protobuf/wire';
import { readMessage, readNested, tagOf, wholeOf } from '../protobuf-message.ts';
import type { Attributes, OtlpOrigin } from './records.ts';

/** common.proto and resource.proto. */

const depthLimit = 32;

const value = {
  string: tagOf(1, 'bytes'), bool: tagOf(2, 'varint'), int: tagOf(3, 'varint'), double: tagOf(4, 'fixed64'), array: tagOf(5, 'bytes'), map: tagOf(6, 'bytes'),
  bytes: tagOf(7, 'bytes'),
};
const first = tagOf(1, 'bytes');
const second = tagOf(2, 'bytes');

/** AnyValue: the last member of its `oneof` counts. */
export function readValue(reader: BinaryReader, depth = 0): unknown {
  if (depth > depthLimit) throw new RangeError(`a value is nested deeper than ${depthLimit}`);
  let found: unknown = null;
  readNested(reader, (tag) => {
    if (tag === value.string) found = reader.string();
    else if (tag === value.bool) found = reader.bool();
    else if (tag === value.int) found = wholeOf(reader.int64());
    else if (tag === value.double) found = reader.double();
    else if (tag === value.array) found = readList(reader, depth);
    else if (tag === value.map) found = readMap(reader, depth);
    else if (tag === value.bytes) found = base64Encode(reader.bytes());
    else return false;
    return true;
  });
  return found;
}

function readList(reader: BinaryReader, depth: number): unknown[] {
  const values: unknown[] = [];
  readNested(reader, (tag) => {
    if (tag !== first) return false;
    values.push(readValue(reader, depth + 1));
    return true;
  });
  return values;
}

function readMap(reader: BinaryReader, depth: number): Attributes {
  const entries: [string, unknown][] = [];
  readNested(reader, (tag) => {
    if (tag !== first) return false;
    entries.push(readKeyValue(reader, depth + 1));
    return true;
  });
  return Object.fromEntries(entries);
}

export function readKeyValue(reader: BinaryReader, depth = 0): [string, unknown] {
  let key = '';
  let found: unknown = null;
  readNested(reader, (tag) => {
    if (tag === first) key = reader.string();
    else if (tag === second) found = readValue(reader, depth);
    else return false;
    return true;
  });
  return [key, found];
}

/** Resource: its attributes. */
export function readResource(reader: BinaryReader): Attributes {
  return readMap(reader, 0);
}

/** InstrumentationScope: its name. */
export function readScope(reader: BinaryReader): string {
  let name = '';
  readNested(reader, (tag) => {
    if (tag !== first) return false;
    name = reader.string();
    return true;
  });
  return name;
}

/**
 * ResourceLogs, ResourceMetrics and ResourceSpans: 1 resource, 2 scope groups; ScopeLogs, ScopeMetrics and ScopeSpans: 1 scope, 2 items.
 * What items belong to may stand behind them, so a group is read twice: for its origin, then for its items.
 */
export function readRequest(bytes: Uint8Array, item: (reader: BinaryReader, origin: OtlpOrigin, originBytes: number) => void): void {
  const reader = new BinaryReader(bytes);
  readMessage(reader, reader.len, (tag) => {
    if (tag !== first) return false;
    const [resource = {}, resourceBytes] = peek(reader, readResource);
    readNested(reader, (inner) => {
      if (inner !== second) return false;
      const [scope = '', scopeBytes] = peek(reader, readScope);
      const origin = { resource, scope };
      readNested(reader, (innermost) => {
        if (innermost === second) item(reader, origin, resourceBytes + scopeBytes);
        return innermost === second;
      });
      return true;
    });
    return true;
  });
}

/** Reads the first member of the message that comes next, says how many bytes it has, and goes back. */
function peek<Kind>(reader: BinaryReader, read: (reader: BinaryReader) => Kind): [Kind | undefined, number] {
  const { pos } = reader;
  let found: Kind | undefined;
  let bytes = 0;
  readNested(reader, (tag) => {
    if (tag !== first) return false;
    const from = reader.pos;
    found = read(reader);
    bytes += reader.pos - from;
    return true;
  });
  reader.pos = pos;
  return [found, bytes];
}
