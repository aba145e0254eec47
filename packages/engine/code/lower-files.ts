import { availableParallelism } from 'node:os';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Language } from '#model/ir.ts';
import { type CodeEntry, readCode } from './code-entry.ts';
import { lowerWorkerUrl } from '../place.ts';
import { runPool } from '../pool.ts';
import type { Candidate } from './candidates.ts';
import { loadFrontEnds } from './front-ends.ts';
import { codeFormOf } from './languages.ts';
import { type Lowered, type LoweredFile, lowerFile } from './lower.ts';
import type { ModuleStore } from './module-store.ts';

/** A file that was read as code, now or earlier. */
export interface ReadModule {
  readonly path: string;
  readonly sha256: string;
  readonly lowered: Lowered;
  readonly fromCache: boolean;
  /** The packed module; undefined when there is none. */
  load(): Uint8Array | undefined;
}

export interface LowerOptions {
  readonly store: ModuleStore | undefined;
  /** False for files with secrets: nothing of them is kept. */
  readonly mayKeep: (path: string) => boolean;
  readonly jobs: number;
  readonly limits: { readonly fileMs: number; readonly fileBytes: number };
  readonly signal: AbortSignal;
  readonly onDiagnostic: (diagnostic: Diagnostic) => void;
}

/** What a worker for front ends is started with. */
export interface LowerSetup {
  readonly languages: readonly Language[];
  readonly limits: LowerOptions['limits'];
}

/** Below this a thread costs more than it saves. */
const smallBytes = 1_200_000;
/** The tree of a larger file takes so much memory that its worker is replaced. */
const freshAfter = 3 * 1024 * 1024;

/** Reads candidates as code: from the store what it knows, the rest with front ends, on threads when it is much. */
export async function lowerFiles(files: readonly Candidate[], options: LowerOptions): Promise<ReadModule[]> {
  const { store } = options;
  const modules: ReadModule[] = [];
  const due: CodeEntry[] = [];
  for (const { entry, sha256 } of files) {
    const kept = store?.get(entry.path, sha256);
    if (kept === undefined) due.push(entry);
    else modules.push({ path: entry.path, sha256, lowered: kept.lowered, fromCache: true, load: kept.load });
  }
  const take = (file: LoweredFile): void => {
    if (options.mayKeep(file.path)) store?.add(file);
    const { path, sha256, bytes, ...lowered } = file;
    modules.push({ path, sha256, lowered, fromCache: false, load: () => bytes });
  };
  await lowerDue(due, options, take);
  return modules.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function lowerDue(due: readonly CodeEntry[], options: LowerOptions, take: (file: LoweredFile) => void): Promise<void> {
  if (due.length === 0) return;
  const languages = languagesOf(due);
  const bytes = due.reduce((sum, { size }) => sum + size, 0);
  if (options.jobs === 0 && bytes < smallBytes) {
    const frontEnds = await loadFrontEnds(languages);
    for (const entry of due) if (!options.signal.aborted) take(lowerEntry(entry, options.limits.fileBytes, frontEnds));
    return;
  }
  const { signal, onDiagnostic, limits } = options;
  const setup: LowerSetup = { languages, limits };
  const jobs = options.jobs === 0 ? availableParallelism() : Math.min(options.jobs, 4 * availableParallelism());
  // The largest first: one that comes last leaves the other threads with nothing to do.
  const ordered = due.toSorted((a, b) => b.size - a.size);
  await runPool<CodeEntry, LoweredFile>(ordered, { setup, jobs, ruleIds: [], onResult: take, onDiagnostic, signal, program: lowerWorkerUrl(), youngMb: 32, freshAfter });
}

/** Reads a file from disk and then as code. */
export function lowerEntry(entry: CodeEntry, fileBytes: number, frontEnds: Awaited<ReturnType<typeof loadFrontEnds>>): LoweredFile {
  try {
    return lowerFile(entry.path, readCode(entry, fileBytes), frontEnds);
  } catch (error) {
    const message = `could not be read again for flow analysis (${error instanceof Error ? error.message : 'unknown error'})`;
    return { path: entry.path, sha256: '', outcome: 'failed', functions: 0, gaps: [], diagnostics: [{ code: 'file-unreadable', path: entry.path, message }] };
  }
}

/** A script without an extension may turn out to be either of two. */
function languagesOf(due: readonly CodeEntry[]): Language[] {
  const languages = new Set<Language>();
  for (const { path } of due) {
    const form = codeFormOf(path);
    for (const language of form === 'shebang' ? (['javascript', 'python'] as const) : form === undefined ? [] : [form.language]) languages.add(language);
  }
  return [...languages];
}
