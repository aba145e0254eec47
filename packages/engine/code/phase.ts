import { hash } from 'node:crypto';
import { readIgnoreComments } from '#analyze/ignore-comments.ts';
import { join } from 'node:path';
import type { CodeRule } from '#model/code-rule.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { CodeCoverage } from '#model/ledger.ts';
import { fileOf } from '#model/page-path.ts';
import type { Region } from '#model/region.ts';
import { toDocument } from '#normalize/document.ts';
import { pathTraits } from '#normalize/path-traits.ts';
import { type CodeEntry, readCode } from './code-entry.ts';
import { loadCodeContent } from '../content.ts';
import { programDigest } from '../identity.ts';
import { builtModules } from './build-outputs.ts';
import { type KnownFile, candidatesOf } from './candidates.ts';
import { CodeLines } from './code-text.ts';
import { coverageOf, gapDiagnostics, openCalls } from './coverage.ts';
import { type CodeTexts, matchesOf, type PlacedMatch } from './flow-matches.ts';
import { followDependencies } from './follow.ts';
import type { KeptResult } from './kept-result.ts';
import { textOf } from './lower.ts';
import { lowerFiles, type ReadModule } from './lower-files.ts';
import { codeFormOf } from './languages.ts';
import { type Manifest, manifestKind, readManifest } from './manifests.ts';
import { ModuleStore } from './module-store.ts';
import { isProjectFile, type PathAliases, readAliases } from './path-aliases.ts';
import { cutPrograms } from './program-cut.ts';
import type { ProgramPlan } from './program-plan.ts';
import { type AnalysedProgram, runPrograms } from './programs.ts';
import { ResultStore } from './result-store.ts';
import { roleOf } from './roles.ts';
import type { ThreatModelChoice } from './threat-model.ts';

/** A tree whose code is to be analysed as programs: the work tree, or one that git keeps. */
export interface CodeTree {
  readonly entries: readonly CodeEntry[];
  /** Tells results of one place from those of another. */
  readonly name: string;
  /** What is known of a file's bytes already. */
  known(path: string): KnownFile | undefined;
  /** Places of secrets in a file. */
  secrets(path: string): readonly Region[];
}

export interface CodePhaseOptions {
  readonly rules: readonly CodeRule[];
  readonly threatModel: ThreatModelChoice;
  /** The root on disk below which installed packages are followed; undefined: they are not. */
  readonly follow?: string;
  readonly jobs: number;
  readonly stateDir: string | undefined;
  readonly limits: { readonly fileMs: number; readonly fileBytes: number; readonly programMs: number; readonly programFacts: number };
  readonly signal: AbortSignal;
  readonly onDiagnostic: (diagnostic: Diagnostic) => void;
}

export interface CodePhaseResult {
  readonly matches: readonly PlacedMatch[];
  readonly coverage: CodeCoverage;
  /** Programs that were not analysed because the run was stopped. */
  readonly unfinished: number;
}

/** Manifests and project files that are read, and how large one may be. */
const mostManifests = 5_000;
const manifestBytes = 1024 * 1024;

/** Analyses the code of a tree as whole programs: files to modules, modules to programs, programs to flows. Undefined where there is no code. */
export async function runCodePhase(tree: CodeTree, options: CodePhaseOptions): Promise<CodePhaseResult | undefined> {
  const { onDiagnostic } = options;
  const project = projectOf(tree, options.limits.fileBytes);
  const hasNunjucks = project.manifests.some(({ kind, dependencies }) => kind === 'npm' && dependencies.has('nunjucks'));
  const chosen = candidatesOf(tree.entries, tree.known, { fileBytes: options.limits.fileBytes, hasNunjucks });
  chosen.diagnostics.forEach(onDiagnostic);
  for (const path of chosen.machineMade) onDiagnostic({ code: 'file-generated', path, message: 'minified or generated: no flow analysis' });
  if (chosen.files.length === 0 || options.rules.length === 0) return undefined;
  const stores = openStores(tree, options);
  const mayKeep = (path: string): boolean => tree.secrets(fileOf(path)).length === 0;
  const built = builtModules(chosen.files.flatMap(({ entry: { path } }) => (isScript(path) ? [path] : [])), project.manifests);
  for (const path of built) onDiagnostic({ code: 'file-generated', path, message: 'built from other files of its package: no flow analysis' });
  const files = await lowerFiles(chosen.files.filter(({ entry }) => !built.has(entry.path)), { store: stores?.modules, mayKeep, jobs: options.jobs, limits: options.limits, signal: options.signal, onDiagnostic });
  const plans = await plan(files, project, { options, store: stores?.modules });
  const budget = { milliseconds: options.limits.programMs, facts: options.limits.programFacts };
  const modules = new Map(files.map((file) => [file.path, file]));
  const entries = new Map(tree.entries.map((entry) => [entry.path, entry]));
  for (const { path } of files) if (!entries.has(path) && options.follow !== undefined) entries.set(path, { path, absolute: join(options.follow, path), size: 0 });
  const rules = options.rules.map(({ id }) => id);
  const programs = options.signal.aborted ? [] : await runPrograms(plans, modules, { rules, budget, jobs: options.jobs, store: stores?.results, signal: options.signal, onDiagnostic });
  programs.flatMap(({ result }) => result.diagnostics).forEach(onDiagnostic);
  keep(stores, onDiagnostic);
  const unfinished = options.signal.aborted ? plans.length - programs.length : 0;
  const coverage = coverageOf(files, programs);
  openCalls(coverage).forEach(onDiagnostic);
  return { matches: told(programs, { ...tree, entries: [...entries.values()] }, options), coverage, unfinished };
}

