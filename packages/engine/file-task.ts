import { isUtf8 } from 'node:buffer';
import { createHmac, hash } from 'node:crypto';
import type { Analysis, Analyzer, UnitMatch } from '#analyze/analyzer.ts';
import { type IgnoreComment, readIgnoreComments } from '#analyze/ignore-comments.ts';
import type { Document } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { CommitReference } from '#model/finding.ts';
import { personas } from '#model/severity.ts';
import type { DetectContext } from '#model/unit.ts';
import { toDocument } from '#normalize/document.ts';
import { addedSpans } from '#sources/git/added-spans.ts';
import { readBlob, type Repository } from '#sources/git/repository.ts';
import { readEntry } from '#sources/read-file.ts';
import { SourceError } from '#sources/source-error.ts';
import type { TreeEntry } from '#sources/tree.ts';
import type { FileCache } from './cache.ts';
import type { PatternScanner } from './code/pattern-scan.ts';
import { timeBudget } from './time-budget.ts';
import { verifyFixes } from './verify-fixes.ts';

/** One file to analyse: on disk, in hand, or a version that git keeps. */
export interface FileTask extends TreeEntry {
  readonly bytes?: Uint8Array;
  readonly version?: FileVersion;
}

/** A blob, the one before it at the same path, and the commit that brought it. */
export interface FileVersion {
  readonly oid: string;
  readonly previous?: string;
  readonly commit: CommitReference;
}

/** What came of one file; plain data, so that it crosses threads and fits the cache. */
export interface FileResult {
  readonly path: string;
  readonly size: number;
  /** SHA-256 of the bytes, hex; empty when they could not be read. */
  readonly sha256: string;
  readonly outcome: 'analysed' | 'cached' | 'binary' | 'failed';
  readonly generated: boolean;
  readonly matches: readonly UnitMatch[];
  readonly comments: readonly IgnoreComment[];
  readonly diagnostics: readonly Diagnostic[];
  /** False when the result depends on more than the bytes (today's date): it is not cached. */
  readonly cacheable: boolean;
  readonly version?: FileVersion;
}

export interface FileContext {
  readonly analyzer: Analyzer;
  readonly patterns: PatternScanner;
  readonly cache: FileCache;
  /** Key of the digests that stand for secret values. */
  readonly digestKey: Uint8Array;
  readonly today: string;
  readonly limits: { readonly fileMs: number; readonly fileSteps: number; readonly findingsPerFile: number; readonly fileBytes: number };
  readonly onForeignRule?: (index: number) => void;
  readonly models: DetectContext['model'];
  /** Where versions are read from. */
  readonly repository?: Repository;
}

export function runFile(task: FileTask, context: FileContext, skip?: ReadonlySet<string>): FileResult {
  if (task.version !== undefined) return runVersion(task, task.version, context, skip);
  let bytes: Uint8Array;
  try {
    bytes = task.bytes ?? readEntry(task, context.limits.fileBytes);
  } catch (error) {
    return unreadable(task, error);
  }
  const sha256 = hash('sha256', bytes, 'hex');
  const kept = skip === undefined ? fromCache(task.path, bytes, sha256, context.cache) : undefined;
  return kept ?? analyseBytes(task.path, bytes, sha256, context, skip);
}

/** What an earlier run said of a file, when its bytes are the same. */
export function keptResult(task: FileTask, cache: FileCache, fileBytes: number): FileResult | undefined {
  try {
    const bytes = task.bytes ?? readEntry(task, fileBytes);
    return fromCache(task.path, bytes, hash('sha256', bytes, 'hex'), cache);
  } catch {
    return undefined;
  }
}

function fromCache(path: string, bytes: Uint8Array, sha256: string, cache: FileCache): FileResult | undefined {
  const cached = cache.get(sha256, path);
  return cached === undefined ? undefined : { ...cached, path, size: bytes.length, sha256, outcome: cached.outcome === 'binary' ? 'binary' : 'cached' };
}

/** Only the lines that a version adds are analysed: all others were, in the version before. */
function runVersion(task: FileTask, version: FileVersion, context: FileContext, skip?: ReadonlySet<string>): FileResult {
  try {
    const repository = context.repository as Repository;
    const current = readBlob(repository, version.oid, context.limits.fileBytes);
    if (current === undefined) {
      const diagnostics: Diagnostic[] = [{ code: 'file-too-large', path: task.path, message: `the version ${version.oid.slice(0, 12)} is larger than limits.fileBytes` }];
      return { ...failed(task, diagnostics), version };
    }
    const previous = version.previous === undefined ? undefined : readBlob(repository, version.previous, context.limits.fileBytes);
    const bytes = previous === undefined ? current : onlyAdded(previous, current);
    return { ...analyseBytes(task.path, bytes, version.oid, context, skip), version };
  } catch (error) {
    const message = `the version ${version.oid.slice(0, 12)} cannot be read: ${error instanceof SourceError ? error.message : 'unknown error'}`;
    return { ...failed(task, [{ code: 'git-unreadable', path: task.path, message }]), version };
  }
}

