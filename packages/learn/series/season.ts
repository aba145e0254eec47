/** Level by half-hour of the day, weekdays and weekends apart: what is usual at this hour, from the series itself. */
export interface Season {
  readonly mean: Float32Array;
  /** Mean distance from the mean. */
  readonly spread: Float32Array;
  readonly seen: Uint16Array;
  /** Means are kept relative to the first value. */
  origin: number;
}

export interface Usual {
  readonly level: number;
  readonly spread: number;
  /** Observations that it rests on; 0 is none. */
  readonly seen: number;
}

const day = 86_400_000;
const half = 1_800_000;
const slots = day / half;
/** A slot follows with a time constant of so many of its own lengths, days that is. */
const follows = 8;
const mostStep = 1 / follows;
/** A slot of fewer observations borrows from the other kind of day. */
const fewest = 2;

export function emptySeason(): Season {
  return { mean: new Float32Array(2 * slots), spread: new Float32Array(2 * slots), seen: new Uint16Array(2 * slots), origin: 0 };
}

/** Between the middles of two half-hours, a mixture of both. */
export function usualAt(season: Season, time: number): Usual {
  const place = (time - Math.floor(time / day) * day) / half;
  const slot = Math.floor(place);
  const first = filled(season, time, slot);
  const seen = season.seen[first] as number;
  const away = place - slot - 0.5;
  const second = filled(season, time, (slot + (away > 0 ? 1 : slots - 1)) % slots);
  const share = season.seen[second] === 0 ? 0 : Math.abs(away);
  const mixed = (of: Float32Array): number => (of[first] as number) * (1 - share) + (of[second] as number) * share;
  return { level: season.origin + mixed(season.mean), spread: mixed(season.spread), seen };
}

/** `gap` is the time since the last observation: a slot follows by time, not by how often the series is read. */
export function learnSeason(season: Season, time: number, gap: number, value: number): void {
  const slot = Math.floor((time - Math.floor(time / day) * day) / half) + weekendOffset(time);
  const seen = Math.min((season.seen[slot] as number) + 1, 65_535);
  season.seen[slot] = seen;
  const step = Math.max(1 / seen, Math.min(mostStep, gap / (follows * half)));
  const off = value - season.origin - (season.mean[slot] as number);
  season.mean[slot] = (season.mean[slot] as number) + step * off;
  season.spread[slot] = (season.spread[slot] as number) + step * (Math.abs(off) - (season.spread[slot] as number));
}

function filled(season: Season, time: number, slot: number): number {
  const own = slot + weekendOffset(time);
  const other = slot + slots - weekendOffset(time);
  return (season.seen[own] as number) >= fewest || season.seen[other] === 0 ? own : other;
}

/** The first of January 1970 was a Thursday. */
function weekendOffset(time: number): number {
  const weekday = (((Math.floor(time / day) + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6 ? slots : 0;
}
