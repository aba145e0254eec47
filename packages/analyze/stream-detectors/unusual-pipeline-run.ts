import { definitionChangeOf } from '#formats/pipeline-run.ts';
import { budgetSize, judge } from '#learn/behaviour/budget.ts';
import { surpriseOf } from '#learn/behaviour/fusion.ts';
import { learnPace, paceSize, perDay } from '#learn/behaviour/pace.ts';
import { markOf } from '#learn/behaviour/mark.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { severities } from '#model/severity.ts';
import { defineStreamDetector } from '#model/stream.ts';
import type { Judgement, KeyedMemory, Observation, UnscoredSignal } from '#model/stream.ts';
import { changeFor, learnChange, noDefinitions } from '../pipelines/definition.ts';
import type { Definitions, KnownChange } from '../pipelines/definition.ts';
import { commonState, isNews, judgeOccasion, learnRun, openRun, overdueRun, rememberTold, unknown } from '../pipelines/known.ts';
import type { Common, Judged, Known } from '../pipelines/known.ts';
import { occasionOf } from '../pipelines/occasion.ts';
import type { Occasion } from '../pipelines/occasion.ts';
import { short } from '../pipelines/reasons.ts';
import { changeSignal, model, rule, signalOf } from '../pipelines/verdict.ts';

interface State extends Common {
  readonly budget: Float32Array;
  readonly pace: Float32Array;
}

type Entry = Known | Definitions;
type Memory = KeyedMemory<Entry>;

const remembers = 10_000;
/** Alarms a day that ordinary chance may bring, and the chance that no alarm is more likely than. */
const aDay = 0.5;
const highestBar = 1 / 200;

const products: ReadonlySet<string> = new Set(['github', 'gitlab', 'docker', 'harbor', 'aws', 'gcp', 'azure', 'kubernetes']);

/** Runs that are not like those before: of workflows and their jobs, of deployments, of what is pushed and released. */
export default defineStreamDetector({
  id: 'event/unusual-pipeline-run',
  title: 'Pipeline ran unlike its history',
  severity: 'medium',
  confidence: 'low',
  consequence: 'Somebody may use a pipeline for what it is not meant for: it holds secrets, and what it makes is trusted.',
  remediation: 'Look at the run and at who began it; where nobody can explain it, cancel it, and replace the secrets that it could see.',
  references: ['https://slsa.dev/spec/v1.1/threats'],
  initial: { ...commonState(), budget: new Float32Array(budgetSize), pace: new Float32Array(paceSize) } satisfies State as State,
  remembers,
  wants: ({ logsource, record }) => (products.has(logsource.product ?? '') ? logsource.product !== 'aws' || (record as { readonly readOnly?: unknown }).readOnly !== true || isExchange(record) : logsource.service === 'job_log'),
  step(state: State, observation, now, memory: Memory) {
    const change = definitionChangeOf(observation.record);
    if (change !== undefined) {
      const key = definitionKey(change.place);
      const definitions = (memory.get(key) as Definitions | undefined) ?? noDefinitions();
      learnChange(definitions, change, now);
      memory.set(key, definitions);
      return { state, ...quiet };
    }
    const occasion = occasionOf(observation);
    return occasion === undefined ? { state, ...quiet } : { state, ...watch(state, memory, observation, occasion, now) };
  },
});

function isExchange(record: unknown): boolean {
  return (record as { readonly eventName?: unknown }).eventName === 'AssumeRoleWithWebIdentity';
}

function definitionKey(place: string): string {
  return `definition\n${place}`;
}

interface Watched {
  readonly signals: readonly UnscoredSignal[];
  readonly diagnostics: readonly Diagnostic[];
  readonly judged?: readonly Judgement[];
}

const quiet: Watched = { signals: [], diagnostics: [], judged: [] };

