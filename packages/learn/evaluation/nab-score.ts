/** A labelled series, as the Numenta Anomaly Benchmark has them. */
export interface NabFile {
  /** `category/name.csv`, as the labels name it. */
  readonly name: string;
  readonly category: string;
  /** Milliseconds since the epoch; the files know no time zone. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** First and last point of each window, both inside. */
  readonly windows: readonly (readonly [number, number])[];
}

/**
 * The score of the Numenta Anomaly Benchmark (Lavin and Ahmad, 2015, section II.C, and the definitions in NAB's `nab/sweeper.py`): the earliest
 * alarm in a window earns by its place in it, every alarm outside costs, less so shortly after a window, and a window without alarm costs.
 */
export interface NabProfile {
  readonly name: string;
  readonly miss: number;
  readonly falseAlarm: number;
}

export const nabProfiles: readonly NabProfile[] = [
  { name: 'standard', miss: 1, falseAlarm: 0.11 },
  { name: 'low FP', miss: 1, falseAlarm: 0.22 },
  { name: 'low FN', miss: 2, falseAlarm: 0.11 },
];

export interface NabScore {
  readonly threshold: number;
  /** 0 for no alarm at all, 100 for an alarm at the first point of each window and none outside. */
  readonly score: number;
  readonly raw: number;
  readonly found: number;
  readonly windows: number;
  readonly falseAlarms: number;
}

interface Point {
  readonly score: number;
  /** Of a point in a window what it earns, of one outside it what it costs, both for weights of one. */
  readonly worth: number;
  /** Number of its window over all files; -1 outside. */
  readonly window: number;
}

/** The points that count, the highest score first. */
export type NabPoints = readonly Point[];

export function nabPoints(files: readonly NabFile[], scores: readonly Float64Array[]): NabPoints {
  let first = 0;
  const points = files.flatMap((file, at) => {
    const own = pointsOf(file, scores[at] as Float64Array, first);
    first += file.windows.length;
    return own;
  });
  return points.sort((a, b) => b.score - a.score);
}

/** The first 15 % of a file, of 5,000 points at most, are for learning. */
export function probationOf(length: number): number {
  return Math.min(Math.floor(0.15 * length), 0.15 * 5000);
}

function pointsOf({ windows, values }: NabFile, scores: Float64Array, first: number): Point[] {
  const points: Point[] = [];
  let at = 0;
  for (let i = 0; i < values.length; i++) {
    while (at < windows.length && i > (windows[at] as readonly [number, number])[1]) at++;
    const current = windows[at];
    const inside = current !== undefined && i >= current[0];
    const worth = inside ? worthInside(i, current) : worthAfter(i, windows[at - 1]);
    if (i >= probationOf(values.length)) points.push({ score: scores[i] as number, worth, window: inside ? first + at : -1 });
  }
  return points;
}

function worthInside(i: number, [from, to]: readonly [number, number]): number {
  return sigmoid(-(to - i + 1) / (to - from + 1)) / sigmoid(-1);
}

function worthAfter(i: number, last: readonly [number, number] | undefined): number {
  if (last === undefined) return -1;
  const position = (i - last[1]) / (last[1] - last[0]);
  return position > 3 ? -1 : sigmoid(position);
}

function sigmoid(position: number): number {
  return 2 / (1 + Math.exp(5 * position)) - 1;
}

/** The threshold that gives the best score on these files, as NAB sets it: over all files, for each profile. */
export function bestNabScore(files: readonly NabFile[], points: NabPoints, profile: NabProfile): NabScore {
  let best: NabScore | undefined;
  for (const score of walk(files, points, profile)) if (best === undefined || score.raw > best.raw) best = score;
  return best as NabScore;
}

/** An alarm is a score of the threshold or more. */
export function nabScoreAt(files: readonly NabFile[], points: NabPoints, profile: NabProfile, threshold: number): NabScore {
  let last: NabScore | undefined;
  for (const score of walk(files, points, profile)) {
    if (score.threshold < threshold) break;
    last = score;
  }
  return last as NabScore;
}

function* walk(files: readonly NabFile[], points: NabPoints, profile: NabProfile): Generator<NabScore> {
  const windows = files.reduce((sum, file) => sum + file.windows.length, 0);
  const earned = new Map<number, number>();
  let raw = -windows * profile.miss;
  let falseAlarms = 0;
  const state = (threshold: number): NabScore => ({
    threshold, raw, score: (100 * (raw + windows * profile.miss)) / Math.max(1, windows * (1 + profile.miss)), found: earned.size, windows, falseAlarms,
  });
  yield state(Infinity);
  for (let i = 0; i < points.length; i++) {
    const { score, worth, window } = points[i] as Point;
    if (window < 0) {
      raw += worth * profile.falseAlarm;
      falseAlarms++;
    } else {
      const before = earned.get(window) ?? -profile.miss;
      if (worth > before) raw += worth - before;
      earned.set(window, Math.max(worth, before));
    }
    if (score !== points[i + 1]?.score) yield state(score);
  }
}
