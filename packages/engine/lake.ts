/** The lake and the control state, as the watch and the commands use them. */
import { lakeThreadUrl } from './place.ts';
import { openLake as open, type Lake, type LakeOptions } from '#store/lake.ts';

export { latestEpochIn } from '#store/lake.ts';
export { openLakeDatabase, type Cell, type LakeDatabase, type QueryAnswer, type View } from '#store/query.ts';
export { compactLake, lakeStatus, retainLake, type LakeStatus } from '#store/lake-care.ts';
export { StoreError, type StoreErrorCode } from '#store/store-error.ts';
export type { Lake, LakeOptions } from '#store/lake.ts';

/** As `#store/lake.ts`, with the thread where this program has it. */
export function openLake(folder: string, options: Omit<LakeOptions, 'thread'>): Lake {
  return open(folder, { ...options, thread: lakeThreadUrl() });
}
