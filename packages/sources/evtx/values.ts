/** Typed values of binary XML ([MS-EVEN6] 2.2.15, "BinXml value types"). */
import { EvtxError } from './bytes.ts';

export type Scalar = string | number | boolean | null;

export const stringType = 0x01;
export const binXmlType = 0x21;
const arrayFlag = 0x80;
/** 1601-01-01 to 1970-01-01, in units of 100 ns. */
const epochTicks = 116_444_736_000_000_000n;

type Read = (bytes: Buffer, at: number, length: number) => Scalar;

interface Type {
  /** Bytes of one value; undefined: as many as there are. */
  readonly size?: number;
  readonly read: Read;
}

const ansi = new TextDecoder('windows-1252');

const types: ReadonlyMap<number, Type> = new Map<number, Type>([
  [0x00, { read: () => null }],
  [0x01, { read: (bytes, at, length) => withoutEnd(bytes.toString('utf16le', at, at + length)) }],
  [0x02, { read: (bytes, at, length) => withoutEnd(ansi.decode(bytes.subarray(at, at + length))) }],
  [0x03, { size: 1, read: (bytes, at) => bytes.readInt8(at) }],
  [0x04, { size: 1, read: (bytes, at) => bytes.readUInt8(at) }],
  [0x05, { size: 2, read: (bytes, at) => bytes.readInt16LE(at) }],
  [0x06, { size: 2, read: (bytes, at) => bytes.readUInt16LE(at) }],
  [0x07, { size: 4, read: (bytes, at) => bytes.readInt32LE(at) }],
  [0x08, { size: 4, read: (bytes, at) => bytes.readUInt32LE(at) }],
  [0x09, { size: 8, read: (bytes, at) => whole(bytes.readBigInt64LE(at)) }],
  [0x0a, { size: 8, read: (bytes, at) => whole(bytes.readBigUInt64LE(at)) }],
  [0x0b, { size: 4, read: (bytes, at) => finite(bytes.readFloatLE(at)) }],
  [0x0c, { size: 8, read: (bytes, at) => finite(bytes.readDoubleLE(at)) }],
  [0x0d, { size: 4, read: (bytes, at) => bytes.readUInt32LE(at) !== 0 }],
  [0x0e, { read: hex }],
  [0x0f, { size: 16, read: guid }],
  [0x10, { read: (bytes, at, length) => (length === 8 ? hex64(bytes, at) : hex32(bytes, at)) }],
  [0x11, { size: 8, read: (bytes, at) => fileTime(bytes.readBigUInt64LE(at)) }],
  [0x12, { size: 16, read: systemTime }],
  [0x13, { read: sid }],
  [0x14, { size: 4, read: hex32 }],
  [0x15, { size: 8, read: hex64 }],
  [0x20, { read: hex }],
  [0x23, { read: (bytes, at, length) => withoutEnd(bytes.toString('utf16le', at, at + length)) }],
]);

/** The value of a type at a place of the chunk; arrays give their elements. */
export function readValue(bytes: Buffer, type: number, at: number, length: number): Scalar | readonly Scalar[] {
  const base = type & ~arrayFlag;
  const known = types.get(base);
  if (known === undefined) throw new EvtxError(`values of type 0x${type.toString(16)} are not known`);
  if (length === 0) return base === stringType && type === base ? '' : null;
  if ((type & arrayFlag) !== 0) return readArray(bytes, base, known, at, length);
  if (known.size !== undefined && length < known.size) throw new EvtxError(`a value of type 0x${type.toString(16)} is too short`);
  return known.read(bytes, at, length);
}

/** Texts of an array end with NUL; other elements lie side by side. */
function readArray(bytes: Buffer, base: number, { size, read }: Type, at: number, length: number): Scalar | readonly Scalar[] {
  if (base === 0x01 || base === 0x02) {
    const text = base === 0x01 ? bytes.toString('utf16le', at, at + length) : ansi.decode(bytes.subarray(at, at + length));
    return (text.endsWith('\0') ? text.slice(0, -1) : text).split('\0');
  }
  const width = size ?? (base === 0x10 ? 8 : undefined);
  if (width === undefined) return read(bytes, at, length);
  return Array.from({ length: Math.floor(length / width) }, (_, index) => read(bytes, at + index * width, width));
}

function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1;
  return text.slice(0, end);
}

/** Numbers that JSON cannot hold exactly are written as text. */
function whole(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

function finite(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

function hex(bytes: Buffer, at: number, length: number): string {
  return bytes.toString('hex', at, at + length).toUpperCase();
}

function hex32(bytes: Buffer, at: number): string {
  if (at + 4 > bytes.length) throw new EvtxError('a number is too short');
  return `0x${bytes.readUInt32LE(at).toString(16)}`;
}

function hex64(bytes: Buffer, at: number): string {
  return `0x${bytes.readBigUInt64LE(at).toString(16)}`;
}

/** [MS-DTYP] 2.3.4.2: the first three parts are little endian. */
function guid(bytes: Buffer, at: number): string {
  const part = (from: number, to: number): string => Buffer.from(bytes.subarray(at + from, at + to)).reverse().toString('hex');
  const rest = bytes.toString('hex', at + 8, at + 16);
  return `${part(0, 4)}-${part(4, 6)}-${part(6, 8)}-${rest.slice(0, 4)}-${rest.slice(4)}`.toUpperCase();
}

/** [MS-DTYP] 2.4.2.2. */
function sid(bytes: Buffer, at: number, length: number): string {
  const count = bytes[at + 1] ?? 0;
  if (length < 8 + count * 4) throw new EvtxError('a security identifier is too short');
  const parts = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(at + 8 + index * 4));
  return ['S', bytes[at], bytes.readUIntBE(at + 2, 6), ...parts].join('-');
}

/** [MS-DTYP] 2.3.3, as ISO 8601 with microseconds. */
export function fileTime(ticks: bigint): string {
  const micros = (ticks - epochTicks) / 10n;
  const millis = Number(micros / 1000n);
  if (ticks < epochTicks || millis > 8.64e15) return `0x${ticks.toString(16)}`;
  return `${new Date(millis).toISOString().slice(0, -1)}${String(micros % 1000n).padStart(3, '0')}Z`;
}

/** [MS-DTYP] 2.3.13. */
function systemTime(bytes: Buffer, at: number): string {
  const [year, month, , day, hour, minute, second, millis] = Array.from({ length: 8 }, (_, index) => bytes.readUInt16LE(at + index * 2));
  const two = (value = 0): string => String(value).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}.${String(millis).padStart(3, '0')}Z`;
}
