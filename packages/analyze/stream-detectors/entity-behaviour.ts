import { deedOf as clauseOf } from '#formats/ocsf-deed.ts';
import { budgetSize, judge } from '#learn/behaviour/budget.ts';
import { surpriseOf } from '#learn/behaviour/fusion.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { defineStreamDetector } from '#model/stream.ts';
import type { KeyedMemory, Observation, StreamStep, UnscoredSignal } from '#model/stream.ts';
import { peersOf, tailsOf } from '../behaviour/crowd.ts';
import { deedOf } from '../behaviour/deed.ts';
import type { Deed } from '../behaviour/deed.ts';
import { entityKey } from '../behaviour/entity-week.ts';
import { field, newEntity, Sitting } from '../behaviour/entity.ts';
import { ask } from '../behaviour/habits.ts';
import type { Answers } from '../behaviour/habits.ts';
import { bars } from '../behaviour/laws.ts';
import { severities, severityOf } from '../behaviour/severity.ts';
import { daysKnown, isSettled, judgeSitting, sit } from '../behaviour/sittings.ts';
import type { Verdict } from '../behaviour/sittings.ts';
import { sentenceOf, shown } from '../behaviour/words.ts';

const id = 'event/entity-behaviour';
const title = 'Unlike what this entity does';
const model = 'entity-behaviour';
const version = '1';
/** Entities, and what they come to: repositories and machines. */
const remembers = 60_000;
const silent: Told = { signals: [], diagnostics: [] };
const budgetKey = '\0budget';
/** What the budget grants for a sitting of each entity that is known: twice what ordinary chance brings. */
const share = 2 * bars.told;
/** A sitting is told again when it has become so much odder. */
const muchOdder = 0.1;

/** Users, services and roles that act unlike themselves and their peers: one signal for a sitting, fused from all that is odd about it. */
export default defineStreamDetector({
  id: 'event/entity-behaviour', title, severity: 'medium', confidence: 'medium',
  consequence: 'Somebody else may be using this identity, or somebody is using it for what it was not given for.',
  remediation: 'Ask whom the identity belongs to whether it was them; if not, end its sessions, replace its credentials, and look at what else it did in these hours.',
  references: ['https://attack.mitre.org/techniques/T1078/'],
  initial: null,
  heavy: true,
  remembers,
  // The event is built when it is asked for: to take it out of the observation first would build all of them.
  wants: (observation) => observation.logsource.category === undefined && isAboutPeople(observation.event.class_uid),
  step(state: null, observation, _now, memory: KeyedMemory<Float32Array>) {
    const deed = deedOf(observation.event);
    if (deed === undefined) return { state, ...silent, judged: [] };
    return { state, ...watch(observation, deed, memory) };
  },
});

/** Identity and application activity: who did what. */
function isAboutPeople(uid: number): boolean {
  return (uid >= 3001 && uid <= 3006) || uid === 6001 || uid === 6002 || uid === 6003 || uid === 6005;
}

interface Told {
  readonly signals: readonly UnscoredSignal[];
  readonly diagnostics: readonly Diagnostic[];
}

type Said = Told & Required<Pick<StreamStep<null>, 'judged'>>;

function watch(observation: Observation, deed: Deed, memory: KeyedMemory<Float32Array>): Said {
  const now = observation.time;
  const key = entityKey(deed.kind, deed.name);
  const entity = memory.get(key) ?? newEntity();
  const sitting = new Sitting(entity);
  const tails = tailsOf(memory, deed.kind, daysKnown(entity, now));
  const surprise = sit(memory, entity, sitting, tails, now);
  // A sitting is judged once, when it is over.
  const judged = surprise === undefined ? [] : [{ model, surprise }];
  const settled = isSettled(entity, now);
  const answers = ask({ memory, entity, sitting, tails, now, settled }, deed);
  memory.set(key, entity);
  tails.keep();
  if (answers.news.length === 0 && deed.danger === undefined) return { ...silent, judged };
  const verdict = judgeSitting(entity, sitting, tails);
  if (!settled || verdict.chance > bars.told || verdict.reasons.length === 0) return { ...silent, judged };
  const severity = severityOf(verdict, deed.danger !== undefined);
  if (!isNews(entity, verdict, severity)) return { ...silent, judged };
  return { ...tell({ observation, deed, entity, sitting, answers, verdict, severity }, memory), judged };
}

/** Told once for a sitting, and again when it has become much odder or weighs more. */
function isNews(entity: Float32Array, { chance }: Verdict, severity: number): boolean {
  return entity[field.told] === 1 || severity > (entity[field.severity] as number) || chance <= (entity[field.told] as number) * muchOdder;
}

interface Case {
  readonly observation: Observation;
  readonly deed: Deed;
  readonly entity: Float32Array;
  readonly sitting: Sitting;
  readonly answers: Answers;
  readonly verdict: Verdict;
  readonly severity: number;
}

function tell(found: Case, memory: KeyedMemory<Float32Array>): Told {
  const { entity, verdict, severity, observation } = found;
  const budget = memory.get(budgetKey) ?? new Float32Array(budgetSize);
  const judgement = judge(budget, verdict.chance, observation.time, { bar: bars.told, aDay: share * memory.size });
  memory.set(budgetKey, budget);
  const diagnostics = judgement.turned === 'raised' ? [raised(judgement.bar)] : [];
  if (!judgement.tells) return { signals: [], diagnostics };
  entity[field.told] = verdict.chance;
  entity[field.severity] = severity;
  return { signals: [signalOf(found, memory)], diagnostics };
}

function raised(bar: number): Diagnostic {
  return { code: 'budget-raised', rule: id, message: `detector ${id} found more that is odd than it may tell in a day, and tells from now on only what is odder than once in ${Math.round(1 / bar)} sittings` };
}

function signalOf({ observation, deed, entity, sitting, answers, verdict, severity }: Case, memory: KeyedMemory<Float32Array>): UnscoredSignal {
  const tale = { deed, entity, sitting, peers: peersOf(memory, entity), travel: answers.travel, days: daysKnown(entity, observation.time), time: observation.time, firsts: answers.firsts };
  const danger = deed.danger === undefined ? '' : `; this ${deed.danger}`;
  const why = sentenceOf(tale, verdict.reasons.map(({ oddity }) => oddity));
  return {
    rule: id, title, severity: severities[severity] ?? 'low', confidence: severity >= 2 ? 'medium' : 'low',
    message: `${title}: ${why}${danger} (${shown(deed.kind)} ${shown(deed.name)}: ${clauseOf(observation.event)}; once in ${Math.round(1 / verdict.chance)} of its like)`,
    time: observation.time, techniques: ['T1078'], tactics: ['initial-access'], evidence: [], events: [observation.event],
    references: ['https://attack.mitre.org/techniques/T1078/'],
    falsePositives: ['A new task, team, machine or journey', 'Exits of a VPN or a cloud, which make one person appear in two countries'],
    learned: { model, version, surprise: surpriseOf(verdict.chance) },
  };
}
