/** Why the store could not do what it was asked. A closed union: callers may switch over it. */
export type StoreErrorCode =
  | 'state-in-use'
  | 'state-missing'
  | 'state-newer'
  | 'state-damaged'
  | 'state-unusable'
  | 'epoch-order'
  | 'lake-missing'
  | 'lake-unusable'
  | 'lake-behind'
  | 'lake-full'
  | 'query-engine-missing'
  | 'query-refused'
  | 'query-failed'
  | 'spool-unusable'
  | 'spool-closed'
  | 'record-unfit';

/** The message says what happened, in which folder, and what to do. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'StoreError';
    this.code = code;
  }
}

/** The system's or SQLite's short name for an error, which is safe to show. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  if ('errstr' in error && typeof error.errstr === 'string') return error.errstr;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
