import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { columnsOf, eventsOf, scanBlocks, type Block } from './block.ts';
import type { Values } from './block-columns.ts';
import { storedColumns } from './columns.ts';
import { syncFolder } from '../durable.ts';
import { makeFolder } from './files.ts';
import { hotFolder, partName, readMark, segmentName, writeMark } from './layout.ts';
import { rowGroupRows, writePart, type Rows } from './part-writer.ts';
import { folderOf } from './partition.ts';

/** Most bytes of events in one row group. */
const rowGroupBytes = 32 * 1024 * 1024;

export interface Rolled {
  readonly parts: number;
  readonly events: number;
}

/**
 * Turns a segment of the hot file into parts. It has happened when the segment is gone; before that, its parts don't count, and doing
 * it again writes the same ones.
 */
export async function rollSegment(lake: string, number: number): Promise<Rolled> {
  const segment = join(lake, hotFolder, segmentName(number));
  const { blocks } = scanBlocks(readFileSync(segment));
  const partitions = Map.groupBy(blocks.map(({ block }) => block), ({ key }) => key);
  for (const [partition, own] of partitions) {
    const folder = makeFolder(lake, folderOf(partition));
    await writePart(join(folder, partName(number)), rowGroups(own));
  }
  const mark = readMark(lake);
  writeMark(lake, {
    segment: Math.max(mark.segment, number),
    epoch: blocks.reduce((latest, { block }) => Math.max(latest, block.epoch), mark.epoch),
  });
  rmSync(segment);
  syncFolder(join(lake, hotFolder));
  return { parts: partitions.size, events: blocks.reduce((sum, { block }) => sum + block.rows, 0) };
}

/** The rows of blocks, gathered to row groups. */
export function* rowGroups(blocks: readonly Block[]): Generator<Rows> {
  let gathered: Block[] = [];
  let rows = 0;
  let bytes = 0;
  for (const block of blocks) {
    if (rows > 0 && (rows + block.rows > rowGroupRows || bytes + block.events.length > rowGroupBytes)) {
      yield joined(gathered, rows);
      [gathered, rows, bytes] = [[], 0, 0];
    }
    gathered.push(block);
    rows += block.rows;
    bytes += block.events.length;
  }
  if (rows > 0) yield joined(gathered, rows);
}

function joined(blocks: readonly Block[], count: number): Rows {
  const each = blocks.map((block) => ({ rows: block.rows, columns: columnsOf(block) }));
  const values = new Map<string, Values>();
  for (const { name } of storedColumns) {
    if (!each.some(({ columns }) => columns.has(name))) continue;
    values.set(name, each.flatMap(({ rows, columns }) => columns.get(name) ?? Array<null>(rows).fill(null)));
  }
  return { count, values, events: blocks.flatMap(eventsOf) };
}
