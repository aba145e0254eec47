/** What plots are drawn of: plain data, whoever computed it. */

/** One value of a series, with what was expected of it before it came. */
export interface SeriesPoint {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly value: number;
  /** Between these it was expected; NaN or infinite where nothing was. */
  readonly low: number;
  readonly high: number;
  /** -log10 of the chance of a value at least as odd. */
  readonly surprise: number;
  /** False where it goes on being what was odd just before, so that it is not marked again. */
  readonly news?: boolean;
}

export interface SeriesPlot {
  readonly title: string;
  /** Empty where nobody says. */
  readonly unit: string;
  readonly points: readonly SeriesPoint[];
  /** From this surprise on a point is marked, if it is news. */
  readonly marked: number;
}

export function isMarked({ news, surprise }: SeriesPoint, { marked }: Pick<SeriesPlot, 'marked'>): boolean {
  return surprise >= marked && news !== false;
}

export const hoursOfWeek = 168;

export interface WeekHour {
  /** Events of the entity in this hour. */
  readonly count: number;
  /** The chance that the entity is active in it, by what was known before the week. */
  readonly usual: number;
  /** -log10 of the chance that an active hour is at least as odd; 0 where the entity was quiet. */
  readonly surprise: number;
}

/** A week of an entity against the weeks before it. */
export interface WeekPlot {
  readonly title: string;
  /** The first hour, in milliseconds since the epoch; a whole hour. */
  readonly start: number;
  /** `hoursOfWeek` of them, one after the other. */
  readonly hours: readonly WeekHour[];
  /** Days of history that the baseline was learned from. */
  readonly days: number;
  readonly marked: number;
}
