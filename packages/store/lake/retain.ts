import { rmSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../durable.ts';
import { namesIn } from './files.ts';
import { partsIn, segmentsIn, sortOut, type Part } from './layout.ts';

export interface Retention {
  /** Days before this many ago are taken away; undefined: none for its age. */
  readonly days: number | undefined;
  /** Most bytes of parts: the oldest go first. */
  readonly bytes: number;
}

export interface Retained {
  readonly parts: number;
  readonly bytes: number;
  /** The days that lost events. */
  readonly days: readonly string[];
}

const dayLength = 86_400_000;

/** Takes away parts that are too old or too many, oldest day first. Stopped half way, it goes on the next time. */
export function retain(lake: string, { days, bytes }: Retention, now: number): Retained {
  const { valid } = sortOut(partsIn(lake), segmentsIn(lake));
  const oldest = days === undefined ? '' : new Date(now - days * dayLength).toISOString().slice(0, 10);
  const ordered = [...valid].sort((a, b) => (dayOf(a) === dayOf(b) ? a.first - b.first : dayOf(a) < dayOf(b) ? -1 : 1));
  let total = ordered.reduce((sum, part) => sum + part.bytes, 0);
  const gone: Part[] = [];
  for (const part of ordered) {
    if (dayOf(part) >= oldest && total <= bytes) continue;
    gone.push(part);
    total -= part.bytes;
  }
  for (const part of gone) rmSync(part.path, { force: true });
  for (const folder of new Set(gone.map((part) => dirname(part.path)))) {
    if (namesIn(folder).length > 0) syncFolder(folder);
    else rmdirSync(folder);
  }
  return { parts: gone.length, bytes: gone.reduce((sum, part) => sum + part.bytes, 0), days: [...new Set(gone.map(dayOf))] };
}

function dayOf(part: Part): string {
  return part.partition.split('/')[1] ?? '';
}
