/** Why something could not be handed on. A closed union: callers may switch over it. */
export type ActErrorCode =
  | 'address-invalid'
  | 'setting-missing'
  | 'setting-invalid'
  | 'receiver-unreachable'
  | 'receiver-untrusted'
  | 'receiver-silent'
  | 'receiver-busy'
  /** It does not want this notice; others it may take. */
  | 'receiver-refused'
  /** It lets nobody in with this address and these settings; once they are mended it may take everything. */
  | 'receiver-closed'
  | 'answer-unclear'
  | 'file-unwritable'
  | 'stopped';

/** What a later attempt can't mend. */
const final: ReadonlySet<ActErrorCode> = new Set(['address-invalid', 'setting-missing', 'setting-invalid', 'receiver-refused']);

export interface ActErrorFacts {
  readonly cause?: unknown;
  /** How many of the notices, from the first, the receiver has: the next one is the one that failed. */
  readonly delivered?: number;
  /** Milliseconds for which the receiver asked to be left alone. */
  readonly retryAfter?: number;
}

/** The message says what happened, where, and what to do; it never holds a setting or the path of an address. */
export class ActError extends Error {
  readonly code: ActErrorCode;
  readonly delivered: number;
  readonly retryAfter: number | undefined;

  constructor(code: ActErrorCode, message: string, { cause, delivered = 0, retryAfter }: ActErrorFacts = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ActError';
    this.code = code;
    this.delivered = delivered;
    this.retryAfter = retryAfter;
  }

  /** True when handing the same notice on again later may help; false: it should be set aside and shown to a person. */
  get later(): boolean {
    return !final.has(this.code);
  }

  after(delivered: number): ActError {
    return new ActError(this.code, this.message, { cause: this.cause, delivered, ...(this.retryAfter === undefined ? {} : { retryAfter: this.retryAfter }) });
  }
}

/** The system's name for an error (`ECONNREFUSED`), which is safe to show. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error';
}
