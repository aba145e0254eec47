import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scanBlocks, type Block } from './block.ts';
import { hotFolder, partsIn, segmentName, segmentsIn, sortOut, type Part } from './layout.ts';

export interface Snapshot {
  readonly parts: readonly Part[];
  readonly hot: readonly Block[];
}

const attempts = 20;

/** What a lake holds at one moment, each event once, while a watch may be writing to it. Undefined when it won't hold still. */
export function snapshotOf(lake: string): Snapshot | undefined {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const segments = segmentsIn(lake);
    const hot = readSegments(lake, segments);
    const { valid } = sortOut(partsIn(lake), segments);
    // A segment that has gone in between may be in a part that was seen, and was told to leave out.
    if (hot !== undefined && segments.every((number) => segmentsIn(lake).includes(number))) return { parts: valid, hot };
  }
  return undefined;
}

function readSegments(lake: string, segments: readonly number[]): Block[] | undefined {
  try {
    return segments.flatMap((number) => scanBlocks(readFileSync(join(lake, hotFolder, segmentName(number)))).blocks.map(({ block }) => block));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
