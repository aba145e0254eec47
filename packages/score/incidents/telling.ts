import type { Incident } from '#model/incident.ts';
import { admit, noticeInterest } from './bar.ts';
import type { BarState } from './bar.ts';
import { incidentOf, weighed } from './open-incident.ts';
import type { OpenIncident } from './open-incident.ts';

export interface IncidentUpdate {
  readonly id: string;
  /** Of a quiet update it is made when it is asked for, as it is then. */
  readonly incident: Incident;
  readonly revision: number;
  /** `quiet`: nothing that a person needs to hear again. */
  readonly change: 'new' | 'escalating' | 'ongoing' | 'regressed' | 'quiet';
  /** Incidents that became part of this one. */
  readonly absorbed: readonly string[];
  /** By how much it changes the number of incidents that people were told of, and of those that did not fit into their budget. */
  readonly tally: Tally;
  /** It did not fit into the budget, and nobody was told. */
  readonly held: boolean;
}

export interface Tally {
  readonly told: number;
  readonly held: number;
}

/** What decides who hears of an incident. */
export interface Telling {
  /** True when a person has closed the incident. */
  readonly closed: boolean;
  /** Incidents that became part of this one. */
  readonly absorbed: readonly OpenIncident[];
  readonly opened: boolean;
  /** Time of the signal. */
  readonly time: number;
  readonly bar: BarState;
  /** Incidents a day that people want to hear of; without it, all. */
  readonly budget: number | undefined;
  /** Adds to the interest: what verdicts on incidents of this kind say. */
  learned(): number;
}

/** A rise of the risk by so much is told again. */
const escalation = 8;
/** Interest of what is not known to be rare yet. */
const unknown = -0.2;
/** A risk of 10 is of interest 0: one of 100 counts like one that comes a tenth as often. */
const plainRisk = 10;

export function tell(open: OpenIncident, telling: Telling): IncidentUpdate {
  const { score, stages } = weighed(open);
  const before = open.told;
  const wasTold = before.signals > 0 && !telling.absorbed.some(({ told }) => told === before);
  const change = before.signals > 0 || telling.closed || fits(open, telling) ? changeOf(open, { score, stages, grown: telling.absorbed.length > 0, closed: telling.closed }) : 'quiet';
  const tally = tallyOf({ wasTold, isTold: change !== 'quiet' || before.signals > 0 }, telling);
  const ids = telling.absorbed.map(({ id }) => id);
  open.revision++;
  if (change === 'quiet') return quiet(open, ids, tally);
  // Several rules that know one record are no attack that goes on.
  if (change !== 'escalating' || open.last > open.first || open.state === 'regressed') open.state = change;
  open.told = { score: Math.max(score, before.score), stages: Math.max(stages, before.stages), signals: open.signals };
  return { id: open.id, incident: incidentOf(open), revision: open.revision, change, absorbed: ids, tally, held: false };
}

/** How interesting an incident is: orders of magnitude by which it is rarer than once a day where it happened, and its risk. */
export function interestOf(open: OpenIncident): number {
  return (open.oddest === undefined ? unknown : -Math.log10(open.oddest.perDay)) + Math.log10(Math.max(0.1, weighed(open).score) / plainRisk);
}

/** Asked anew only when the incident became more interesting than it was. */
function fits(open: OpenIncident, telling: Telling): boolean {
  const { bar, budget, time } = telling;
  if (budget === undefined) return true;
  const interest = interestOf(open) + telling.learned();
  if (open.interest !== undefined && interest <= open.interest + 0.01) return false;
  noticeInterest(bar, open.interest, interest, time);
  open.interest = interest;
  return admit(bar, interest, time, budget);
}

function tallyOf({ wasTold, isTold }: { readonly wasTold: boolean; readonly isTold: boolean }, { opened, absorbed }: Telling): Tally {
  const gone = absorbed.filter(({ told }) => told.signals > 0).length;
  const [told, held] = [-gone, gone - absorbed.length];
  return { told: told + Number(isTold) - Number(!opened && wasTold), held: held + Number(!isTold) - Number(!opened && !wasTold) };
}

/** Most signals change nothing that is told: the story of each would be written in vain. */
function quiet(open: OpenIncident, absorbed: readonly string[], tally: Tally): IncidentUpdate {
  let incident: Incident | undefined;
  return {
    id: open.id, revision: open.revision, change: 'quiet', absorbed, tally, held: open.told.signals === 0,
    get incident() {
      incident ??= incidentOf(open);
      return incident;
    },
  };
}

function changeOf(incident: OpenIncident, now: { readonly score: number; readonly stages: number; readonly grown: boolean; readonly closed: boolean }): IncidentUpdate['change'] {
  const { told: before, signals } = incident;
  if (now.closed) return 'regressed';
  if (before.signals === 0) return 'new';
  if (now.score >= before.score + escalation || (now.stages > before.stages && now.score > before.score) || (now.grown && now.score > before.score)) return 'escalating';
  // More of the same is told when it is ten times as much.
  return signals >= before.signals * 10 ? 'ongoing' : 'quiet';
}
