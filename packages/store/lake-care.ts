/** What a person does to a lake that no watch is writing to. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compactStep } from './lake/compact.ts';
import { bytesOf } from './lake/files.ts';
import { clearStale, hotFolder, partsIn, segmentName, segmentsIn, sortOut } from './lake/layout.ts';
import { dayOf } from './lake/partition.ts';
import { retain, type Retained, type Retention } from './lake/retain.ts';
import { lockFolder } from './state/lock.ts';
import { StoreError } from './store-error.ts';

export interface LakeStatus {
  readonly classes: readonly { readonly name: string; readonly days: number; readonly first: string; readonly last: string; readonly parts: number; readonly bytes: number }[];
  readonly parts: number;
  readonly bytes: number;
  /** Of what is not Parquet yet. */
  readonly hotBytes: number;
}

/** Reads only names and sizes: it may run beside a watch. */
export function lakeStatus(lake: string): LakeStatus {
  mustExist(lake);
  const segments = segmentsIn(lake);
  const { valid } = sortOut(partsIn(lake), segments);
  const classes = [...Map.groupBy(valid, ({ partition }) => partition.split('/')[0] ?? '')].map(([name, parts]) => {
    const days = [...new Set(parts.map(({ partition }) => partition.split('/')[1] ?? ''))].sort();
    return { name, days: days.length, first: days[0] ?? '', last: days.at(-1) ?? '', parts: parts.length, bytes: sum(parts.map(({ bytes }) => bytes)) };
  });
  const hotBytes = sum(segments.map((number) => bytesOf(join(lake, hotFolder, segmentName(number)))));
  return { classes, parts: valid.length, bytes: sum(valid.map(({ bytes }) => bytes)), hotBytes };
}

/** Merges the small parts of every day before today; gives how many parts became how many. */
export async function compactLake(lake: string, now: number, stop: { readonly aborted: boolean }): Promise<{ readonly from: number; readonly to: number }> {
  return alone(lake, async () => {
    const merged = { from: 0, to: 0 };
    for (let step = await compactStep(lake, dayOf(now, now)); step !== undefined && !stop.aborted; step = await compactStep(lake, dayOf(now, now))) {
      merged.from += step.parts;
      merged.to++;
    }
    return merged;
  });
}

/** Takes away what is too old or too much. */
export async function retainLake(lake: string, retention: Retention, now: number): Promise<Retained> {
  return alone(lake, () => Promise.resolve(retain(lake, retention, now)));
}

async function alone<T>(lake: string, work: () => Promise<T>): Promise<T> {
  mustExist(lake);
  const lock = lockFolder(lake, 'stop that one: while it runs it compacts and retains by itself');
  try {
    clearStale(lake);
    return await work();
  } finally {
    lock.release();
  }
}

function mustExist(lake: string): void {
  if (!existsSync(lake)) throw new StoreError('lake-missing', `there is no lake in ${lake}; \`watchward watch\` makes it, and --lake names another`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
