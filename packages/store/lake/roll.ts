import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { eventBytes, scanBlocks, type Block } from './block.ts';
import { syncFolder } from '../durable.ts';
import { makeFolder } from './files.ts';
import { hotFolder, partName, readMark, segmentName, writeMark } from './layout.ts';
import { rowGroupRows, writePart } from './part-writer.ts';
import { folderOf } from './partition.ts';

/** Most bytes of events in one row group, before they are packed. */
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

/** Blocks, gathered to row groups. */
export async function* rowGroups(blocks: Iterable<Block> | AsyncIterable<Block>): AsyncGenerator<readonly Block[]> {
  let gathered: Block[] = [];
  let rows = 0;
  let bytes = 0;
  for await (const block of blocks) {
    const size = eventBytes(block);
    if (rows > 0 && (rows + block.rows > rowGroupRows || bytes + size > rowGroupBytes)) {
      yield gathered;
      [gathered, rows, bytes] = [[], 0, 0];
    }
    gathered.push(block);
    rows += block.rows;
    bytes += size;
  }
  if (rows > 0) yield gathered;
}
