import { isoTime } from '#formats/iso-time.ts';
import { surpriseOf } from '#learn/behaviour/fusion.ts';
import type { Severity } from '#model/severity.ts';
import type { Observation, UnscoredSignal } from '#model/stream.ts';
import { aspects } from './aspects.ts';
import type { KnownChange } from './definition.ts';
import type { Judged, Known } from './known.ts';
import type { Occasion } from './occasion.ts';
import { percent, short } from './reasons.ts';
import type { Reason } from './reasons.ts';

export const rule = 'event/unusual-pipeline-run';
export const model = { model: 'unusual-pipeline-run', version: '1' } as const;
const reference = 'https://slsa.dev/spec/v1.1/threats';

/** Triggers whose runs see secrets although somebody outside may have brought them about. */
const privileged = /^(?:pull_request_target|workflow_run|issue_comment|issues|repository_dispatch|workflow_dispatch|api|trigger|web)$/;
const production = /prod|live|release/i;
/** Commands that send or fetch, read the memory of others, or dump the environment, where a step or a log line shows them. */
const reaching = /\b(?:curl|wget|nc|ncat|socat|Invoke-WebRequest|iwr)\b|\/dev\/tcp\/|\/proc\/(?:\d+|self|\*)\/(?:mem|environ)|\b(?:printenv|base64)\b|\benv\s*\|/;
const strong = 0.02;
const mostReasons = 4;

/** What makes it dangerous by itself, in words; undefined where only habit is broken. */
function dangerOf(occasion: Occasion, reasons: readonly Reason[], changed: KnownChange | 'unknown' | undefined): string | undefined {
  const has = (aspect: string): boolean => reasons.some((reason) => reason.aspect === aspect && reason.chance <= strong);
  const text = (aspect: string): string => occasion.facts.find((fact) => fact.aspect === aspect)?.texts[0] ?? '';
  const texts = (aspect: string): string => occasion.facts.flatMap((fact) => (fact.aspect === aspect ? fact.texts : [])).join('\n');
  if (has('trigger') && privileged.test(text('trigger'))) return 'such runs see secrets whoever brought them about';
  if (has('source')) return 'it ran code from elsewhere';
  if (has('steps') && changed === undefined && reaching.test(texts('steps'))) return 'a new step reaches out, and its definition was not changed';
  if ((has('secrets') || has('permissions')) && changed === undefined) return 'it was given more than before, and its definition was not changed';
  if (has('hosts') && reaching.test(occasion.command ?? '')) return 'a command sends to a host that its jobs never spoke to';
  if (has('runner') && text('runner') !== 'hosted by the forge' && has('pool')) return 'it ran on a machine of other kind than before';
  if (occasion.kind === 'deployment' && has('actor') && (has('hour') || production.test(occasion.name))) return 'somebody who never deployed it did';
  return undefined;
}

/** One sentence, the strongest reasons first. */
export function signalOf(observation: Observation, occasion: Occasion, judged: Judged, known: Known, changed: KnownChange | 'unknown' | undefined): UnscoredSignal | undefined {
  const reasons = [...judged.run.reasons.values()].sort((a, b) => a.chance - b.chance);
  if (reasons.length === 0) return undefined;
  const danger = dangerOf(occasion, reasons, changed);
  const many = new Set(reasons.filter(({ chance }) => chance <= strong).map(({ aspect }) => aspects.get(aspect)?.family)).size >= 3;
  const severity: Severity = danger !== undefined || many ? 'medium' : 'low';
  const history = `${known.count} ${unitOf(occasion)} in ${Math.max(1, Math.round(judged.days))} days`;
  const told = reasons.slice(0, mostReasons).map(({ clause }) => clause);
  const message = `${short(occasion.name)} unlike its ${history}: ${told.join('; ')}; ${definitionClause(changed, observation.time)}${danger === undefined ? '' : `; ${danger}`}. As odd is ${oneIn(judged.chance)} of such events`;
  return {
    ...base(observation), title: 'Pipeline ran unlike its history', severity, message, techniques: danger === undefined ? [] : ['T1195.002'], tactics: ['execution'], learned: { ...model, surprise: surpriseOf(judged.chance) },
  };
}

/** The first run of a changed definition: what is new in it, told once. */
export function changeSignal(observation: Observation, occasion: Occasion, judged: Judged, known: Known, change: KnownChange, clauses: readonly string[]): UnscoredSignal {
  const message = `${short(occasion.name)} changed after ${known.count} ${unitOf(occasion)}: ${clauses.slice(0, mostReasons).join('; ')}; ${definitionClause(change, observation.time)}${editorClause(change)}`;
  return { ...base(observation), title: 'Pipeline runs a changed definition', severity: 'informational', message, techniques: [], tactics: ['execution'], learned: { ...model, surprise: surpriseOf(judged.chance) } };
}

function base({ event, time }: Observation): Pick<UnscoredSignal, 'rule' | 'confidence' | 'time' | 'evidence' | 'events' | 'references' | 'falsePositives'> {
  return { rule, confidence: 'low', time, evidence: [], events: [event], references: [reference], falsePositives: ['A pipeline that was changed where pushes do not tell', 'Somebody who does for the first time what is their task'] };
}

function definitionClause(change: KnownChange | 'unknown' | undefined, time: number): string {
  if (change === 'unknown') return 'whether its definition was changed is not known';
  if (change === undefined) return 'its definition was not changed';
  return `${short(change.editor)} changed ${short(change.path)} at ${isoTime(change.at).slice(0, 16)}, ${ago(time - change.at)} before`;
}

function editorClause({ editorChance, editorRests }: KnownChange): string {
  return editorRests < 5 ? '' : ` (changes by those who make them as seldom: ${percent(editorChance)})`;
}

function ago(milliseconds: number): string {
  const minutes = Math.max(0, milliseconds / 60_000);
  if (minutes < 90) return `${Math.round(minutes)} min`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}

function unitOf({ kind }: Occasion): string {
  return { workflow: 'runs', deployment: 'deployments', image: 'pushes', release: 'releases', log: 'jobs' }[kind];
}

function oneIn(chance: number): string {
  return `1 in ${Math.round(1 / Math.max(chance, 1e-9)).toLocaleString('en-US')}`;
}
