import { beginEpisode, burstOf, hereKey } from './episode.ts';
import { addTo, atLeastAsLarge, exposure, faded, record } from './fading.ts';
import { day, law, newHere, newKind, newPlace, rarityLimits } from './known.ts';
import type { ActiveKind, KindHere, NetworkKnown, PlaceKnown, RarityState } from './known.ts';

/** An alert as far as its rarity goes: what kind it is and where it belongs; both are names that somebody else may have chosen. */
export interface Alert {
  readonly kind: string;
  readonly place: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

export interface Rarity {
  /** Orders of magnitude by which this is rarer here than once a day, with the size of its burst; 0 for what is common. */
  readonly rare: number;
  /** What came together at the place within minutes: the sum over kinds, each as far as the others do not explain it. */
  readonly joint: number;
  /** 0 and more, for ordering alerts: what came together here and in the whole network, as far as it was watched long enough to say so. */
  readonly score: number;
  /** How many outbreaks of at least this size such a place has a day, as far as is known. */
  readonly perDay: number;
  /** Milliseconds for which alerts have been watched. */
  readonly watched: number;
  /** Earlier episodes of this kind here, the older the less. */
  readonly before: number;
  /** Alerts of the episode that goes on. */
  readonly count: number;
  /** It began an outbreak or added to one. */
  readonly adds: boolean;
  /** An outbreak goes on at the place. */
  readonly outbreak: boolean;
  /** It is the first of an outbreak: what the place had reported in the hour before. */
  readonly context: readonly ActiveKind[];
}

/** Says how rare an alert is by what was known before it, then learns it. The state is changed in place and belongs to the caller. */
export function weighAlert(state: RarityState, { kind: kindName, place: placeName, time }: Alert): Rarity {
  const { network } = state;
  if (network.since < 0) network.since = time;
  const now = Math.max(network.now, time);
  network.now = now;
  const key = hereKey(placeName, kindName);
  const [kind, here, known] = [state.kinds.get(kindName) ?? newKind(now), state.here.get(key) ?? newHere(now), state.places.get(placeName)];
  const place = known ?? newPlace(now);
  const places = state.places.size + (known === undefined ? 1 : 0);
  closeOutbreak(network, place, now);
  const before = faded(here.episodes, now, law.habit);
  const quiet = place.peak === 0;
  if (now - here.begun > law.episode) beginEpisode(state, { kind, here, place, places, now, names: { kind: kindName, place: placeName } });
  here.count++;
  const whole = here.rare + burstOf(here);
  const rare = whole < law.floor ? 0 : whole;
  const adds = charge(network, place, here, rare, now);
  const context = adds && quiet ? place.active.filter((one) => one.kind !== kindName && now - one.last <= law.outbreak) : [];
  touch(place, kindName, now);
  state.kinds.set(kindName, kind);
  state.here.set(key, here);
  state.places.set(placeName, place);
  const joint = faded(place.joint, now, law.joint);
  const watched = now - network.since;
  return {
    rare, joint, score: (joint + faded(network.joint, now, law.joint)) * (watched / (watched + law.prior)), perDay: perDay(network, place, adds ? place.peak : joint, places, now),
    watched, before, count: here.count, adds, outbreak: place.peak > 0, context,
  };
}

/** Adds what is new to what came together at the place; true when it was rare. */
function charge(network: NetworkKnown, place: PlaceKnown, here: KindHere, rare: number, now: number): boolean {
  const more = rare - here.charged;
  if (more <= 0) return false;
  here.charged = rare;
  addTo(place.joint, more, now, law.joint);
  addTo(network.joint, more, now, law.joint);
  place.peak = Math.max(place.peak, place.joint.value);
  place.last = now;
  return true;
}

/** Outbreaks are learned when they are over, each once, however large: they count by their number. */
function closeOutbreak(network: NetworkKnown, place: PlaceKnown, now: number): void {
  if (place.peak === 0 || now - place.last <= law.outbreak) return;
  record(place.past, place.peak, now, law.outbreaks);
  record(network.past, place.peak, now, law.outbreaks);
  place.peak = 0;
}

/** The place speaks for itself as far as it was watched; the others lend it a day. */
function perDay(network: NetworkKnown, place: PlaceKnown, size: number, places: number, now: number): number {
  const watched = exposure(network.since, now, law.outbreaks) / day;
  const others = (atLeastAsLarge(network.past, size, now, law.outbreaks) + 0.5) / (watched + 0.1) / places;
  return (atLeastAsLarge(place.past, size, now, law.outbreaks) + others) / (watched + 1);
}

function touch(place: PlaceKnown, kind: string, now: number): void {
  const at = place.active.findIndex((one) => one.kind === kind);
  const before = at === -1 ? undefined : place.active.splice(at, 1)[0];
  const same = before !== undefined && now - before.last <= law.outbreak;
  place.active.push({ kind, first: same ? before.first : now, last: now, count: same ? before.count + 1 : 1 });
  if (place.active.length > rarityLimits.active) place.active.shift();
}