/** The added lines at their own line numbers; what was there before becomes empty lines. */
function onlyAdded(previous: Buffer, current: Buffer): Buffer {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const { start, end } of addedSpans(previous, current)) {
    pieces.push(emptyLines(current, at, start), current.subarray(start, end));
    at = end;
  }
  return Buffer.concat(pieces);
}

function emptyLines(bytes: Buffer, start: number, end: number): Buffer {
  let lines = 0;
  for (let at = bytes.indexOf(10, start); at !== -1 && at < end; at = bytes.indexOf(10, at + 1)) lines++;
  return Buffer.alloc(lines, 10);
}

/** Rules about form count what they do; the clock ends only what goes on for so many times the limit of a file. */
const farAway = 30;

function analyseBytes(path: string, bytes: Uint8Array, sha256: string, context: FileContext, skip?: ReadonlySet<string>): FileResult {
  const base = { path, size: bytes.length, sha256 };
  const normal = toDocument({ path, bytes }, latin1);
  if ('binary' in normal) {
    return { ...base, outcome: 'binary', generated: false, matches: [], comments: [], diagnostics: [], cacheable: true };
  }
  const { ctx, dated } = detectContext(context);
  const options = { ...(skip === undefined ? {} : { skip }), ...(context.onForeignRule === undefined ? {} : { onForeignRule: context.onForeignRule }) };
  const ofForm = { ...options, mostSteps: context.limits.fileSteps, overTime: timeBudget(farAway * context.limits.fileMs) };
  const analyse = (doc: Document): Analysis => joined(context.analyzer.analyze(doc, ctx, options), context.patterns.scan(doc, ofForm));
  const analysis = analyse(normal.document);
  const ignores = readIgnoreComments(normal.document);
  const encoding: Diagnostic[] = isUtf8(normal.document.bytes) ? [] : [{ code: 'file-encoding', path, message: 'not valid UTF-8; its bytes were read as Latin-1' }];
  const diagnostics = [...encoding, ...normal.diagnostics, ...analysis.diagnostics, ...ignores.diagnostics];
  const most = context.limits.findingsPerFile;
  if (analysis.matches.length > most) {
    const message = `${analysis.matches.length} findings in one file; ${most} were kept; raise limits.findings-per-file to see all`;
    diagnostics.push({ code: 'finding-limit', path, message });
  }
  return {
    ...base,
    outcome: 'analysed',
    generated: normal.document.generated,
    matches: verifyFixes(normal.document, { matches: strongest(analysis.matches, most), diagnostics: analysis.diagnostics }, analyse),
    comments: ignores.comments,
    diagnostics,
    cacheable: !dated() && analysis.diagnostics.length === 0 && skip === undefined,
  };
}

/** What rules about form see stands beside what the others do: they do not speak of the same thing. */
function joined(analysis: Analysis, more: Analysis): Analysis {
  return { matches: [...analysis.matches, ...more.matches], diagnostics: [...analysis.diagnostics, ...more.diagnostics] };
}

/** What more people ask to see goes before the rest, so that noise cannot push a key out; the order of the file is kept. */
function strongest(matches: readonly UnitMatch[], most: number): readonly UnitMatch[] {
  if (matches.length <= most) return matches;
  const weight = ({ kind, match }: UnitMatch): number =>
    10 * personas.indexOf(match.persona ?? 'regular') + (match.evidence.some(({ factor }) => factor === 'proof.valid') ? 0 : kind === 'rule' ? 1 : 2);
  const kept = new Set([...matches].sort((a, b) => weight(a) - weight(b)).slice(0, most));
  return matches.filter((match) => kept.has(match));
}

/** `dated` tells whether anything asked for today's date. */
function detectContext({ digestKey, today, limits, models }: FileContext): { ctx: DetectContext; dated: () => boolean } {
  let asked = false;
  const ctx: DetectContext = {
    digest: (value) => createHmac('sha256', digestKey).update(value).digest('hex').slice(0, 32),
    sha256: (bytes) => hash('sha256', bytes, 'buffer'),
    overBudget: timeBudget(limits.fileMs),
    model: models,
    get today() {
      asked = true;
      return today;
    },
  };
  return { ctx, dated: () => asked };
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function unreadable(task: FileTask, error: unknown): FileResult {
  const reason = error instanceof SourceError ? error.message : 'unknown error';
  const message = `cannot be read (${reason}); check its permissions, or exclude it`;
  return failed(task, [{ code: 'file-unreadable', path: task.path, message }]);
}

function failed({ path, size }: FileTask, diagnostics: readonly Diagnostic[]): FileResult {
  return { path, size, sha256: '', outcome: 'failed', generated: false, matches: [], comments: [], diagnostics, cacheable: false };
}
