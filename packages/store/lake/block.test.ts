import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BlockBuilder, columnsOf, eventsOf, scanBlocks } from './block.ts';
import { storedColumns } from './columns.ts';

const value = fc.oneof(fc.constant(null), fc.string({ unit: 'binary' }), fc.integer());
const row = fc.record({ values: fc.array(value, { minLength: storedColumns.length, maxLength: storedColumns.length }), event: fc.jsonValue() });
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
  const pieces = [1, 2, 3].map((epoch) => encode({ epoch, rows: [{ values: storedColumns.map(() => 'x'), event: { epoch } }] }));
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
