import { budgetSize, judge } from '#learn/behaviour/budget.ts';
import { hoursAt } from '#learn/behaviour/clock.ts';
import { surpriseOf } from '#learn/behaviour/fusion.ts';
import { mineLine } from '#learn/templates/miner.ts';
import { daysSeen, isRead } from '#learn/templates/oddness.ts';
import type { TemplateEntry } from '#learn/templates/shelf.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { defineStreamDetector } from '#model/stream.ts';
import type { Judgement, KeyedMemory, UnscoredSignal } from '#model/stream.ts';
import { programStats, remembers, shelfIn, statsOf, type Programs, type ProgramStats, type TemplateStats } from '../log-lines/known.ts';
import { isLogText, logTextOf } from '../log-lines/log-text.ts';
import { model, rule, signalOf } from '../log-lines/telling.ts';
import { troubleIn } from '../log-lines/trouble.ts';
import { judgeLine, type Oddity } from '../log-lines/verdict.ts';

interface State {
  readonly programs: Programs;
  readonly budget: Float32Array;
}

/** A line is told where so many as odd, or fewer, are due from its program in a day: one in two days, or two a day where it speaks of trouble. */
const barADay = 0.5;
const troubleADay = 2;
/** And no more often than so many of its lines. */
const barOfLines = 0.01;
const troubleOfLines = 0.03;
/** Alarms of this detector in a day that its bar may bring. */
const aDay = 8;
const leastDays = 2;
const quietHours = 1;
const templateQuietHours = 24;

/** Lines that programs write for people: kinds that are new or rare, numbers out of range, and kinds that come far more often than they did. */
export default defineStreamDetector({
  id: 'event/unusual-log-line',
  title: 'Log line unlike those before',
  severity: 'informational',
  confidence: 'low',
  consequence: 'A program does what it did not do before: it fails, was changed, or is made to do something.',
  remediation: 'Read the line with those around it; where it belongs to a change that was planned, nothing is to be done: it is told once.',
  references: ['https://attack.mitre.org/datasources/DS0015/'],
  initial: { programs: new Map(), budget: new Float32Array(budgetSize) } satisfies State as State,
  remembers,
  wants: isLogText,
  step(state: State, observation, now, memory: KeyedMemory<TemplateEntry>) {
    const line = logTextOf(observation);
    if (line === undefined) return { state, signals: [], diagnostics: [], judged: [] };
    const mined = mineLine(shelfIn(memory), line.text);
    const { template } = mined;
    const stats = statsOf(template);
    const program = programStats(state.programs, line.program);
    const oddities = judgeLine(line, mined, stats, program, now);
    const knows = isRead(program.oddness);
    const oddest = oddities.reduce((one, other) => (other.odd && other.aDay < one.aDay ? other : one));
    const signals: UnscoredSignal[] = [];
    const diagnostics: Diagnostic[] = [];
    if (knows && daysSeen(program.oddness, now) >= leastDays && oddest.aDay <= troubleADay && oddest.chance <= troubleOfLines) {
      const trouble = troubleIn(line.text);
      const bar = trouble === undefined ? barADay : troubleADay;
      const isOdd = oddest.chance <= (trouble === undefined ? barOfLines : troubleOfLines);
      const verdict = isOdd ? isDue(state, oddest, bar, stats, program, now) : silent;
      diagnostics.push(...verdict.diagnostics);
      if (verdict.tells) {
        signals.push(signalOf(observation, now, { line, template, program, oddity: oddest, trouble }));
        program.held = 0;
      }
    }
    memory.set(template.key, template);
    return { state, signals, diagnostics, judged: knows ? judgedOf(oddities) : [] };
  },
});

/** Two kinds of oddity were asked, or three: the least of their chances is as many times as likely. */
function judgedOf(oddities: readonly Oddity[]): Judgement[] {
  let least = 1;
  for (const { chance } of oddities) least = Math.min(least, chance);
  return [{ model: model.model, surprise: surpriseOf(Math.min(1, least * oddities.length)) }];
}

interface Due {
  readonly tells: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

const silent: Due = { tells: false, diagnostics: [] };

function isDue(state: State, oddity: Oddity, bar: number, stats: TemplateStats, program: ProgramStats, now: number): Due {
  if (oddity.aDay > bar) return silent;
  const hours = hoursAt(now);
  if (stats.toldHours !== 0 && hours - stats.toldHours < templateQuietHours) return silent;
  if (program.toldHours !== 0 && hours - program.toldHours < quietHours) {
    program.held += 1;
    return silent;
  }
  const { tells, turned, held } = judge(state.budget, oddity.aDay, now, { bar, aDay });
  if (tells) {
    stats.toldHours = hours;
    program.toldHours = hours;
  }
  return { tells, diagnostics: turned === undefined ? [] : [turnedDiagnostic(turned, held)] };
}

function turnedDiagnostic(turned: 'raised' | 'lowered', held: number): Diagnostic {
  const message = turned === 'raised' ? `detector ${rule} finds more odd lines than its budget of signals allows, and tells only what is odder still` : `detector ${rule} is back within its budget of signals; it held back ${held}`;
  return { code: 'model-drift', rule, message };
}
