import type { SigmaIssueCode } from '#formats/sigma.ts';

/** A rule that reads well but cannot be compiled. Never leaves this folder: `compileSigma` turns it into an issue. */
export class SigmaError extends Error {
  readonly code: SigmaIssueCode;

  constructor(code: SigmaIssueCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SigmaError';
    this.code = code;
  }
}
