/** Why a source could not deliver. A closed union: callers may switch over it. */
export type SourceErrorCode =
  | 'target-missing'
  | 'target-unsupported'
  | 'file-unreadable'
  | 'address-invalid'
  | 'address-unusable'
  | 'setting-missing'
  | 'setting-invalid'
  | 'git-missing'
  | 'git-corrupt'
  | 'git-unsupported'
  | 'git-object-missing'
  | 'git-ref-unknown'
  | 'git-limit';

export class SourceError extends Error {
  readonly code: SourceErrorCode;

  constructor(code: SourceErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SourceError';
    this.code = code;
  }
}

/** The system's name for an error (`EACCES`), which is safe to show. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error';
}

/** Why what was named cannot be read, for whoever named it. */
export function targetMissing(target: string, code: string, cause?: unknown): SourceError {
  const why = code === 'ENOENT' ? `there is no file ${target}` : code === 'EISDIR' ? `${target} is a folder; write folder:${target} for all files in it` : `${target} may not be read (${code})`;
  return new SourceError('target-missing', code === 'ENOENT' ? `${why}; check the path` : why, cause);
}
