/** One sentence with numbers of why something is odd. */
import { clip } from '#formats/clip.ts';
import { visibleText } from '#formats/visible-text.ts';
import { markOf } from '#learn/behaviour/mark.ts';
import type { Travel } from '#learn/behaviour/places.ts';
import { isKnown, slotsSeen } from '#learn/behaviour/rarity.ts';
import { usualHours } from '#learn/behaviour/rhythm.ts';
import { usualCount } from '#learn/behaviour/volume.ts';
import type { Peers } from './crowd.ts';
import { peersWith } from './crowd.ts';
import type { Aspect, Deed } from './deed.ts';
import { aspects } from './deed.ts';
import { partOf } from './entity.ts';
import type { Oddity, Sitting } from './entity.ts';
import { volumeLaws } from './laws.ts';

export interface Tale {
  readonly deed: Deed;
  readonly entity: Float32Array;
  readonly sitting: Sitting;
  readonly peers: Peers;
  readonly travel: Travel | undefined;
  readonly days: number;
  readonly time: number;
  /** Values that the entity had never had before this event. */
  readonly firsts: readonly Aspect[];
}

const longestName = 60;
const mostReasons = 3;

export function shown(text: string): string {
  return visibleText(clip(text, longestName));
}

/** The strongest reasons, joined. */
export function sentenceOf(tale: Tale, reasons: readonly Oddity[]): string {
  const parts = reasons.slice(0, mostReasons).map((oddity) => reasonOf(tale, oddity));
  const share = shareOf(tale, reasons);
  return `${parts.join(', ')} in ${Math.round(tale.days)} days${share === undefined ? '' : `; peers ${share}`}`;
}

function reasonOf(tale: Tale, oddity: Oddity): string {
  switch (oddity) {
    case 'action': case 'resource': case 'tool': case 'host': case 'network': case 'country': return valueReason(tale, oddity);
    case 'newcomer': return `${shown(tale.deed.name)} is seldom seen at ${tale.deed.target === undefined ? 'what it touched' : shown(tale.deed.target.name)}`;
    case 'travel': return travelReason(tale.travel);
    case 'hour': return hourReason(tale);
    case 'events': return countReason(tale, 'events', 'deeds within an hour');
    case 'failures': return countReason(tale, 'failures', 'refusals in a day');
    case 'firsts': return countReason(tale, 'firsts', 'things done for the first time in a day');
  }
}

const nouns: Readonly<Record<Aspect, string>> = { action: 'action', resource: 'resource', tool: 'tool', host: 'machine', network: 'network', country: 'country' };

function valueReason({ deed, sitting, firsts, entity }: Tale, aspect: Aspect): string {
  const value = deed.values[aspect];
  const isThis = value !== undefined && markOf(`${aspect}\0${value}`) === sitting.mark(aspect);
  const often = Math.round(slotsSeen(partOf(entity, aspect)));
  if (!isThis) return `${aspect === 'action' ? 'an' : 'a'} ${nouns[aspect]} that it hardly ever had (of ${often} before)`;
  const how = firsts.includes(aspect) ? 'first' : 'rare';
  return `${how} ${nouns[aspect]} ${shown(value)}`;
}

function travelReason(travel: Travel | undefined): string {
  if (travel?.impossible !== true) return 'two places that nobody gets between in the time';
  return `${Math.round(travel.kilometres)} km from where it was ${travel.hours < 1 ? `${Math.round(travel.hours * 60)} min` : `${travel.hours.toFixed(1)} h`} before`;
}

function hourReason({ entity, time }: Tale): string {
  const hours = usualHours(partOf(entity, 'rhythm'));
  const two = (hour: number): string => String(hour).padStart(2, '0');
  const now = new Date(time).getUTCHours();
  if (hours === undefined) return `at ${two(now)} h UTC`;
  // The span of usual hours has gaps, and weekends of their own.
  return isWithin(now, hours) ? `at an hour at which it seldom does anything (${two(now)} h UTC)` : `at ${two(now)} h UTC where ${two(hours[0])}-${two(hours[1])} h is usual`;
}

/** The hour at which the span ends is no part of it; where it is that at which it begins, all are. */
function isWithin(hour: number, [from, to]: readonly [number, number]): boolean {
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

function countReason({ entity, sitting }: Tale, which: 'events' | 'failures' | 'firsts', what: string): string {
  const state = partOf(entity, which);
  const { mean } = usualCount(state, volumeLaws[which]);
  return `${Math.round(sitting.mark(which))} ${what} where ${mean.toFixed(1)} are usual`;
}

/** How many peers have what is odd, of the first reason that is a value. */
function shareOf({ deed, peers, entity }: Tale, reasons: readonly Oddity[]): string | undefined {
  if (peers.count < 5) return undefined;
  for (const oddity of reasons) {
    const aspect = aspects.find((one) => one === oddity);
    const value = aspect === undefined ? undefined : deed.values[aspect];
    if (aspect === undefined || value === undefined) continue;
    const mark = markOf(`${aspect}\0${value}`);
    // It has learned the value itself by now.
    const others = Math.max(0, peersWith(peers, mark) - (isKnown(partOf(entity, aspect), mark) ? 1 : 0));
    return `${((100 * others) / peers.count).toFixed(1)} %`;
  }
  return undefined;
}
