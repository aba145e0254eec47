import { createHash } from 'node:crypto';
import { bestNabScore, nabPoints, nabProfiles, nabScoreAt, type NabFile, type NabProfile, type NabScore } from '#learn/evaluation/nab-score.ts';
import { emptySeries, observe } from '#learn/series/series.ts';

export interface NabOutcome {
  readonly profile: NabProfile;
  /** The threshold set over all files, as NAB does. */
  readonly best: NabScore;
  /** Every file scored with the threshold that was best on the files of the other half; the mean of both halves, each by its windows. */
  readonly fixed: number;
  readonly fixedHalves: readonly [number, number];
}

/** What the detector of series says of each point: one configuration, each file from nothing, nothing of it known before. */
export function seriesAlarms(files: readonly NabFile[]): Float64Array[] {
  return files.map(({ times, values }) => {
    const series = emptySeries();
    return values.map((value, i) => observe(series, times[i] as number, value).alarm);
  });
}

export function nabOutcomes(files: readonly NabFile[], scores: readonly Float64Array[]): NabOutcome[] {
  const all = pointsOf(files, scores);
  const halves = [0, 1].map((half) => {
    const own = files.map((_, at) => at).filter((at) => halfOf(files[at] as NabFile) === half);
    const chosen = own.map((at) => files[at] as NabFile);
    return { files: chosen, points: pointsOf(chosen, own.map((at) => scores[at] as Float64Array)) };
  });
  return nabProfiles.map((profile) => {
    const apart = halves.map(({ files: own, points }, half) => {
      const other = halves[1 - half] as (typeof halves)[number];
      return nabScoreAt(own, points, profile, bestNabScore(other.files, other.points, profile).threshold);
    });
    const windows = apart.reduce((sum, score) => sum + score.windows, 0);
    return {
      profile, best: bestNabScore(files, all, profile), fixedHalves: [apart[0]?.score ?? 0, apart[1]?.score ?? 0],
      fixed: apart.reduce((sum, score) => sum + score.score * score.windows, 0) / Math.max(1, windows),
    };
  });
}

/** Categories with a threshold that was set over all files. */
export function nabCategories(files: readonly NabFile[], scores: readonly Float64Array[], { profile, best }: NabOutcome): ReadonlyMap<string, NabScore> {
  const names = [...new Set(files.map(({ category }) => category))];
  return new Map(names.map((name) => {
    const own = files.map((_, at) => at).filter((at) => files[at]?.category === name);
    const chosen = own.map((at) => files[at] as NabFile);
    return [name, nabScoreAt(chosen, pointsOf(chosen, own.map((at) => scores[at] as Float64Array)), profile, best.threshold)];
  }));
}

/** Points that say nothing are never an alarm. */
function pointsOf(files: readonly NabFile[], scores: readonly Float64Array[]): ReturnType<typeof nabPoints> {
  return nabPoints(files, scores).filter(({ score }) => score > 0);
}

/** Half of the files, by their names. */
function halfOf({ name }: NabFile): number {
  return (createHash('sha256').update(name).digest()[0] as number) & 1;
}
