export type ProtectErrorCode =
  | 'key-malformed'
  | 'key-weak'
  | 'key-unreadable'
  | 'key-exists'
  | 'key-unwritable'
  | 'passphrase-short'
  | 'passphrase-wrong'
  | 'envelope-malformed'
  | 'envelope-too-large'
  | 'payload-type-wrong'
  | 'signature-missing'
  | 'signature-duplicate'
  | 'signer-unknown'
  | 'signature-wrong';

/** What went wrong with a key or a signature. Messages never hold key material or a passphrase. */
export class ProtectError extends Error {
  readonly code: ProtectErrorCode;

  constructor(code: ProtectErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ProtectError';
    this.code = code;
  }
}
