import { law } from '#learn/alert-rarity/known.ts';
import type { KeyedMemory } from '#model/stream.ts';
import { limits } from './open-incident.ts';
import type { OpenIncident } from './open-incident.ts';
import { learningPeriod } from './signal-rarity.ts';
import type { SignalRarity } from './signal-rarity.ts';

export interface OutbreakLink {
  /** Id of the incident. */
  readonly incident: string;
  readonly link: number;
  readonly why: string;
}

interface Outbreaks {
  readonly incidents: KeyedMemory<OpenIncident>;
  readonly outbreaks: KeyedMemory<string>;
}

/** Rare things at one place within an hour are one outbreak: by chance they would be days apart. */
const outbreakWeight = 0.9;

/** The incident that broke out at the place of a signal, while it goes on. */
export function outbreakLink({ incidents, outbreaks }: Outbreaks, rarity: SignalRarity, time: number): OutbreakLink | undefined {
  if (!rarity.ofPlace) return undefined;
  const incident = outbreaks.get(rarity.place);
  const known = incident === undefined ? undefined : incidents.get(incident)?.outbreak;
  if (incident === undefined || known === undefined || Math.abs(time - known.last) > law.outbreak) return undefined;
  return { incident, link: outbreakWeight, why: `the same outbreak on ${rarity.placeName}` };
}

/** What a rare signal says of its incident: where it broke out, how odd that is there, and what went before. */
export function addOddity({ outbreaks }: Outbreaks, incident: OpenIncident, rarity: SignalRarity, time: number): void {
  if (!rarity.adds) return;
  if (rarity.ofPlace) {
    incident.outbreak = incident.outbreak?.place === rarity.place ? { place: rarity.place, last: Math.max(time, incident.outbreak.last) } : { place: rarity.place, last: time };
    outbreaks.set(rarity.place, incident.id);
  }
  addContext(incident, rarity);
  if (rarity.watched < learningPeriod || (incident.oddest !== undefined && incident.oddest.perDay <= rarity.perDay)) return;
  incident.oddest = { perDay: rarity.perDay, detail: sentence(rarity) };
  incident.weight = undefined;
}

function addContext(incident: OpenIncident, { context, placeName }: SignalRarity): void {
  if (context.length === 0) return;
  const before = context.map(({ kind, first, last, count }) => ({ title: kind.split('\n').at(-1) ?? kind, place: placeName, first, last, count }));
  incident.context = [...incident.context, ...before].slice(0, limits.context);
}

/** "host web-1 has something this unusual once in 50 days, judged by 6 days of alerts; this kind came 1.2 times before" */
function sentence({ perDay, placeName, watched, before, count }: SignalRarity): string {
  const days = watched / learningPeriod;
  const burst = count > 1 ? `, and ${count} times within minutes now` : '';
  const often = perDay < 0.8 ? `once in ${figure(1 / perDay)} days` : `${figure(perDay)} times a day`;
  return `${placeName} has something this unusual ${often}, judged by ${figure(days)} days of alerts; this kind ${before < 0.05 ? 'never came' : `came ${figure(before)} times`} before${burst}`;
}

function figure(value: number): string {
  return value >= 10 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}
