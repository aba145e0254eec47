import { fused, independentTail, oddness } from '#learn/behaviour/fusion.ts';
import type { AspectChance } from '#learn/behaviour/fusion.ts';
import { day, hoursAt } from '#learn/behaviour/clock.ts';
import { adoptFacts, askProfile, learnProfile } from '#learn/behaviour/profile.ts';
import type { Answer, Fact, Profile } from '#learn/behaviour/profile.ts';
import { chanceOfScore, learnScore, scoresSeen, tailSize } from '#learn/behaviour/tail.ts';
import type { TailLaw } from '#learn/behaviour/tail.ts';
import { learningWeight, spellSize, tailWeight } from '#learn/behaviour/trust.ts';
import { learnHour, rhythmSize } from '#learn/behaviour/rhythm.ts';
import { aspects, halfLife, profiles, subjectKinds } from './aspects.ts';
import type { SubjectKind } from './aspects.ts';
import type { NamedFact, Occasion, Stage } from './occasion.ts';
import { reasonOf } from './reasons.ts';
import type { Reason } from './reasons.ts';

/** What is known of one workflow, image, ...: an entry of the detector's memory, of at most about 4 KB. */
export interface Known {
  readonly facts: Float32Array;
  readonly spell: Float32Array;
  /** Runs that go on, the oldest first. */
  readonly runs: OpenRun[];
  /** Marks of runs that are over, so that a second telling of the same is not counted. */
  readonly over: number[];
  /** Reasons that were told: their mark and when, in hours. */
  readonly told: [mark: number, hours: number][];
  /** Names of the steps of the last ordinary run. */
  names: readonly string[];
  path: string | undefined;
  /** Milliseconds since the epoch: of the first event, and of the newest change of the definition that a run has shown. */
  first: number;
  settled: number;
  /** The newest change that was told. */
  toldChange: number;
  /** Runs are told as a whole, not only job by job. */
  wholes: boolean;
  /** Runs that were learned. */
  count: number;
  /** The day on which something odd was learned last. */
  oddDay: number;
}

export interface OpenRun {
  readonly id: number;
  readonly reasons: Map<string, Reason>;
  /** Chances of values, amounts and the hour as they were when they were first told. */
  readonly asked: Map<string, AspectChance>;
  /** What a change of the definition brought, which is no reason. */
  readonly changes: Map<string, Reason>;
  /** When the definition was changed that this run is the first of; 0 where it was not. */
  explained: number;
  readonly facts: NamedFact[];
  /** The severest that was told of it: place in the list of severities and 1; 0 for nothing. */
  told: number;
  odd: number;
  /** Some part of it failed: what lacks may just not have been reached. */
  failed: boolean;
}

/** What all of one kind have in common. */
export interface Common {
  /** By kind and stage of what was scored, or kind and aspect of what was asked. */
  readonly tails: Map<string, Float32Array>;
  readonly hours: Map<SubjectKind, Float32Array>;
}

export interface Judged {
  /** The chance that an ordinary event is as odd. */
  readonly chance: number;
  readonly score: number;
  readonly run: OpenRun;
  /** History enough to say anything. */
  readonly ripe: boolean;
  readonly days: number;
  /** On how many scores the chance rests. */
  readonly scores: number;
}

const mostRuns = 4;
const mostOver = 8;
const mostToldReasons = 12;
const mostNames = 32;
/** Before so many runs on more than so many days nothing is said. */
const fewestRuns = 12;
const fewestDays = 2;
const trust = { odd: 0.01, least: 0.2, spell: day };
/** What is thought of a tail before it has seen anything counts as much as so many scores. */
const priorWeight = 40;
/** What is odd a second time on a day is learned with this part of its weight. */
const again = 0.1;
/** A reason that was told is not told again for so long. */
const silence = 14 * 24;

const stages: readonly Stage[] = ['start', 'part', 'whole'];
/** The names of the tails of each kind, by stage or aspect. */
const tailKeys: ReadonlyMap<SubjectKind, ReadonlyMap<string, string>> = new Map(subjectKinds.map((kind) => [kind, new Map([...stages, ...aspects.keys()].map((part): [string, string] => [part, `${kind} ${part}`]))]));

function tailKey(kind: SubjectKind, part: string): string {
  return tailKeys.get(kind)?.get(part) ?? `${kind} ${part}`;
}

