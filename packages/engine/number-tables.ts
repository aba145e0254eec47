/** Labelled tables as NumPy stores them: a zip of arrays. Only what such files use is read: stored or deflated members, numbers and truth values. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { NumberTable } from '#learn/outliers/table.ts';

export interface LabelledTable {
  readonly name: string;
  readonly table: NumberTable;
  /** Whether a row is an outlier. */
  readonly labels: Uint8Array;
}

export function tableNames(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.npz')).sort((a, b) => parseInt(a, 10) - parseInt(b, 10) || (a < b ? -1 : 1));
}

export function readLabelledTable(folder: string, name: string): LabelledTable {
  const members = readMembers(readFileSync(join(folder, name)));
  const rows = readArray(members.get('X.npy') ?? Buffer.alloc(0), name);
  const labels = readArray(members.get('y.npy') ?? Buffer.alloc(0), name);
  const [count = 0, width = 1] = rows.shape;
  return { name: name.slice(0, -4), table: { values: rows.values, rows: count, width }, labels: Uint8Array.from(labels.values) };
}

function readMembers(file: Buffer): Map<string, Buffer> {
  const members = new Map<string, Buffer>();
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, packed, nameLength, extra, comment, start] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 20), file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32), file.readUInt32LE(at + 42)];
    const from = start + 30 + file.readUInt16LE(start + 26) + file.readUInt16LE(start + 28);
    const bytes = file.subarray(from, from + packed);
    members.set(file.toString('latin1', at + 46, at + 46 + nameLength), method === 0 ? bytes : inflateRawSync(bytes));
    at += 46 + nameLength + extra + comment;
  }
  return members;
}

const readers: ReadonlyMap<string, (bytes: Buffer, at: number) => number> = new Map([
  ['f8', (bytes: Buffer, at: number) => bytes.readDoubleLE(at)],
  ['f4', (bytes: Buffer, at: number) => bytes.readFloatLE(at)],
  ['i8', (bytes: Buffer, at: number) => Number(bytes.readBigInt64LE(at))],
  ['i4', (bytes: Buffer, at: number) => bytes.readInt32LE(at)],
  ['i2', (bytes: Buffer, at: number) => bytes.readInt16LE(at)],
  ['i1', (bytes: Buffer, at: number) => bytes.readInt8(at)],
  ['u1', (bytes: Buffer, at: number) => bytes.readUInt8(at)],
  ['b1', (bytes: Buffer, at: number) => bytes.readUInt8(at)],
]);

/** NumPy's format of arrays, version 1 to 3, in row order whatever the order of the file. */
function readArray(bytes: Buffer, name: string): { readonly shape: readonly number[]; readonly values: Float64Array } {
  const wide = (bytes[6] ?? 1) > 1;
  const from = wide ? 12 : 10;
  const length = wide ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', from, from + length);
  const type = /'descr': '[<|=]?(\w+)'/.exec(header)?.[1] ?? '';
  const read = readers.get(type);
  if (read === undefined) throw new Error(`${name}: arrays of type ${type} are not read`);
  const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '').split(',').filter((part) => part.trim() !== '').map(Number);
  const [rows = 0, columns = 1] = shape;
  const byColumn = header.includes("'fortran_order': True");
  const size = Number(type.slice(1));
  const values = new Float64Array(rows * columns);
  for (let index = 0; index < values.length; index += 1) {
    const place = byColumn ? (index % columns) * rows + Math.floor(index / columns) : index;
    values[index] = read(bytes, from + length + place * size);
  }
  return { shape, values };
}
