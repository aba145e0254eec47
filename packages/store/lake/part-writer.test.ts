import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BlockBuilder, BlockRooms, type Block } from './block.ts';
import { storedColumns } from './columns.ts';
import { decodePages, encodePages, eventsIn, joinSmall, packTexts } from './event-pages.ts';
import { readRowGroups } from './part-reader.ts';
import { writePart } from './part-writer.ts';
import { rowGroups } from './roll.ts';
import { Rooms, Texts } from './texts.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'watchward-part-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Row = readonly (string | number | null)[];
const rooms = new BlockRooms();

function blockOf(rows: readonly Row[], from: number): Block {
  const builder = new BlockBuilder('authentication/2026-11-28', rooms);
  rows.forEach((row, at) => builder.add(row, JSON.stringify({ n: from + at })));
  return builder.finish(1);
}

async function thereAndBack(blocks: readonly Block[]): Promise<{ rows: Row[]; events: string[]; groups: number }> {
  const path = join(folder, 'part.parquet');
  await writePart(path, rowGroups(blocks));
  const rows: Row[] = [];
  const events: string[] = [];
  let groups = 0;
  for await (const group of readRowGroups(path)) {
    groups++;
    for (let at = 0; at < group.count; at++) rows.push(storedColumns.map(({ name }) => group.values.get(name)?.[at] ?? null));
    events.push(...group.events);
  }
  return { rows, events, groups };
}

/** The smallest and largest that each type holds, what hardly comes back and what does, and gaps of all lengths. */
const makers: readonly ((number: number) => Row)[] = [
  (number) => storedColumns.map(({ type }) => ({ text: `text ${number % 3}`, int: number % 2 === 0 ? -0x8000_0000 : 0x7fff_ffff, long: number % 2 === 0 ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER, time: number })[type]),
  (number) => storedColumns.map(({ type }, at) => (number % (at + 1) > 0 ? null : type === 'text' ? `\u00fc\u{1f600}${number}` : number)),
  () => storedColumns.map(() => null),
  (number) => storedColumns.map(({ type }, at) => (type === 'text' ? (at % 2 === 0 ? '' : null) : number % 17 === 0 ? number : null)),
];

test('what blocks hold comes back from a part, however it is stored', async () => {
  for (const size of [1, 7, 8, 9, 1000]) {
    for (const make of makers) {
      const rows = Array.from({ length: size }, (_, number) => make(number));
      const cut = size >> 1;
      const blocks = [rows.slice(0, cut), rows.slice(cut)].flatMap((part, at) => (part.length === 0 ? [] : [blockOf(part, at * cut)]));
      const back = await thereAndBack(blocks);
      expect(back.rows).toEqual(rows);
      expect(back.events).toEqual(rows.map((_, number) => JSON.stringify({ n: number })));
    }
  }
});

test('blocks of which each has other columns become one row group', async () => {
  const only = (wanted: number, value: (type: string) => string | number) => storedColumns.map(({ type }, at) => (at % 3 === wanted ? value(type) : null));
  const rows = [0, 1, 2].map((wanted) => only(wanted, (type) => (type === 'text' ? `of ${wanted}` : wanted)));
  const back = await thereAndBack(rows.map((row, at) => blockOf([row], at)));
  expect([back.groups, back.rows]).toEqual([1, rows]);
});

test('texts that fill many pages are found in the rows that have them', async () => {
  const rows = Array.from({ length: 3000 }, (_, number) => storedColumns.map(({ name }) => (name === 'message' && number % 4 > 0 ? `${number} ${'x'.repeat(1000)}` : null)));
  const back = await thereAndBack([blockOf(rows, 0)]);
  expect(back.rows).toEqual(rows);
});

test('small pages are put together, large ones stay as they are, and all events in their order', () => {
  const pagesOf = (...texts: string[]) => {
    const written = new Texts(new Rooms());
    for (const text of texts) written.add(text);
    return packTexts(written.bytes);
  };
  const large = pagesOf('a'.repeat(200_000));
  const pages = [...pagesOf('1', '2'), ...pagesOf('3'), ...large, ...pagesOf('4'), ...pagesOf('5', ''), ...large, ...pagesOf('6')];
  const joined = joinSmall(pages);
  expect(joined.map(({ rows }) => rows)).toEqual([3, 1, 3, 1, 1]);
  expect(joined[1]?.packed).toBe(large[0]?.packed);
  expect(eventsIn(joined).map(String)).toEqual(eventsIn(pages).map(String));
  expect(eventsIn(decodePages(Buffer.concat(encodePages(pages)))).map(String)).toEqual(eventsIn(pages).map(String));
  expect(packTexts(Buffer.alloc(0))).toEqual([]);
});