export function unknown(kind: SubjectKind, now: number): Known {
  return { facts: new Float32Array(profileOf(kind).size), spell: new Float32Array(spellSize * stages.length), runs: [], over: [], told: [], names: [], path: undefined, first: now, settled: 0, toldChange: 0, wholes: false, count: 0, oddDay: 0 };
}

export function commonState(): Common {
  return { tails: new Map(subjectKinds.flatMap((kind) => stages.map((stage) => [`${kind} ${stage}`, new Float32Array(tailSize)] as const))), hours: new Map(subjectKinds.map((kind) => [kind, new Float32Array(rhythmSize)])) };
}

function profileOf(kind: SubjectKind): Profile {
  return profiles.get(kind) as Profile;
}

/** The run that an event is part of; undefined where it has been told of already, and is over. */
export function openRun(known: Known, id: number): OpenRun | undefined {
  if (known.over.includes(id)) return undefined;
  const open = known.runs.find((one) => one.id === id);
  if (open !== undefined) return open;
  const fresh: OpenRun = { id, reasons: new Map(), asked: new Map(), changes: new Map(), explained: 0, facts: [], told: 0, odd: 1, failed: false };
  known.runs.push(fresh);
  return fresh;
}

/**
 * Judges an event by what is known of its subject: the last of a run with all that the run has shown, one before by what it says itself. Where the definition
 * was changed, what that says is no surprise.
 */
export function judgeOccasion(known: Known, common: Common, run: OpenRun, occasion: Occasion, now: number, extra: readonly (AspectChance & Reason)[]): Judged {
  const whole = occasion.stage === 'whole';
  run.failed ||= occasion.failed;
  mergeFacts(run.facts, occasion.facts);
  const days = (now - known.first) / day;
  const ripe = known.count >= fewestRuns && days >= fewestDays;
  const asked = whole ? run.facts.filter((fact) => isSet(fact.aspect) || !run.asked.has(askedKey(fact))) : occasion.facts;
  const hours = common.hours.get(occasion.kind);
  const answers = askProfile(profileOf(occasion.kind), known.facts, asked, now, { whole: whole && !run.failed, ...(hours === undefined ? {} : { peers: { hours } }) });
  const chances: AspectChance[] = whole ? [...extra, ...run.asked.values()] : [...extra];
  for (const one of extra) run.reasons.set(one.aspect, one);
  for (const answer of answers) {
    const fact = asked[answer.fact];
    if (run.explained > 0 && aspects.get(answer.aspect)?.defined === true) {
      const reason = fact === undefined ? undefined : reasonOf(answer, fact, known.names);
      if (reason !== undefined) run.changes.set(answer.aspect, reason);
      continue;
    }
    const chance = ripe ? calibrated(known, common, occasion, answer, now) : answer.chance;
    const said = { family: answer.family, chance };
    chances.push(said);
    if (!isSet(answer.aspect) && fact !== undefined) run.asked.set(askedKey(fact), said);
    const reason = fact === undefined ? undefined : reasonOf(answer, fact, known.names);
    if (reason !== undefined) note(run, { ...reason, chance });
  }
  return { ...scored(known, common, occasion, chances, ripe, now), run, ripe, days };
}

/** The same value or part, told twice. */
function askedKey({ aspect, marks = [] }: Fact): string {
  return `${aspect} ${marks[0] ?? 0}`;
}

/** What a chance means by how often chances of this aspect were as small, for everyone: amounts are seldom as tame as their law. */
function calibrated(known: Known, common: Common, { kind }: Occasion, { aspect, chance }: Answer, now: number): number {
  const key = tailKey(kind, aspect);
  const kept = common.tails.get(key);
  const tail = kept ?? new Float32Array(tailSize);
  if (kept === undefined) common.tails.set(key, tail);
  const score = oddness(chance);
  const answer = chanceOfScore(tail, score, aspectLaw);
  learnScore(tail, score, now, aspectLaw, known.oddDay === today(now) ? again : 1);
  return answer;
}

function scored(known: Known, common: Common, { kind, stage }: Occasion, chances: readonly AspectChance[], ripe: boolean, now: number): Pick<Judged, 'chance' | 'score' | 'scores'> {
  const { score, families } = fused(chances);
  const tail = common.tails.get(tailKey(kind, stage)) as Float32Array;
  const law = fusedLaws[Math.max(1, families)] ?? fusedLaw(families);
  const chance = chanceOfScore(tail, score, law);
  const spell = known.spell.subarray(stages.indexOf(stage));
  if (ripe) learnScore(tail, score, now, law, tailWeight(spell, chance, now, trust));
  return { chance, score, scores: scoresSeen(tail) };
}

