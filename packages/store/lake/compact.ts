import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolder } from '../durable.ts';
import { partName, partsIn, segmentsIn, sortOut, type Part } from './layout.ts';
import { BlockBuilder, BlockRooms, type Block } from './block.ts';
import { storedColumns } from './columns.ts';
import { readRowGroups } from './part-reader.ts';
import { writePart } from './part-writer.ts';
import { rowGroups } from './roll.ts';

/** A part of this size gains nothing from being merged again. */
const largeBytes = 64 * 1024 * 1024;
/** Fewer small parts than this are left as they are. */
const fewest = 2;

export interface Merged {
  readonly partition: string;
  readonly parts: number;
}

/**
 * Merges the small parts of one closed day into one. It has happened when the merged part has its name: from then on the parts that
 * it covers don't count. Undefined when nothing is left to merge.
 */
export async function compactStep(lake: string, before: string): Promise<Merged | undefined> {
  const { valid } = sortOut(partsIn(lake), segmentsIn(lake));
  for (const [partition, parts] of Map.groupBy(valid, (part) => part.partition)) {
    if ((partition.split('/')[1] ?? '') >= before) continue;
    const run = smallRun(parts);
    if (run === undefined) continue;
    await merge(run);
    return { partition, parts: run.length };
  }
  return undefined;
}

/** The first parts that follow each other, are small, and together still are no more than large. */
function smallRun(parts: readonly Part[]): Part[] | undefined {
  let run: Part[] = [];
  let bytes = 0;
  for (const part of [...parts].sort((a, b) => a.first - b.first)) {
    if (bytes + part.bytes > largeBytes) {
      if (run.length >= fewest) return run;
      [run, bytes] = [[], 0];
      if (part.bytes > largeBytes / 2) continue;
    }
    run.push(part);
    bytes += part.bytes;
  }
  return run.length >= fewest ? run : undefined;
}

async function merge(run: readonly Part[]): Promise<void> {
  const [from, to] = [run[0], run.at(-1)];
  if (from === undefined || to === undefined) return;
  const folder = dirname(from.path);
  await writePart(join(folder, partName(from.first, to.last)), rowGroups(blocksOf(run)));
  for (const part of run) rmSync(part.path, { force: true });
  syncFolder(folder);
}

/** The rows of all parts, as blocks of one. */
async function* blocksOf(run: readonly Part[]): AsyncGenerator<Block> {
  const rooms = new BlockRooms();
  let builder = new BlockBuilder(run[0]?.partition ?? '', rooms);
  for (const part of run) {
    for await (const { count, values, events } of readRowGroups(part.path)) {
      for (let row = 0; row < count; row++) {
        if (builder.isFull) {
          yield builder.finish(0);
          builder = new BlockBuilder(part.partition, rooms);
        }
        builder.add(storedColumns.map(({ name }) => values.get(name)?.[row] ?? null), events[row] ?? '');
      }
    }
  }
  if (builder.rows > 0) yield builder.finish(0);
}