interface Stores {
  readonly modules: ModuleStore;
  readonly results: ResultStore<KeptResult>;
}

function openStores(tree: CodeTree, { stateDir, rules, limits }: CodePhaseOptions): Stores | undefined {
  if (stateDir === undefined) return undefined;
  const { programMs, programFacts } = limits;
  const results = JSON.stringify([programDigest(), loadCodeContent().hash, rules.map(({ id }) => id), programMs, programFacts, tree.name]);
  return { modules: ModuleStore.open(stateDir, `${programDigest()}\0${tree.name}`), results: ResultStore.open(stateDir, hash('sha256', results, 'hex')) };
}

function keep(stores: Stores | undefined, onDiagnostic: (diagnostic: Diagnostic) => void): void {
  try {
    stores?.modules.commit();
    stores?.results.commit();
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    onDiagnostic({ code: 'cache-unusable', message: `modules could not be kept for the next run (${reason}); it will read them anew` });
  }
}

interface Planning {
  readonly options: CodePhaseOptions;
  readonly store: ModuleStore | undefined;
}

/** Adds to `files` what installed packages bring, where that is asked for. */
async function plan(files: ReadModule[], { manifests, aliases }: Project, { options, store }: Planning): Promise<ProgramPlan[]> {
  const { threatModel, limits, onDiagnostic } = options;
  if (options.follow !== undefined) {
    const followed = await followDependencies(files, manifests, { root: options.follow, aliases, described: describedModules(), store, mayKeep: () => true, jobs: options.jobs, limits, signal: options.signal, onDiagnostic });
    files.push(...followed.modules);
    manifests.push(...followed.manifests);
  }
  const known = files.flatMap(({ path, lowered }) => {
    const traits = pathTraits(fileOf(path));
    const role = roleOf(fileOf(path), traits);
    lowered.diagnostics.forEach(onDiagnostic);
    gapDiagnostics(fileOf(path), lowered, role, traits.example || traits.documentation).forEach(onDiagnostic);
    return lowered.outcome === 'module' && lowered.head !== undefined ? [{ head: lowered.head, role }] : [];
  });
  return cutPrograms({ modules: known, manifests, aliases, threatModel });
}

/** JavaScript modules of which knowledge says what they do. */
function describedModules(): ReadonlySet<string> {
  const { libraries } = loadCodeContent();
  const paths = libraries.filter(({ language }) => language === 'javascript').flatMap(({ sources, sinks, summaries }) => [...sources, ...sinks, ...summaries].map(({ path }) => path));
  return new Set(paths.flatMap(([first]) => (first?.kind === 'root' ? first.names : [])));
}

/** What a tree says of its packages. */
export interface Project {
  readonly manifests: Manifest[];
  readonly aliases: PathAliases;
}

export function projectOf(tree: Pick<CodeTree, 'entries'>, fileBytes: number): Project {
  const texts = manifestTexts(tree.entries, fileBytes);
  return {
    manifests: [...texts].flatMap(([path, text]) => readManifest(path, text) ?? []),
    aliases: readAliases(new Map([...texts].filter(([path]) => isProjectFile(path)))),
  };
}

function isScript(path: string): boolean {
  const form = codeFormOf(path);
  return typeof form === 'object' && form.language === 'javascript';
}

function manifestTexts(entries: readonly CodeEntry[], fileBytes: number): Map<string, string> {
  const texts = new Map<string, string>();
  for (const entry of entries) {
    if (texts.size >= mostManifests || entry.size > manifestBytes) continue;
    if (manifestKind(entry.path) === undefined && !isProjectFile(entry.path)) continue;
    const text = readQuietly(entry, fileBytes);
    if (text !== undefined) texts.set(entry.path, text);
  }
  return texts;
}

/** Text of a file; undefined when it is gone. That it could not be read was said by the pass over single files. */
function readQuietly(entry: CodeEntry, fileBytes: number): string | undefined {
  try {
    const normal = toDocument({ path: entry.path, bytes: readCode(entry, fileBytes) }, () => '');
    return 'binary' in normal ? undefined : textOf(normal.document.bytes);
  } catch {
    return undefined;
  }
}

function told(programs: readonly AnalysedProgram[], tree: CodeTree, options: CodePhaseOptions): PlacedMatch[] {
  const texts = textsOf(tree, options.limits.fileBytes);
  return programs.flatMap(({ plan: program, result }) => matchesOf(result, program, options.rules, texts));
}

/** Texts that are held at a time while flows are told. */
const mostTexts = 200;

function textsOf(tree: CodeTree, fileBytes: number): CodeTexts {
  const entries = new Map(tree.entries.map((entry) => [entry.path, entry]));
  const read = new Map<string, CodeLines | undefined>();
  return {
    lines(path) {
      if (read.has(path)) return read.get(path);
      if (read.size >= mostTexts) read.clear();
      const entry = entries.get(path);
      const text = entry === undefined ? undefined : readQuietly(entry, fileBytes);
      const lines = text === undefined ? undefined : new CodeLines(text);
      read.set(path, lines);
      return lines;
    },
    secrets: (path) => tree.secrets(path),
  };
}

/** Ignore comments of a file that no other pass has read. */
export function commentsIn(entry: CodeEntry, fileBytes: number): ReturnType<typeof readIgnoreComments> {
  try {
    const normal = toDocument({ path: entry.path, bytes: readCode(entry, fileBytes) }, (bytes) => Buffer.from(bytes).toString('latin1'));
    return 'binary' in normal ? { comments: [], diagnostics: [] } : readIgnoreComments(normal.document);
  } catch {
    return { comments: [], diagnostics: [] };
  }
}
