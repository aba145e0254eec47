import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { eventBytes, scanBlocks } from './block.ts';
import type { Placed } from './block.ts';
import { syncFolder } from '../durable.ts';
import { cutSegment } from './hot-file.ts';
import { hotFolder, segmentName, segmentsIn } from './layout.ts';

export interface Segment {
  readonly number: number;
  readonly epoch: number;
  /** Bytes of its events, before they were packed. */
  readonly size: number;
  readonly events: number;
}

export interface Recovery {
  /** Events of epochs that were never committed: their sources are read again. */
  readonly dropped: number;
  /** Set when something that had been committed can't be read any more: what, and where. */
  readonly damage: string | undefined;
}

/** Cuts every segment after the last block of the committed epoch; gives what remains. */
export async function recoverSegments(lake: string, committed: number): Promise<Recovery & { readonly segments: Segment[] }> {
  const segments: Segment[] = [];
  const damage: string[] = [];
  let dropped = 0;
  for (const number of segmentsIn(lake)) {
    const path = join(lake, hotFolder, segmentName(number));
    const bytes = readFileSync(path);
    const { blocks, damaged, tornEpoch } = scanBlocks(bytes);
    const kept = blocks.filter(({ block }) => block.epoch <= committed);
    if (damaged > 0) damage.push(`${damaged} bytes of ${path} are damaged and were passed over`);
    if (tornEpoch !== undefined && tornEpoch <= committed) damage.push(`the end of ${path} is damaged: events of epoch ${tornEpoch} are gone`);
    dropped += sumRows(blocks) - sumRows(kept);
    const end = kept.at(-1)?.end ?? 0;
    if (end === 0) rmSync(path);
    else if (end < bytes.length) cutSegment(lake, number, end);
    if (end > 0) segments.push({ number, epoch: kept.at(-1)?.block.epoch ?? 0, size: sizeOf(kept), events: sumRows(kept) });
  }
  syncFolder(join(lake, hotFolder));
  return { segments, dropped, damage: damage.length === 0 ? undefined : damage.join('; ') };
}

function sizeOf(blocks: readonly Placed[]): number {
  return blocks.reduce((sum, { block }) => sum + eventBytes(block), 0);
}

function sumRows(blocks: readonly { readonly block: { readonly rows: number } }[]): number {
  return blocks.reduce((sum, { block }) => sum + block.rows, 0);
}

/** The latest epoch in the segments as they are. */
export function latestEpoch(lake: string): number {
  const epochs = segmentsIn(lake).flatMap((number) =>
    scanBlocks(readFileSync(join(lake, hotFolder, segmentName(number)))).blocks.map(({ block }) => block.epoch),
  );
  return epochs.reduce((latest, epoch) => Math.max(latest, epoch), 0);
}
