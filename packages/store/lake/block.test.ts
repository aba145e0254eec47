import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mostRows, valuesIn } from './block-columns.ts';
import type { Values } from './block-columns.ts';
import { BlockBuilder, BlockRooms, columnsOf, encodeBlock, pagesOf, scanBlocks } from './block.ts';
import type { Block } from './block.ts';
import { storedColumns } from './columns.ts';
import { eventsIn } from './event-pages.ts';

const valueOf = ({ type }: { readonly type: string }) => fc.oneof(fc.constant(null), type === 'text' ? fc.string({ unit: 'binary' }) : fc.maxSafeInteger());
const anyRow = fc.record({ values: fc.tuple(...storedColumns.map(valueOf)), event: fc.jsonValue() });
const anyBlock = fc.record({ epoch: fc.nat(), rows: fc.array(anyRow, { minLength: 1, maxLength: 5 }) });
type Sample = { readonly epoch: number; readonly rows: readonly { readonly values: readonly (string | number | null)[]; readonly event: unknown }[] };

const rooms = new BlockRooms();

function encode({ epoch, rows }: Sample): Buffer {
  const builder = new BlockBuilder('authentication/2026-11-28', rooms);
  for (const { values, event } of rows) builder.add(values, JSON.stringify(event));
  return Buffer.concat(encodeBlock(builder.finish(epoch)));
}

function valuesOf(block: Block): Map<string, Values> {
  return new Map([...columnsOf(block)].map(([name, column]) => [name, valuesIn(column)]));
}

function textsOf(block: Block): string[] {
  return eventsIn(pagesOf(block)).map(String);
}

test('what is written is read, column by column and event by event', () => {
  fc.assert(
    fc.property(fc.array(anyBlock, { maxLength: 4 }), (samples) => {
      const { blocks, damaged, tornEpoch } = scanBlocks(Buffer.concat(samples.map(encode)));
      expect([damaged, tornEpoch]).toEqual([0, undefined]);
      expect(blocks.map((found) => found.block.epoch)).toEqual(samples.map(({ epoch }) => epoch));
      blocks.forEach((found, at) => {
        const rows = samples[at]?.rows ?? [];
        expect(textsOf(found.block)).toEqual(rows.map(({ event }) => JSON.stringify(event)));
        const columns = valuesOf(found.block);
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
  const found = scanBlocks(Buffer.concat(encodeBlock(builder.finish(7)))).blocks[0];
  const columns = found === undefined ? new Map<string, Values>() : valuesOf(found.block);
  for (const [at, { name }] of storedColumns.entries()) expect(columns.get(name)).toEqual(rows.map((values) => values[at]));
});

test.each([1, 2] as const)('a block of form %i, as it was written before, is read', (form) => {
  const values = storedColumns.map(({ name }) => (name === 'uid' ? 'x' : name === 'time' ? 5 : null));
  const builder = new BlockBuilder('authentication/2026-11-28');
  builder.add(values, '{}');
  const block = builder.finish(3);
  const columns = form === 1 ? Buffer.from(JSON.stringify({ time: [5], uid: ['x'] })) : block.columns;
  const events = Buffer.from('{"a":1}\n');
  const { blocks, damaged } = scanBlocks(Buffer.concat(encodeBlock({ ...block, form, columns, events })));
  expect([damaged, blocks.map(({ block: one }) => [one.epoch, [...valuesOf(one)], textsOf(one)])]).toEqual([0, [[3, [['time', [5]], ['uid', ['x']]], ['{"a":1}']]]]);
});
