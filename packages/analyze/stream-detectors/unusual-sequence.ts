import { clip } from '#formats/clip.ts';
import { visibleText } from '#formats/visible-text.ts';
import { budgetSize, judge } from '#learn/behaviour/budget.ts';
import { surpriseOf } from '#learn/behaviour/fusion.ts';
import { learnPace, paceSize, perDay } from '#learn/behaviour/pace.ts';
import { tailSize } from '#learn/behaviour/tail.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { defineStreamDetector } from '#model/stream.ts';
import type { Observation, UnscoredSignal } from '#model/stream.ts';
import { actionOf, mayBeAction } from '../action-sequences/action.ts';
import { judgeAction, type JudgedAction, type Memory } from '../action-sequences/known.ts';

interface State {
  readonly all: Float32Array;
  readonly budget: Float32Array;
  readonly pace: Float32Array;
}

const rule = 'event/unusual-sequence';
const model = { model: 'action-sequences', version: '1' } as const;
/** Alarms a day that ordinary chance may bring, and the chance that no alarm is more likely than. */
const aDay = 1;
const highestBar = 1 / 1000;
const shownActions = 4;

/** Calls that follow each other as nobody's do: each is ordinary where its own rules say so, the order is not. */
export default defineStreamDetector({
  id: 'event/unusual-sequence',
  title: 'Sequence of actions that has no like',
  severity: 'low',
  confidence: 'low',
  consequence: 'Somebody may act with credentials that are not theirs, and feel their way: each call is allowed, their order is nobody\'s habit.',
  remediation: 'Ask whose work it was; where nobody knows, end the sessions of the account and replace its credentials.',
  references: ['https://attack.mitre.org/techniques/T1078/'],
  initial: { all: new Float32Array(tailSize), budget: new Float32Array(budgetSize), pace: new Float32Array(paceSize) } satisfies State as State,
  remembers: 20_000,
  wants: mayBeAction,
  step(state: State, observation, now, memory: Memory) {
    const action = actionOf(observation.event);
    if (action === undefined) return { state, signals: [], diagnostics: [], judged: [] };
    learnPace(state.pace, now);
    const judged = judgeAction(state.all, memory, action, now);
    if (!judged.ripe) return { state, signals: [], diagnostics: [], judged: [] };
    const bar = Math.min(highestBar, aDay / Math.max(1, perDay(state.pace)));
    const asked = [{ model: model.model, surprise: surpriseOf(judged.chance) }];
    if (judged.chance > bar || judged.actor.told) return { state, signals: [], diagnostics: [], judged: asked };
    const { tells, turned, held } = judge(state.budget, judged.chance, now, { bar, aDay });
    judged.actor.told ||= tells;
    return { state, signals: tells ? [signalOf(observation, action.who, judged)] : [], diagnostics: turned === undefined ? [] : [turnedDiagnostic(turned, held)], judged: asked };
  },
});

function signalOf(observation: Observation, who: string, { actor, chance, bits, seenBefore, days }: JudgedAction): UnscoredSignal {
  const shown = actor.recent.slice(-shownActions).map((action) => clip(visibleText(action), 60));
  const times = Math.round(seenBefore);
  const pair = times === 0 ? 'it never took the last step after the one before' : `it took the last step after the one before ${times} times`;
  return {
    rule, title: 'Sequence of actions that has no like', severity: 'low', confidence: 'low',
    message: `${clip(visibleText(who), 80)} did ${shown.join(', ')}: in ${Math.floor(days)} days and ${(actor.actions - 1).toLocaleString('en')} actions ${pair}. Its last ${actor.bits.length} actions together tell ${Math.round(bits)} bits; so much comes once in ${Math.round(1 / chance).toLocaleString('en')} of its stretches`,
    time: observation.time, techniques: [], tactics: [], evidence: [], events: [observation.event], references: [],
    falsePositives: ['New work of the account, or a new version of the program that uses it.'],
    learned: { ...model, surprise: surpriseOf(chance) },
  };
}

function turnedDiagnostic(turned: 'raised' | 'lowered', held: number): Diagnostic {
  const message = turned === 'raised' ? `detector ${rule} finds more odd sequences than its budget of signals allows, and tells only what is odder still` : `detector ${rule} is back within its budget of signals; it held back ${held}`;
  return { code: 'model-drift', rule, message };
}
