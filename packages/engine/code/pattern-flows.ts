import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Diagnostic } from '#model/diagnostic.ts';
import { pathTraits } from '#normalize/path-traits.ts';
import { programDigest } from '../identity.ts';
import { patternFlowWorkerUrl } from '../place.ts';
import { type PoolWords, runPool } from '../pool.ts';
import { builtModules } from './build-outputs.ts';
import { type KnownFile } from './candidates.ts';
import { type CodeEntry, readCode } from './code-entry.ts';
import type { PlacedMatch } from './flow-matches.ts';
import { type FlowText, FlowWords, groups, keyOfTask, planFlows } from './pattern-flow-plan.ts';
import type { PatternFlowOutcome, PatternFlowTask } from './pattern-flow-task.ts';
import { isOfLanguage } from './pattern-languages.ts';
import type { FlowGroup } from './pattern-links.ts';
import { resolverOf } from './pattern-resolve.ts';
import type { PatternUnit } from './pattern-units.ts';
import { type Project, projectOf } from './phase.ts';
import { ResultStore } from './result-store.ts';
import { isThirdParty } from './roles.ts';

export interface PatternFlowOptions {
  readonly entries: readonly CodeEntry[];
  /** What the pass over single files learned of one. */
  known(path: string): KnownFile | undefined;
  readonly units: readonly PatternUnit[];
  readonly name: string;
  readonly jobs: number;
  readonly stateDir: string | undefined;
  readonly limits: { readonly fileBytes: number; readonly programMs: number };
  readonly signal: AbortSignal;
  readonly onDiagnostic: (diagnostic: Diagnostic) => void;
}

/** Larger files are data, or bundles. */
const largestText = 4 * 1024 * 1024;

const words: PoolWords = {
  stuck: { code: 'program-over-budget', message: 'rules in taint mode did not end within the time limit across these files and were stopped; flows between them are not seen; raise limits.program-ms' },
  died: { code: 'program-died', message: 'following rules in taint mode across files ended twice for want of memory; flows between them are not seen' },
};

/** Follows the data of rules in taint mode from file to file; what stays in one file was seen in the pass over single files. */
export async function patternFlows(options: PatternFlowOptions): Promise<readonly PlacedMatch[]> {
  const units = options.units.filter(({ pattern }) => pattern.body.mode === 'taint');
  if (units.length === 0) return [];
  const project = once(() => projectOf(options, options.limits.fileBytes));
  const tasks = [...groups.keys()].flatMap((group) => tasksOf(group, units, options, project)).map((task, id) => ({ ...task, id }));
  if (tasks.length === 0 || options.signal.aborted) return [];
  const store = options.stateDir === undefined ? undefined : ResultStore.open<PatternFlowOutcome>(options.stateDir, hash('sha256', JSON.stringify([programDigest(), units, options.name, 'pattern flows']), 'hex'));
  const done = new Map<number, PatternFlowOutcome>();
  const due: PatternFlowTask[] = [];
  for (const task of tasks) {
    const kept = store?.get(keyOfTask(task));
    if (kept === undefined) due.push(task);
    else done.set(task.id, kept);
  }
  await run(due, units, options, (outcome) => {
    done.set(outcome.id, outcome);
    if (outcome.diagnostics.length === 0) store?.add(keyOfTask(tasks[outcome.id] as PatternFlowTask), outcome);
  });
  keep(store);
  const outcomes = [...done].sort(([a], [b]) => a - b).map(([, outcome]) => outcome);
  outcomes.flatMap(({ diagnostics }) => diagnostics).forEach(options.onDiagnostic);
  return outcomes.flatMap(({ matches }) => matches);
}

function tasksOf(group: FlowGroup, units: readonly PatternUnit[], options: PatternFlowOptions, project: () => Project): readonly PatternFlowTask[] {
  const flowWords = new FlowWords(units, group);
  if (flowWords.rules.length === 0) return [];
  const read: { readonly text: FlowText; readonly sides: Uint8Array }[] = [];
  const any = new Uint8Array(flowWords.rules.length);
  for (const entry of options.entries) {
    const bytes = bytesOf(entry, group, options);
    if (bytes === undefined) continue;
    const own = flowWords.sidesIn(bytes);
    own.forEach((bits, rule) => (any[rule] = (any[rule] as number) | bits));
    read.push({ text: { path: entry.path, text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') }, sides: own });
  }
  if (!any.includes(3)) return [];
  // What was built says again what the files it was built from say.
  const built = group === 'script' ? builtModules(read.map(({ text }) => text.path), project().manifests) : new Set<string>();
  const kept = read.filter(({ text }) => !built.has(text.path));
  const texts = kept.map(({ text }) => text);
  if (texts.length < 2) return [];
  const { tasks, tooLarge } = planFlows(group, flowWords, texts, kept.map(({ sides }) => sides), resolverOf(group, texts.map(({ path }) => path), project));
  for (const { path, files } of tooLarge) options.onDiagnostic({ code: 'program-over-budget', path, message: `${files} files hang together here, too many for rules in taint mode to be followed across them; within each file they were` });
  return tasks;
}

function bytesOf(entry: CodeEntry, group: FlowGroup, { known, limits }: PatternFlowOptions): Uint8Array | undefined {
  const { path, size } = entry;
  const traits = pathTraits(path);
  if (size > largestText || isThirdParty(path) || !(groups.get(group) ?? []).some((language) => isOfLanguage(language, path, traits))) return undefined;
  const seen = known(path);
  if (seen !== undefined && (seen.generated || seen.outcome === 'binary' || seen.outcome === 'failed')) return undefined;
  try {
    const bytes = readCode(entry, limits.fileBytes);
    return isUtf8(bytes) ? bytes : undefined;
  } catch {
    return undefined;
  }
}

async function run(tasks: readonly PatternFlowTask[], units: readonly PatternUnit[], { jobs: asked, limits, signal, onDiagnostic }: PatternFlowOptions, onResult: (outcome: PatternFlowOutcome) => void): Promise<void> {
  if (tasks.length === 0) return;
  const cores = availableParallelism();
  const jobs = asked === 0 ? cores : Math.min(asked, 4 * cores);
  const due = tasks.toSorted((a, b) => b.size - a.size || a.id - b.id);
  const languages = [...new Set(tasks.flatMap(({ files }) => files.map(({ language }) => language)))];
  const setup = { units, languages, limits: { fileMs: limits.programMs } };
  await runPool<PatternFlowTask, PatternFlowOutcome>(due, { setup, jobs, ruleIds: [], onResult, onDiagnostic, signal, program: patternFlowWorkerUrl(), words });
}

/** What cannot be kept is followed again the next time. */
function keep(store: ResultStore<PatternFlowOutcome> | undefined): void {
  try {
    store?.commit();
  } catch {
    // The cache of modules says so when it cannot be written either.
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
