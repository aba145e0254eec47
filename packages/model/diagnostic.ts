/**
 * What a run could not do. Every diagnostic lands in the coverage ledger.
 * `degraded` says whether the absence of findings can still be believed.
 */
export const diagnosticCodes = {
  'file-unreadable': { degraded: true, means: 'a file could not be read' },
  'file-too-large': { degraded: true, means: 'a file is larger than the limit' },
  'file-over-budget': { degraded: true, means: 'analysis of a file was stopped at its time limit' },
  'file-encoding': { degraded: false, means: 'a file is not valid UTF-8; its bytes were read as Latin-1' },
  'file-binary': { degraded: false, means: 'a binary file was not analysed' },
  'file-excluded': { degraded: false, means: 'a path was excluded by configuration or convention' },
  'file-ignored': { degraded: false, means: 'a path is ignored by git' },
  'file-absent': { degraded: false, means: 'the index names a file that is not in the work tree' },
  'file-sparse': { degraded: false, means: 'a file lies outside the sparse checkout' },
  'file-generated': { degraded: false, means: 'a generated or minified file, or a release of a library in a folder of served files, was given the light treatment' },
  'code-unparsed': { degraded: true, means: 'code could not be parsed, wholly or in part; flows through what is missing are not seen' },
  'code-partial': { degraded: false, means: 'a test, example or document with code that could not be parsed in part' },
  'pattern-unparsed': { degraded: true, means: 'a file could not be parsed in whole; rules about the form of code see only what could be read' },
  'pattern-partial': { degraded: false, means: 'a small part of a file, or a part of a test, example or document, could not be parsed; rules about the form of code do not see it' },
  'pattern-too-large': { degraded: true, means: 'a file is larger than rules about form take' },
  'code-too-large': { degraded: true, means: 'a file of code is larger than flow analysis takes' },
  'code-third-party': { degraded: false, means: 'code of others in the tree was not followed; --follow-dependencies does' },
  'code-unresolved': { degraded: false, means: 'calls of which it is not known which function they reach; what that does with untrusted input is not seen' },
  'code-undescribed': { degraded: false, means: 'calls to libraries of which no description is at hand; what goes in is taken to come out, and no danger in them is seen' },
  'program-over-budget': { degraded: true, means: 'flow analysis of a program was stopped at a limit' },
  'program-failed': { degraded: true, means: 'flow analysis of a program failed' },
  'program-died': { degraded: true, means: 'flow analysis of a program ended for want of memory' },
  'surface-unread': { degraded: false, means: 'a file of infrastructure, images, pipelines or dependencies was searched for secrets only; what else is wrong in it is not known' },
  'link-skipped': { degraded: false, means: 'a symbolic link was not followed' },
  'link-cycle': { degraded: false, means: 'a symbolic link leads back to a folder above it' },
  'submodule-absent': { degraded: true, means: 'a submodule is not checked out' },
  'depth-limit': { degraded: true, means: 'folders are nested deeper than the limit' },
  'count-limit': { degraded: true, means: 'there are more files than the limit' },
  'finding-limit': { degraded: true, means: 'a file has more findings than the limit; the rest were cut' },
  'event-unreadable': { degraded: true, means: 'a record could not be decoded' },
  'event-unmapped': { degraded: false, means: 'a record matched no mapping and was kept in its generic form' },
  'dead-letter-lost': { degraded: true, means: 'records that could not be decoded could not be kept' },
  'spool-full': { degraded: false, means: 'the spool has reached its limit on disk, and listeners wait' },
  'spool-damaged': { degraded: true, means: 'a part of the spool could not be read' },
  'source-limit': { degraded: true, means: 'a source reached one of its limits and left something out' },
  'source-waiting': { degraded: false, means: 'a source made its peers wait, because what they sent was not on disk yet' },
  'source-failed': { degraded: true, means: 'a source could not be read, or what it heard could not be kept' },
  'source-refused': { degraded: false, means: 'a source refused a peer that did not prove who it is' },
  'source-exposed': { degraded: false, means: 'a listener can be reached from other machines without proof of who speaks' },
  'list-entry-unused': { degraded: false, means: 'an entry of a list that the user gave could not be used' },
  'list-limit': { degraded: true, means: 'a list that the user gave has more entries than the limit; the rest were left out' },
  'rule-invalid': { degraded: true, means: 'a rule could not be loaded' },
  'rule-incomplete': { degraded: false, means: 'a rule waits for values that only the user can give, and matches nothing by them' },
  'rule-over-budget': { degraded: true, means: 'a rule was stopped at its time limit' },
  'memory-limit': { degraded: false, means: 'a detector knows as many entities as it may, and forgets those that were quiet longest' },
  'budget-raised': { degraded: false, means: 'a detector found more that is odd than it may tell, and tells only what is oddest' },
  'model-drift': { degraded: false, means: 'a learned model is surprised more often, or far more seldom, than it promises' },
  'model-off': { degraded: false, means: 'a learned model is turned off, and with it the detectors that ask it' },
  'rule-failed': { degraded: true, means: 'a rule or detector failed while it ran' },
  'worker-died': { degraded: true, means: 'a worker stopped while it analysed a file' },
  'run-over-budget': { degraded: true, means: 'the run was stopped at its time limit' },
  'run-interrupted': { degraded: true, means: 'the run was interrupted' },
  'cache-unusable': { degraded: false, means: 'the cache could not be used and was left out' },
  'git-unreadable': { degraded: true, means: 'git data could not be read' },
  'suppression-invalid': { degraded: false, means: 'an ignore comment is malformed and has no effect' },
  'suppression-expired': { degraded: false, means: 'a suppression has expired and no longer has effect' },
  'suppression-unlimited': { degraded: false, means: 'a nosemgrep comment hides a finding, without a reason and without an end' },
  'suppression-unused': { degraded: false, means: 'a suppression matches nothing' },
  'config-ignored': { degraded: false, means: 'a configuration file was not used' },
  'config-narrowed': { degraded: false, means: 'the scanned project\'s own configuration narrows what is reported' },
  'incident-limit': { degraded: true, means: 'there are more live incidents than the limit; the oldest get no more signals' },
  'state-damaged': { degraded: true, means: 'kept state was damaged and was set aside' },
  'rules-reloaded': { degraded: false, means: 'the user\'s rules have changed and were taken' },
  'lake-note': { degraded: false, means: 'the lake says what it did or could not do' },
  'outbox-limit': { degraded: true, means: 'notices found no room to wait for their receivers' },
  'outbox-waiting': { degraded: false, means: 'notices wait for their receivers and are handed on later' },
  'sink-failed': { degraded: false, means: 'a receiver of notices could not be had; it is tried again' },
  'notice-refused': { degraded: true, means: 'a receiver did not take a notice, which was set aside' },
  'output-cut': { degraded: false, means: 'a report was cut to the limits of its reader' },
} as const;

export type DiagnosticCode = keyof typeof diagnosticCodes;

export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** What happened, where, and what to do; never a raw secret. */
  readonly message: string;
  readonly path?: string;
  readonly line?: number;
  readonly rule?: string;
  /** How many times, when equal diagnostics were folded into one. */
  readonly count?: number;
}

export function isDegrading(diagnostic: Diagnostic): boolean {
  return diagnosticCodes[diagnostic.code].degraded;
}
