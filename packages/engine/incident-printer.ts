import { incidentPage as htmlPage } from '#act/html/incident-page.ts';
import { toIncidentFinding } from '#act/incident-ocsf.ts';
import { incidentBlock } from '#act/incident-pretty.ts';
import type { IncidentView } from '#act/incident-pretty.ts';
import { incidentLanes } from '#act/plots/incident-lanes-text.ts';
import { toDetectionFinding } from '#act/signal-ocsf.ts';
import type { Event, Signal } from '#model/event.ts';
import type { Incident } from '#model/incident.ts';
import { toolIdentity } from './identity.ts';
import { signalPrinter } from './signal-printer.ts';
import type { SignalFormat } from './signal-printer.ts';

export { incidentLanes };
export type { IncidentUpdate } from '#score/incidents/correlate.ts';
export type Look = Pick<IncidentView, 'color' | 'width'>;

/** How signals and incidents are printed: for programs one OCSF finding a line, for a person text. `whole`: with everything that is known. */
export function watchPrinters(format: SignalFormat, look: Look): { signal(signal: Signal): string; incident(incident: Incident, revision: number, whole?: boolean): string } {
  const { name, version } = toolIdentity();
  const incident = (one: Incident, revision: number, whole = false): string =>
    (format === 'pretty' ? incidentBlock(one, { ...look, form: whole ? 'long' : 'short' }) : JSON.stringify(toIncidentFinding(one, revision, { name, version })));
  return { signal: signalPrinter(format), incident };
}

/** A signal as an OCSF event, for the lake. */
export function signalEvent(): (signal: Signal) => Event {
  const { name, version } = toolIdentity();
  return (signal) => toDetectionFinding(signal, { name, version });
}

export function incidentText(incident: Incident, view: IncidentView): string {
  return incidentBlock(incident, view);
}

/** One self-contained page. */
export function incidentPage(incident: Incident): string {
  const { name, version } = toolIdentity();
  return htmlPage(incident, { name, version });
}
