import type { LabelledAlert, Scenario, ScenarioRun } from './alert-scenarios.ts';

export interface ScenarioFigures {
  readonly name: string;
  readonly days: number;
  readonly phases: number;
  /** Phases of which an alert is in an incident that people were told of; and those that are told only with what went before it. */
  readonly found: readonly string[];
  readonly foundWithContext: readonly string[];
  readonly incidents: number;
  readonly real: number;
  readonly perDay: number;
  readonly held: number;
  /** Chance that an alert of the attack stands out more than another, by the labels of time and by those of lines. */
  readonly auc: number;
  readonly aucDirect: number;
}

const day = 86_400_000;

export function figuresOf(run: ScenarioRun): ScenarioFigures {
  const { scenario: { name, alerts }, scores, told, held } = run;
  const phases = new Set(alerts.flatMap(({ phase }) => phase ?? []));
  const found = new Set(told.flatMap((one) => one.alerts).flatMap((at) => alerts[at]?.phase ?? []));
  const days = daysOf(alerts);
  const real = told.filter((one) => one.alerts.some((at) => alerts[at]?.phase !== undefined)).length;
  return {
    name, days, phases: phases.size, found: [...found], foundWithContext: [...new Set([...found, ...inContext(run)])], incidents: told.length, real, perDay: told.length / days, held,
    auc: areaUnderCurve(scores, alerts.map(({ phase }) => phase !== undefined)), aucDirect: areaUnderCurve(scores, alerts.map(({ direct }) => direct)),
  };
}

/** Phases of alerts that incidents name as what went before. */
function inContext({ scenario: { alerts }, told }: ScenarioRun): string[] {
  const listed = told.flatMap(({ incident }) => incident.context ?? []);
  return alerts.flatMap(({ phase, time, name, host }) => (phase !== undefined && listed.some((one) => one.first <= time && one.last >= time && name.endsWith(one.title) && one.place === `host ${host}`) ? [phase] : []));
}

export interface GroupFigures {
  readonly incidents: number;
  readonly real: number;
  readonly perDay: number;
}

/** What is commonly done: alerts of a host that follow each other within half an hour are one incident. */
export function groupedByHost({ alerts }: Scenario): GroupFigures {
  const last = new Map<string, { time: number; real: boolean }>();
  let [incidents, real] = [0, 0];
  for (const { host, time, phase } of alerts) {
    let group = last.get(host);
    if (group === undefined || time - group.time > 30 * 60_000) {
      group = { time, real: false };
      last.set(host, group);
      incidents++;
    }
    group.time = time;
    if (phase !== undefined && !group.real) {
      group.real = true;
      real++;
    }
  }
  return { incidents, real, perDay: incidents / daysOf(alerts) };
}

/** The rarest kinds first, by how often each came on the first day. */
export function rarityByFirstDay({ alerts }: Scenario): number {
  const counts = new Map<string, number>();
  const until = (alerts[0]?.time ?? 0) + day;
  for (const { name, time } of alerts) if (time < until) counts.set(name, (counts.get(name) ?? 0) + 1);
  return areaUnderCurve(Float64Array.from(alerts, ({ name }) => -(counts.get(name) ?? 0)), alerts.map(({ phase }) => phase !== undefined));
}

export function daysOf(alerts: readonly LabelledAlert[]): number {
  return Math.max(1, Math.ceil(((alerts.at(-1)?.time ?? 0) - (alerts[0]?.time ?? 0)) / day));
}

/** Area under the ROC curve by ranks; those of equal score share theirs. */
export function areaUnderCurve(scores: Float64Array, positive: readonly boolean[]): number {
  const order = Array.from(scores.keys()).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let [rankSum, positives] = [0, 0];
  for (let from = 0; from < order.length; ) {
    let to = from;
    let here = 0;
    while (to < order.length && scores[order[to] as number] === scores[order[from] as number]) if (positive[order[to++] as number] === true) here++;
    rankSum += ((from + to + 1) / 2) * here;
    positives += here;
    from = to;
  }
  const negatives = order.length - positives;
  return positives === 0 || negatives === 0 ? 0.5 : (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