function alone(score: number): number {
  return Math.exp(-score);
}

const aspectLaw: TailLaw = { halfLife, prior: alone, priorWeight };

function fusedLaw(families: number): TailLaw {
  return { halfLife, prior: independentTail(families), priorWeight };
}

const fusedLaws = Array.from({ length: 1 + aspects.size }, (_, families) => fusedLaw(families));

function today(now: number): number {
  return Math.floor(hoursAt(now) / 24);
}

/** Of an aspect that is asked several times in a run, the oddest answer counts. */
function note(run: OpenRun, reason: Reason): void {
  const before = run.reasons.get(reason.aspect);
  if (before === undefined || before.chance > reason.chance) run.reasons.set(reason.aspect, reason);
}

const mostMarks = 128;

function mergeFacts(known: NamedFact[], added: readonly NamedFact[]): void {
  for (const fact of added) {
    const at = placeOf(known, fact);
    const before = known[at];
    if (before === undefined) {
      if (known.length < mostMarks) known.push(fact);
    } else if (before.marks === undefined || fact.marks === undefined || !isSet(fact.aspect)) known[at] = fact;
    else known[at] = { ...before, marks: joined(before.marks, fact.marks), texts: joined(before.texts, fact.texts) };
  }
}

function placeOf(known: readonly NamedFact[], { aspect, marks }: NamedFact): number {
  for (let at = 0; at < known.length; at += 1) {
    const one = known[at] as NamedFact;
    if (one.aspect === aspect && (aspect !== 'jobs' || one.marks?.[0] === marks?.[0])) return at;
  }
  return -1;
}

/** `known` with what it lacks of `added`. */
function joined<T>(known: readonly T[], added: readonly T[]): readonly T[] {
  if (known === added || added.every((one) => known.includes(one))) return known;
  return [...new Set([...known, ...added])].slice(0, mostMarks);
}

const sets: ReadonlySet<string> = new Set(['steps', 'order', 'secrets', 'permissions', 'variables', 'actions', 'hosts', 'artifacts']);

function isSet(aspect: string): boolean {
  return sets.has(aspect);
}

/** Learns a run that is over. What was odd is learned with less weight, and once a day. */
export function learnRun(known: Known, common: Common, run: OpenRun, kind: SubjectKind, now: number): void {
  const profile = profileOf(kind);
  const facts: readonly Fact[] = run.facts;
  const odd = run.odd < trust.odd;
  const weight = learningWeight(run.odd, trust) * (odd && known.oddDay === today(now) ? again : 1);
  if (odd) known.oddDay = today(now);
  // A run on a branch that does not have the change yet says nothing of it.
  if (run.changes.size > 0) adoptFacts(profile, known.facts, facts.filter(({ aspect }) => aspects.get(aspect)?.defined === true));
  if (run.changes.size > 0) known.settled = Math.max(known.settled, run.explained);
  learnProfile(profile, known.facts, facts, now, weight);
  const hours = common.hours.get(kind);
  if (hours !== undefined && facts.some(({ aspect }) => aspect === 'hour')) learnHour(hours, now, { halfLife }, weight);
  const steps = run.facts.find(({ aspect }) => aspect === 'steps');
  if (steps !== undefined && !odd) known.names = steps.texts.slice(0, mostNames).map((name) => name.slice(0, 80));
  known.count += 1;
  known.over.push(run.id);
  while (known.over.length > mostOver) known.over.shift();
  const at = known.runs.indexOf(run);
  if (at >= 0) known.runs.splice(at, 1);
}

/** The run that has been open longest, where there are too many: it is taken to be over. */
export function overdueRun(known: Known): OpenRun | undefined {
  return known.runs.length > mostRuns ? known.runs[0] : undefined;
}

/** True where something among the reasons has not been told lately. */
export function isNews(known: Known, reasons: readonly Reason[], now: number): boolean {
  const hours = hoursAt(now);
  return reasons.some(({ mark }) => !known.told.some(([told, at]) => told === mark && hours - at < silence));
}

export function rememberTold(known: Known, reasons: readonly Reason[], now: number): void {
  for (const { mark } of reasons) known.told.push([mark, hoursAt(now)]);
  while (known.told.length > mostToldReasons) known.told.shift();
}
