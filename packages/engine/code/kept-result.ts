import type { CallMatch, CodeSpan, FlowMatch, ProgramResult, ProgramStep } from '#model/program.ts';
import type { ReadModule } from './lower-files.ts';
import { positionsIn } from './module-bytes.ts';
import type { ProgramPlan } from './program-plan.ts';

/** A result with the instructions that its spans belong to, so that it can be told again where these have moved within their files. */
export interface KeptResult {
  readonly result: ProgramResult;
  /** By span: the instruction. */
  readonly places: readonly number[];
  /** Digests of the files that spans lie in, as they were, by module. */
  readonly files: readonly (readonly [number, string])[];
}

type Modules = ReadonlyMap<string, ReadModule>;

/** Undefined when some span belongs to no instruction. */
export function keptOf(result: ProgramResult, plan: ProgramPlan, modules: Modules): KeptResult | undefined {
  const spans = spansOf(result);
  const within = new Set(spans.map(({ module }) => module));
  const places = new Map([...within].map((module) => [module, placesIn(plan, module, modules)]));
  const found = spans.map((span) => places.get(span.module)?.get(spanKey(span)) ?? -1);
  if (found.includes(-1)) return undefined;
  return { result, places: found, files: [...within].map((module) => [module, fileOf(plan, module, modules)?.sha256 ?? '']) };
}

/** The result for files in which the same instructions stand, if elsewhere; undefined when one of them can't be read. */
export function resultFor({ result, places, files }: KeptResult, plan: ProgramPlan, modules: Modules): ProgramResult | undefined {
  const moved = files.filter(([module, sha256]) => fileOf(plan, module, modules)?.sha256 !== sha256);
  if (moved.length === 0) return result;
  const positions = new Map(moved.map(([module]) => [module, positionsOf(plan, module, modules)]));
  if ([...positions.values()].includes(undefined)) return undefined;
  const spans = spansOf(result).map(({ module, start, end }, at) => {
    const now = positions.get(module);
    const place = places[at] as number;
    return now === undefined ? { module, start, end } : { module, start: now.starts[place] as number, end: now.ends[place] as number };
  });
  return withSpans(result, spans);
}

function fileOf(plan: ProgramPlan, module: number, modules: Modules): ReadModule | undefined {
  return modules.get(plan.modules[module]?.path ?? '');
}

function positionsOf(plan: ProgramPlan, module: number, modules: Modules): ReturnType<typeof positionsIn> | undefined {
  const bytes = fileOf(plan, module, modules)?.load();
  return bytes === undefined ? undefined : positionsIn(bytes);
}

function placesIn(plan: ProgramPlan, module: number, modules: Modules): Map<number, number> {
  const places = new Map<number, number>();
  const positions = positionsOf(plan, module, modules);
  positions?.starts.forEach((start, place) => {
    const key = spanKey({ start, end: positions.ends[place] as number });
    if (!places.has(key)) places.set(key, place);
  });
  return places;
}

function spanKey({ start, end }: Pick<CodeSpan, 'start' | 'end'>): number {
  return start * 2 ** 26 + end;
}

/** All spans of a result, in an order of its own. */
function spansOf({ flows, calls }: ProgramResult): CodeSpan[] {
  return [...flows.flatMap(({ source, sink, steps, also }) => [source, sink, ...steps, ...also]), ...calls.flatMap(({ at, because, changes = [] }) => (because === undefined ? [at, ...changes] : [at, because, ...changes]))];
}

/** The same result with other spans, which stand in the order of `spansOf`. */
function withSpans(result: ProgramResult, spans: readonly CodeSpan[]): ProgramResult {
  let at = 0;
  const next = (): CodeSpan => spans[at++] as CodeSpan;
  const step = (one: ProgramStep): ProgramStep => ({ ...one, ...next() });
  const flows = result.flows.map((flow): FlowMatch => ({ ...flow, source: next(), sink: next(), steps: flow.steps.map(step), also: flow.also.map(step) }));
  const calls = result.calls.map(({ because, changes, ...call }): CallMatch => ({
    ...call,
    at: next(),
    ...(because === undefined ? {} : { because: step(because) }),
    ...(changes === undefined ? {} : { changes: changes.map((one) => ({ ...one, ...next() })) }),
  }));
  return { ...result, flows, calls };
}
