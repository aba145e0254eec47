import type { LabelledAlert, ScenarioRun } from './alert-scenarios.ts';

const day = 86_400_000;

/**
 * What each phase of an attack has to be found by. A phase in which nothing came but kinds of alerts that their place had reported on every day before (logins, updates) gives no method
 * anything to go by but how many they were.
 */
export interface PhaseEvidence {
  /** Phases in which a kind came that its place had not reported on each day before. */
  readonly unusual: readonly string[];
  /** Phases with an alert on a line that the attacker's own doing wrote; and those of them of which such an alert is in an incident that people were told of. */
  readonly written: readonly string[];
  readonly foundByLine: readonly string[];
}

export function evidenceOf({ scenario: { alerts }, told }: ScenarioRun): PhaseEvidence {
  const members = told.flatMap((one) => one.alerts).flatMap((at) => alerts[at] ?? []);
  return { unusual: unusualPhases(alerts), written: phasesOf(alerts.filter(({ direct }) => direct)), foundByLine: phasesOf(members.filter(({ direct }) => direct)) };
}

/** Days are counted from the first alert; on the first of them nothing is everyday yet. */
function unusualPhases(alerts: readonly LabelledAlert[]): readonly string[] {
  const begin = alerts[0]?.time ?? 0;
  const known = new Map<string, Set<number>>();
  const unusual = alerts.filter(({ host, name, time }) => {
    const [key, today] = [`${host}\0${name}`, Math.floor((time - begin) / day)];
    const days = known.get(key) ?? new Set();
    known.set(key, days);
    const before = days.has(today) ? days.size - 1 : days.size;
    days.add(today);
    return today === 0 || before < today;
  });
  return phasesOf(unusual);
}

function phasesOf(alerts: readonly LabelledAlert[]): readonly string[] {
  return [...new Set(alerts.flatMap(({ phase }) => phase ?? []))];
}
