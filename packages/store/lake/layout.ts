import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOf, namesIn, replaceFile } from './files.ts';

/**
 * What lies in a lake:
 *
 *     hot/0000000012.hot                                              a segment of the hot file, by its number
 *     class=api_activity/day=2026-11-28/part-0000000011.parquet       what segment 11 held of that class and day
 *     class=api_activity/day=2026-11-28/part-0000000001-0000000010.parquet    parts 1 to 10 in one
 *     mark.json                                                       the last segment and epoch that became parts
 *
 * The names are the manifest. A part counts unless its segment is still there (it is being written, or the machine stopped then)
 * or a part that covers its number lies beside it (it is being merged). So taking away a segment, and giving a merged part its
 * name, are what makes a step happen, at once and whole.
 */
export interface Part {
  readonly partition: string;
  readonly name: string;
  readonly path: string;
  /** Numbers of the segments that it holds, from and to. */
  readonly first: number;
  readonly last: number;
  readonly bytes: number;
}

export const hotFolder = 'hot';
const digits = 10;

export function segmentName(number: number): string {
  return `${String(number).padStart(digits, '0')}.hot`;
}

export function partName(first: number, last = first): string {
  const [from, to] = [first, last].map((number) => String(number).padStart(digits, '0'));
  return first === last ? `part-${from}.parquet` : `part-${from}-${to}.parquet`;
}

/** Numbers of the segments that are there, ascending. */
export function segmentsIn(lake: string): number[] {
  return namesIn(join(lake, hotFolder)).flatMap((name) => (/^\d{10,15}\.hot$/.test(name) ? [Number.parseInt(name, 10)] : []));
}

/** Every part file, whether it counts or not, by partition and number. */
export function partsIn(lake: string): Part[] {
  return partitionsIn(lake).flatMap(({ partition, folder }) =>
    namesIn(folder).flatMap((name) => {
      const [, from, to = from] = /^part-(\d{10,15})(?:-(\d{10,15}))?\.parquet$/.exec(name) ?? [];
      if (from === undefined || to === undefined) return [];
      const path = join(folder, name);
      return [{ partition, name, path, first: Number(from), last: Number(to), bytes: bytesOf(path) }];
    }),
  );
}

export function partitionsIn(lake: string): { readonly partition: string; readonly folder: string }[] {
  return namesIn(lake).flatMap((above) => {
    const name = /^class=([a-z0-9_]+)$/.exec(above)?.[1];
    if (name === undefined) return [];
    return namesIn(join(lake, above)).flatMap((below) => {
      const day = /^day=(\d{4}-\d\d-\d\d)$/.exec(below)?.[1];
      return day === undefined ? [] : [{ partition: `${name}/${day}`, folder: join(lake, above, below) }];
    });
  });
}

/** The parts that count, and those that don't. */
export function sortOut(parts: readonly Part[], segments: readonly number[]): { readonly valid: Part[]; readonly stale: Part[] } {
  const hot = new Set(segments);
  const merged = Map.groupBy(parts.filter((part) => part.first < part.last), (part) => part.partition);
  const isStale = (part: Part): boolean =>
    (part.first === part.last && hot.has(part.first)) ||
    (merged.get(part.partition) ?? []).some((other) => other.first <= part.first && part.last <= other.last && other.name !== part.name);
  return { valid: parts.filter((part) => !isStale(part)), stale: parts.filter(isStale) };
}

export interface Mark {
  readonly segment: number;
  readonly epoch: number;
}

export function readMark(lake: string): Mark {
  try {
    const { segment, epoch } = JSON.parse(readFileSync(join(lake, 'mark.json'), 'utf8')) as Partial<Mark>;
    return { segment: segment ?? 0, epoch: epoch ?? 0 };
  } catch {
    // A new lake. Were the file lost, numbers would still go on after those of the parts.
    return { segment: 0, epoch: 0 };
  }
}

export function writeMark(lake: string, mark: Mark): void {
  replaceFile(join(lake, 'mark.json'), `${JSON.stringify(mark)}\n`);
}

/** Takes away what an interrupted step left: temporary files, and parts that don't count. */
export function clearStale(lake: string): void {
  for (const { folder } of partitionsIn(lake)) {
    for (const name of namesIn(folder)) if (name.endsWith('.tmp')) rmSync(join(folder, name), { force: true });
  }
  for (const part of sortOut(partsIn(lake), segmentsIn(lake)).stale) rmSync(part.path, { force: true });
}
