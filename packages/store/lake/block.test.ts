import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostRows } from './block-columns.ts';
import { BlockBuilder, columnsOf, eventsOf, scanBlocks } from './block.ts';
import { storedColumns } from './columns.ts';

const valueOf = ({ type }: { readonly type: string }) => fc.oneof(fc.constant(null), type === 'text' ? fc.string({ unit: 'binary' }) : fc.maxSafeInteger());
const row = fc.record({ values: fc.tuple(...storedColumns.map(valueOf)), event: fc.jsonValue() });
const block = fc.record({ epoch: fc.nat(), rows: fc.array(row, { minLength: 1, maxLength: 5 }) });
type Sample = { readonly epoch: number; readonly rows: readonly { readonly values: readonly (string | number | null)[]; readonly event: unknown }[] };

function encode({ epoch, rows }: Sample): Buffer {
  const builder = new BlockBuilder('authentication/2026-11-28');
  for (const { values, event } of rows) builder.add(values, JSON.stringify(event));
  return Buffer.concat(builder.encode(epoch));
}

test('what is written is read, column by column and event by event', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 4 }), (samples) => {
      const { blocks, damaged, tornEpoch } = scanBlocks(Buffer.concat(samples.map(encode)));
      expect([damaged, tornEpoch]).toEqual([0, undefined]);
      expect(blocks.map((found) => found.block.epoch)).toEqual(samples.map(({ epoch }) => epoch));
      blocks.forEach((found, at) => {
        const rows = samples[at]?.rows ?? [];
        expect(eventsOf(found.block).map(String)).toEqual(rows.map(({ event }) => JSON.stringify(event)));
        const columns = columnsOf(found.block);
        storedColumns.forEach(({ name }, column) => {
          const wanted = rows.map(({ values }) => values[column] ?? null);
          expect(columns.get(name) ?? rows.map(() => null)).toEqual(JSON.parse(JSON.stringify(wanted)));
        });
      });
    }),
  );
});

test('wherever a file is torn, whole blocks are read and no other', () => {
  const pieces = [1, 2, 3].map((epoch) => encode({ epoch, rows: [{ values: storedColumns.map(({ type }) => (type === 'text' ? 'x' : 1)), event: { epoch } }] }));
  const bytes = Buffer.concat(pieces);
  for (let length = 0; length <= bytes.length; length++) {
    const { blocks, damaged } = scanBlocks(bytes.subarray(0, length));
    const whole = pieces.filter((_, at) => pieces.slice(0, at + 1).reduce((sum, piece) => sum + piece.length, 0) <= length).length;
    expect([blocks.length, damaged]).toEqual([whole, 0]);
  }
});

test('wherever a byte is changed, only its own block is lost', () => {
  const pieces = [1, 2, 3].map((epoch) => encode({ epoch, rows: [{ values: storedColumns.map(() => null), event: { epoch } }] }));
  const clean = Buffer.concat(pieces);
  for (let at = 0; at < clean.length; at++) {
    const bytes = Buffer.from(clean);
    bytes[at] = (bytes[at] ?? 0) ^ 0x55;
    const hit = at < (pieces[0]?.length ?? 0) ? 1 : at < clean.length - (pieces[2]?.length ?? 0) ? 2 : 3;
    expect(scanBlocks(bytes).blocks.map((found) => found.block.epoch)).toEqual([1, 2, 3].filter((epoch) => epoch !== hit));
  }
});

test('noise is never a block', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (noise) => void expect(scanBlocks(Buffer.from(noise)).blocks).toEqual([])));
});

test('thousands of rows are read, whatever they hold only here and there', () => {
  const builder = new BlockBuilder('authentication/2026-11-28');
  const rows = Array.from({ length: mostRows }, (_, number) => storedColumns.map(({ type }, at) => (number % (at + 1) > 0 ? null : type === 'text' ? `text ${number % (at * 50 + 1)}` : number * 1e9)));
  for (const values of rows) builder.add(values, '{}');
  const found = scanBlocks(Buffer.concat(builder.encode(7))).blocks[0];
  const columns = found === undefined ? new Map<string, never>() : columnsOf(found.block);
  for (const [at, { name }] of storedColumns.entries()) expect(columns.get(name)).toEqual(rows.map((values) => values[at]));
});

test('a block of the form before is read', () => {
  const [header, key, , events] = ((): Buffer[] => {
    const builder = new BlockBuilder('authentication/2026-11-28');
    builder.add(storedColumns.map(() => null), '{"a":1}');
    return builder.encode(3);
  })();
  if (header === undefined || key === undefined || events === undefined) throw new Error('nothing is encoded');
  const columns = Buffer.from(JSON.stringify({ uid: ['x'], time: [5] }));
  header.write('WWL1');
  header.writeUInt32LE(columns.length, 24);
  header.writeUInt32LE(crc32(events, crc32(columns, crc32(key))), 32);
  header.writeUInt32LE(crc32(header.subarray(8)), 4);
  const { blocks, damaged } = scanBlocks(Buffer.concat([header, key, columns, events]));
  expect([damaged, blocks.map(({ block: one }) => [one.epoch, [...columnsOf(one)], eventsOf(one).map(String)])]).toEqual([0, [[3, [['uid', ['x']], ['time', [5]]], ['{"a":1}']]]]);
});
