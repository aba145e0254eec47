import { compactStep } from './compact.ts';
import { retain, type Retention } from './retain.ts';
import { rollSegment } from './roll.ts';

/** What the lake has done beside the watch: in a thread of its own, one after the other. */
export type Work =
  | { readonly kind: 'roll'; readonly lake: string; readonly segment: number }
  | { readonly kind: 'retain'; readonly lake: string; readonly retention: Retention; readonly now: number }
  /** Days before `before` are closed. */
  | { readonly kind: 'compact'; readonly lake: string; readonly before: string };

export interface WorkDone {
  /** One sentence when people should know. */
  readonly note?: string;
  /** More of the same is left to do. */
  readonly more: boolean;
}

export async function doWork(work: Work): Promise<WorkDone> {
  if (work.kind === 'roll') {
    await rollSegment(work.lake, work.segment);
    return { more: false };
  }
  if (work.kind === 'retain') {
    const { parts, bytes, days } = retain(work.lake, work.retention, work.now);
    if (parts === 0) return { more: false };
    return { more: false, note: `retention took ${parts} ${parts === 1 ? 'part' : 'parts'} (${bytes} bytes) out of the lake, of ${days.join(', ')}` };
  }
  const merged = await compactStep(work.lake, work.before);
  return { more: merged !== undefined };
}
