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

/** "something this unusual comes about once in 50 days on host web-1, judged by 6 days of alerts; its kind came about twice before" */
function sentence({ perDay, placeName, watched, before, count }: SignalRarity): string {
  const days = watched / learningPeriod;
  const burst = count > 1 ? `, and ${count} times within minutes now` : '';
  const often = perDay < 0.8 ? `once in ${figure(1 / perDay)} days` : `${figure(perDay)} times a day`;
  return `something this unusual comes about ${often} on ${placeName}, judged by ${figure(days)} days of alerts; its kind ${before < 0.05 ? 'never came' : `came about ${timesOf(before)}`} before${burst}`;
}

/** Older ones count less, so that it is no whole number. */
function timesOf(before: number): string {
  const times = Math.max(1, Math.round(before));
  return times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`;
}

function figure(value: number): string {
  return value >= 10 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}
