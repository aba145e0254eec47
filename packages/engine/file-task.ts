import { createHmac, hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Analyzer, UnitMatch } from '#analyze/analyzer.ts';
import { type IgnoreComment, readIgnoreComments } from '#analyze/ignore-comments.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { DetectContext } from '#model/unit.ts';
import { toDocument } from '#normalize/document.ts';
import type { FileCache } from './cache.ts';

/** One file to analyse: on disk, or bytes already in hand (a blob of the history). */
export interface FileTask {
  readonly path: string;
  readonly absolute: string;
  readonly size: number;
  readonly bytes?: Uint8Array;
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
}

export interface FileContext {
  readonly analyzer: Analyzer;
  readonly cache: FileCache;
  /** Key of the digests that stand for secret values. */
  readonly digestKey: Uint8Array;
  readonly today: string;
  readonly limits: { readonly fileMs: number; readonly findingsPerFile: number };
  readonly onForeignRule?: (index: number) => void;
  readonly models: DetectContext['model'];
}

export function runFile(task: FileTask, context: FileContext, skip?: ReadonlySet<string>): FileResult {
  let bytes: Uint8Array;
  try {
    bytes = task.bytes ?? readFileSync(task.absolute);
  } catch (error) {
    return unreadable(task, error);
  }
  const sha256 = hash('sha256', bytes, 'hex');
  const cached = skip === undefined ? context.cache.get(sha256, task.path) : undefined;
  if (cached !== undefined) return { ...cached, path: task.path, size: bytes.length, sha256, outcome: cached.outcome === 'binary' ? 'binary' : 'cached' };
  return analyseBytes(task.path, bytes, sha256, context, skip);
}

function analyseBytes(path: string, bytes: Uint8Array, sha256: string, context: FileContext, skip?: ReadonlySet<string>): FileResult {
  const base = { path, size: bytes.length, sha256 };
  const normal = toDocument({ path, bytes }, latin1);
  if ('binary' in normal) {
    return { ...base, outcome: 'binary', generated: false, matches: [], comments: [], diagnostics: [], cacheable: true };
  }
  const { ctx, dated } = detectContext(context);
  const options = { ...(skip === undefined ? {} : { skip }), ...(context.onForeignRule === undefined ? {} : { onForeignRule: context.onForeignRule }) };
  const analysis = context.analyzer.analyze(normal.document, ctx, options);
  const ignores = readIgnoreComments(normal.document);
  const diagnostics = [...normal.diagnostics, ...analysis.diagnostics, ...ignores.diagnostics];
  const most = context.limits.findingsPerFile;
  if (analysis.matches.length > most) {
    const message = `${analysis.matches.length} findings in one file; the first ${most} were kept; raise limits.findingsPerFile to see all`;
    diagnostics.push({ code: 'finding-limit', path, message });
  }
  return {
    ...base,
    outcome: 'analysed',
    generated: normal.document.generated,
    matches: analysis.matches.slice(0, most),
    comments: ignores.comments,
    diagnostics,
    cacheable: !dated() && analysis.diagnostics.length === 0 && skip === undefined,
  };
}

/** `dated` tells whether anything asked for today's date. */
function detectContext({ digestKey, today, limits, models }: FileContext): { ctx: DetectContext; dated: () => boolean } {
  const deadline = performance.now() + limits.fileMs;
  let asked = false;
  const ctx: DetectContext = {
    digest: (value) => createHmac('sha256', digestKey).update(value).digest('hex').slice(0, 32),
    sha256: (bytes) => hash('sha256', bytes, 'buffer'),
    overBudget: () => performance.now() > deadline,
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

function unreadable({ path, size }: FileTask, error: unknown): FileResult {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
  const message = `cannot be read (${code}); check its permissions, or exclude it`;
  const diagnostics: Diagnostic[] = [{ code: 'file-unreadable', path, message }];
  return { path, size, sha256: '', outcome: 'failed', generated: false, matches: [], comments: [], diagnostics, cacheable: false };
}