function watch(state: State, memory: Memory, observation: Observation, occasion: Occasion, now: number): Watched {
  const { kind } = occasion;
  const known = (memory.get(occasion.key) as Known | undefined) ?? unknown(kind, now);
  if (occasion.anew === true) learnAll(known, state, kind, now);
  // Logs of one job follow each other; nothing in them tells one run from the next.
  const run = openRun(known, kind === 'log' ? 1 + known.count : markOf(occasion.run));
  if (run === undefined) return quiet;
  known.path ??= occasion.definition?.path;
  known.wholes ||= kind === 'workflow' && occasion.stage !== 'part';
  const changed = changeOf(memory, known, occasion, now);
  if (typeof changed === 'object') run.explained = changed.at;
  const judged = judgeOccasion(known, state, run, occasion, now, typeof changed === 'object' ? [editorOf(changed)] : []);
  run.odd = Math.min(run.odd, judged.chance);
  const watched = judged.ripe ? tell(state, observation, occasion, { judged, known, changed }, now) : quiet;
  if (occasion.stage === 'whole') learnRun(known, state, run, kind, now);
  const overdue = overdueRun(known);
  if (overdue !== undefined) learnRun(known, state, overdue, kind, now);
  memory.set(occasion.key, known);
  return watched;
}

/** A new job begins: whatever was open is over. */
function learnAll(known: Known, state: State, kind: Occasion['kind'], now: number): void {
  for (let run = known.runs[0]; run !== undefined; run = known.runs[0]) learnRun(known, state, run, kind, now);
}

function changeOf(memory: Memory, known: Known, { definition }: Occasion, now: number): KnownChange | 'unknown' | undefined {
  if (definition === undefined) return undefined;
  const definitions = memory.get(definitionKey(definition.place)) as Definitions | undefined;
  return changeFor(definitions, { path: definition.path ?? known.path, branch: definition.branch, sha: definition.sha, since: known.settled }, now);
}

/** Who changed the definition is as much a part of the run as who began it. */
function editorOf({ editor, editorChance, editorRests }: KnownChange): Parameters<typeof judgeOccasion>[5][number] {
  return { aspect: 'editor', family: 'editor', chance: editorChance, clause: `its definition changed by ${short(editor)}, who is rare among ${Math.round(editorRests)} changes`, mark: markOf(`editor ${editor}`) };
}

interface Told {
  readonly judged: Judged;
  readonly known: Known;
  readonly changed: KnownChange | 'unknown' | undefined;
}

function tell(state: State, observation: Observation, occasion: Occasion, { judged, known, changed }: Told, now: number): Watched {
  learnPace(state.pace, now);
  const asked: Watched = { signals: [], diagnostics: [], judged: [{ model: model.model, surprise: surpriseOf(judged.chance) }] };
  const bar = Math.min(highestBar, aDay / Math.max(1, perDay(state.pace)));
  const signal = judged.chance > bar ? undefined : signalOf(observation, occasion, judged, known, changed);
  const rank = signal === undefined ? 0 : 1 + severities.indexOf(signal.severity);
  const reasons = [...judged.run.reasons.values()];
  if (signal === undefined || rank <= judged.run.told || !isNews(known, reasons, now)) return { ...asked, signals: changeOnly(observation, occasion, { judged, known, changed }) };
  const { tells, turned, held } = judge(state.budget, judged.chance, now, { bar, aDay });
  const diagnostics = turned === undefined ? [] : [drift(turned, held)];
  if (!tells) return { ...asked, diagnostics };
  judged.run.told = rank;
  rememberTold(known, reasons, now);
  return { ...asked, signals: [signal], diagnostics };
}

/** A changed definition is told once, by the first run that shows it. */
function changeOnly(observation: Observation, occasion: Occasion, { judged, known, changed }: Told): UnscoredSignal[] {
  const { changes } = judged.run;
  const due = typeof changed === 'object' && changes.size > 0 && known.toldChange < changed.at && (occasion.stage === 'whole' || !known.wholes);
  if (!due) return [];
  known.toldChange = changed.at;
  return [changeSignal(observation, occasion, judged, known, changed, [...changes.values()].sort((a, b) => a.chance - b.chance).map(({ clause }) => clause))];
}

function drift(turned: 'raised' | 'lowered', held: number): Diagnostic {
  const message = turned === 'raised' ? `detector ${rule} finds more that is unusual than its budget of signals allows, and tells only what is odder still` : `detector ${rule} is back within its budget of signals; it held back ${held}`;
  return { code: 'model-drift', rule, message };
}
