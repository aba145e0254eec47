export type EngineErrorCode =
  | 'content-unreadable'
  | 'mapping-inconsistent'
  | 'state-version'
  | 'thread-lost'
  | 'incident-unknown'
  | 'entity-unknown'
  | 'address-unknown'
  | 'target-missing'
  | 'target-unreadable'
  | 'model-unknown'
  | 'rule-unknown'
  | 'rule-file-invalid'
  | 'baseline-unusable'
  | 'reference-unknown'
  | 'no-git'
  | 'policy-unusable'
  | 'report-unusable'
  | 'attestation-unusable'
  | 'bypass-refused'
  | 'bypass-unrecorded'
  | 'plot-unusable'
  | 'enrichment-unusable';

/** What ends a run before it can give a report. The message says what happened, where, and what to do. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EngineError';
    this.code = code;
  }
}
