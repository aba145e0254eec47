import { addTo, exposure, faded } from './fading.ts';
import { day, law, onceADay, rarityLimits } from './known.ts';
import type { KindHere, KindKnown, PlaceKnown, RarityState } from './known.ts';

export interface Beginning {
  readonly kind: KindKnown;
  readonly here: KindHere;
  readonly place: PlaceKnown;
  /** Places that are known, this one included. */
  readonly places: number;
  readonly now: number;
  readonly names: { readonly kind: string; readonly place: string };
}

/** A new episode of a kind at a place: how rare it is, alone and beside what goes on here and elsewhere. Then it is learned. */
export function beginEpisode(state: RarityState, beginning: Beginning): void {
  const { kind, here, place, places, now, names } = beginning;
  if (here.count > 0) learnSize(here);
  const watched = exposure(state.network.since, now, law.habit);
  // A kind that is new here comes as often as it does elsewhere; one that is new everywhere was missed for as long as anybody watched.
  const expected = (faded(kind.episodes, now, law.habit) + 0.5) / ((watched + law.prior) * places);
  const rate = (faded(here.episodes, now, law.habit) + law.prior * expected) / (watched + law.prior);
  const alone = -Math.log10(Math.min(1, rate * day));
  const rare = Math.min(alone, explanation(state, beginning, Math.min(1, rate * law.episode)));
  for (const { kind: other, last } of place.active) if (other !== names.kind && now - last <= law.episode) follow(state, other, names.kind);
  addTo(kind.episodes, 1, now, law.habit);
  joinWave(state, kind, names, now);
  // What something else explains says little of the habits of this place.
  learn(here, alone, alone <= 0 ? 1 : Math.max(0.1, Math.min(1, rare / alone)), now);
  Object.assign(here, { begun: now, count: 0, rare, alone, charged: 0 });
}

function learn(here: KindHere, alone: number, weight: number, now: number): void {
  const today = Math.floor(now / day);
  if (here.day !== today) [here.day, here.lessons] = [today, 0];
  const room = alone <= 0 ? weight : Math.min(weight, Math.max(0, law.lessons - here.lessons));
  here.lessons += room;
  addTo(here.episodes, room, now, law.habit);
}

/**
 * How rare the kind is given what goes on. What was rare itself is told already, so that only the step from it to this kind counts; of what is
 * common the frequency is taken off. Infinite when nothing explains it.
 */
function explanation(state: RarityState, { kind, place, now, names }: Beginning, chance: number): number {
  let least = Infinity;
  for (const { kind: other, last } of place.active) {
    const known = other === names.kind || now - last > law.episode ? undefined : state.kinds.get(other);
    if (known === undefined) continue;
    const share = ((known.followers.get(names.kind) ?? 0) + chance) / (faded(known.episodes, now, law.habit) + 1);
    const alone = state.here.get(hereKey(names.place, other))?.alone ?? 0;
    least = Math.min(least, -Math.log10(Math.min(1, share)) - (alone > 0 ? onceADay : Math.min(onceADay, -alone)));
  }
  if (kind.wave === undefined || kind.wave.place === names.place || now - kind.wave.at > law.episode) return least;
  const share = (faded(kind.wide, now, law.habit) + chance) / (faded(kind.waves, now, law.habit) + 1);
  return Math.min(least, -Math.log10(Math.min(1, share)) - onceADay);
}

/** What spreads over places today is learned when the wave is over: the first one explains nothing. */
function joinWave(state: RarityState, kind: KindKnown, names: Beginning['names'], now: number): void {
  const { wave: going } = kind;
  if (going !== undefined && now - going.at <= law.episode) {
    if (!going.wide && going.place !== names.place) takeBack(state, kind, { kind: names.kind, place: going.place }, now);
    kind.wave = { place: names.place, at: now, wide: going.wide || going.place !== names.place };
    return;
  }
  if (going !== undefined) {
    addTo(kind.waves, 1, now, law.habit);
    if (going.wide) addTo(kind.wide, 1, now, law.habit);
  }
  kind.wave = { place: names.place, at: now, wide: false };
}

/** The first place of a wave could not know that others would follow. Where such waves are known it is no habit of that place and no oddity. */
function takeBack(state: RarityState, kind: KindKnown, names: Beginning['names'], now: number): void {
  const [place, here] = [state.places.get(names.place), state.here.get(hereKey(names.place, names.kind))];
  if (place === undefined || here === undefined) return;
  const usual = faded(kind.wide, now, law.habit) / (faded(kind.waves, now, law.habit) + 1);
  addTo(here.episodes, -usual * Math.min(0.9, faded(here.episodes, now, law.habit)), now, law.habit);
  const back = here.charged * usual;
  addTo(place.joint, -Math.min(back, faded(place.joint, now, law.joint)), now, law.joint);
  place.peak = Math.max(0, place.peak - back);
  state.here.set(hereKey(names.place, names.kind), here);
  state.places.set(names.place, place);
}

function follow(state: RarityState, first: string, then: string): void {
  const known = state.kinds.get(first);
  if (known === undefined || (known.followers.size >= rarityLimits.followers && !known.followers.has(then))) return;
  known.followers.set(then, (known.followers.get(then) ?? 0) + 1);
  state.kinds.set(first, known);
}

/** Sizes of bursts follow a power law: log2 of the count is geometric about its mean so far. -log10 of the chance of at least this size. */
export function burstOf({ count, size, sizes }: KindHere): number {
  const mean = (size * sizes + 1) / (sizes + 1);
  return Math.log2(count) * Math.log10((1 + mean) / mean);
}

const mostSizes = 50;

/** A storm teaches no more than a step: who floods does not make floods common. */
function learnSize(here: KindHere): void {
  const mean = (here.size * here.sizes + 1) / (here.sizes + 1);
  here.size = (here.size * here.sizes + Math.min(Math.log2(here.count), mean + 1)) / (here.sizes + 1);
  here.sizes = Math.min(here.sizes + 1, mostSizes);
}

export function hereKey(place: string, kind: string): string {
  return `${place}\0${kind}`;
}
