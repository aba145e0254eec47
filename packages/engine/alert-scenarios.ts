import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import importedAlert from '#analyze/stream-detectors/imported-alert.ts';
import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import type { Event, Signal } from '#model/event.ts';
import type { Incident } from '#model/incident.ts';
import { assessRisk } from '#score/risk.ts';
import { IncidentDesk } from './incident-desk.ts';
import { IncidentMemory } from './incident-memory.ts';

/** One alert of a labelled recording. */
export interface LabelledAlert {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly name: string;
  readonly address: string;
  readonly host: string;
  /** Phase of the attack that went on then; undefined for none. */
  readonly phase: string | undefined;
  /** Whether the line behind the alert is the attacker's own doing. */
  readonly direct: boolean;
}

export interface Scenario {
  readonly name: string;
  /** In the order of time. */
  readonly alerts: readonly LabelledAlert[];
}

const ending = '_alerts.txt';

/** The recordings in a folder: files `NAME_alerts.txt` with the columns time, name, ip, host, short, time_label, event_label. */
export function readScenarios(folder: string): Scenario[] {
  return readdirSync(folder).filter((name) => name.endsWith(ending)).sort().map((file) => ({ name: file.slice(0, -ending.length), alerts: alertsIn(readFileSync(join(folder, file), 'utf8')) }));
}

function alertsIn(text: string): LabelledAlert[] {
  const alerts: LabelledAlert[] = [];
  for (const line of text.split('\n').slice(1)) {
    const [time, name, address, host, , phase, label] = line.split(',');
    if (time === undefined || name === undefined || address === undefined || host === undefined || phase === undefined || label === undefined || !(Number(time) > 0)) continue;
    alerts.push({ time: Number(time) * 1000, name, address, host, phase: phase === 'false_positive' ? undefined : phase, direct: label !== '-' });
  }
  return alerts.sort((a, b) => a.time - b.time);
}

export interface ScenarioRun {
  readonly scenario: Scenario;
  /** By alert: how much it stands out, by what was known then. */
  readonly scores: Float64Array;
  /** What people were told of: the alerts of each incident, by their place in the scenario. */
  readonly told: readonly { readonly incident: Incident; readonly alerts: readonly number[] }[];
  readonly held: number;
  readonly seconds: number;
}

/** Runs a recording through the desk as if the alerts came in now. */
export function runScenario(scenario: Scenario, budget: number | undefined): ScenarioRun {
  const began = performance.now();
  const desk = new IncidentDesk(new IncidentMemory(undefined).state, budget === undefined ? {} : { budget });
  const scores = new Float64Array(scenario.alerts.length);
  const members = new Map<string, number[]>();
  const told = new Map<string, { incident: Incident }>();
  scenario.alerts.forEach((alert, at) => {
    const { update, rarity } = desk.push(signalOf(alert));
    scores[at] = rarity?.score ?? 0;
    if (update === undefined) return;
    const list = members.get(update.id) ?? [];
    members.set(update.id, list);
    for (const id of update.absorbed) {
      for (const member of members.get(id) ?? []) list.push(member);
      members.delete(id);
      if (told.delete(id)) told.set(update.id, update);
    }
    list.push(at);
    if (update.change !== 'quiet' || told.has(update.id)) told.set(update.id, update);
  });
  const shown = [...told].map(([id, { incident }]) => ({ incident, alerts: members.get(id) ?? [] }));
  return { scenario, scores, told: shown, held: members.size - shown.length, seconds: (performance.now() - began) / 1000 };
}

function signalOf(alert: LabelledAlert): Signal {
  const { signals } = importedAlert.step(null, { event: findingOf(alert), logsource: {}, time: alert.time, record: undefined }, alert.time, nothing);
  const [signal] = signals;
  if (signal === undefined) throw new RangeError('an alert gave no signal');
  return { ...signal, risk: assessRisk(signal.severity, signal.confidence, signal.evidence) };
}

const nothing = { size: 0, get: () => undefined, set: () => undefined, delete: () => undefined, entries: () => [] };

/** As the mappings of the products build it; the recording has no severity, so that all are low. */
function findingOf({ time, name, address, host }: LabelledAlert): Event {
  const [product = '', ...rest] = name.split(': ');
  const title = rest.join(': ');
  return buildEvent({
    class: ocsfClasses.detectionFinding, activity: 1, severity: 'low', time,
    metadata: { product: { name: product, vendor_name: product }, log_name: 'alerts', profiles: ['host'] },
    attributes: { message: title, finding_info: { uid: `${title}/${time}`, title }, device: { hostname: host, ip: address, type_id: 0 } },
  });
}
