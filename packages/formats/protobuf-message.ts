import type { BinaryReader } from '@bufbuild/protobuf/wire';

/** Reading of protobuf's wire form without a schema compiler: a message is a loop over its fields. */

/** Number and wire type of a field in one number, as they stand on the wire: `tagOf(1, 'bytes')`. */
export function tagOf(field: number, type: 'varint' | 'fixed64' | 'bytes' | 'fixed32'): number {
  return (field << 3) | wireTypes[type];
}

const wireTypes = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** Reads up to `end`. `field` reads what it knows by its tag and says true; the rest is passed over, as the format demands. */
export function readMessage(reader: BinaryReader, end: number, field: (tag: number, reader: BinaryReader) => boolean): void {
  while (reader.pos < end) {
    const [number, type] = reader.tag();
    if (!field((number << 3) | type, reader)) reader.skip(type, number);
  }
  if (reader.pos !== end) throw new RangeError('a field is longer than its message');
}

/** Reads a message within a message. */
export function readNested(reader: BinaryReader, field: (tag: number, reader: BinaryReader) => boolean): void {
  const length = reader.uint32();
  const end = reader.pos + length;
  if (end > reader.len) throw new RangeError('a message is longer than what holds it');
  readMessage(reader, end, field);
}

/** `repeated double` or `repeated fixed64`: in one piece, or one by one. */
export function readFixed64s(reader: BinaryReader, tag: number, one: (reader: BinaryReader) => void): void {
  const end = (tag & 7) === wireTypes.fixed64 ? reader.pos + 8 : reader.uint32() + reader.pos;
  while (reader.pos < end) one(reader);
}

/** A whole number of 64 bits: as a number where that is exact, else as a text. */
export function wholeOf(value: bigint | string): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
