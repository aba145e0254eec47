import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nabCategories, nabOutcomes, seriesAlarms, type NabOutcome } from '#engine/nab-scores.ts';
import { readNab, strictColumn } from '#engine/nab.ts';
import type { NabFile } from '#learn/evaluation/nab-score.ts';
import { emptySeries } from '#learn/series/series.ts';
import { corpus } from '../corpora.ts';
import { median } from '../measure.ts';
import { defineSet, figure, type Figure } from '../set.ts';

const goals: ReadonlyMap<string, readonly [least: number, reach: number]> = new Map([['standard', [68, 80]], ['low FP', [60, 72]], ['low FN', [73, 85]]]);
const mostMicroseconds = 10;
const mostBytes = 4096;
/** Detectors of the field whose scores of each point lie in NAB, and the figures that NAB prints for them. */
const field: readonly string[] = ['ARTime', 'numenta', 'contextOSE', 'null'];

export default defineSet({
  id: 'metrics',
  title: 'Anomalies in the 58 series of NAB by the detector of single series, one configuration, each file from nothing.',
  async run() {
    const folder = corpus('nab');
    if (folder === undefined) return 'no nab in $WATCHWARD_CORPORA';
    const files = readNab(folder);
    const alarms = seriesAlarms(files);
    const outcomes = nabOutcomes(files, alarms);
    const [standard] = outcomes;
    return {
      figures: [
        ...outcomes.map(scoreFigure),
        ...outcomes.map(({ profile, fixed, fixedHalves }) => figure(`NAB ${profile.name}, threshold from the other half of the files`, `${fixed.toFixed(1)} (${fixedHalves.map((one) => one.toFixed(1)).join(' and ')})`)),
        ...costFigures(files),
        ...(standard === undefined ? [] : categoryFigures(files, alarms, standard)),
        ...field.flatMap((name) => fieldFigures(folder, name, files)),
      ],
      notes: [
        'The scorer is ours, after the definitions in NAB; that it is right is shown by the figures of other detectors, made anew from their scores of each point and printed beside what NAB publishes.',
        'Nothing of a file is known before it comes: unlike detectors that NAB hands the least and greatest value of the whole file.',
        'The two halves: the lowest bit of the first byte of sha256(name of the file).',
        'All of NAB was seen while the detector was written: widths and number of cells, half-life and quiet time were chosen by its scores. Twice or half of each moves the standard score by up to five points, so that much of it may be luck; only the threshold is held out in the halves.',
      ],
    };
  },
});

function scoreFigure({ profile, best }: NabOutcome): Figure {
  const [least, reach] = goals.get(profile.name) ?? [0, 0];
  return figure(`NAB ${profile.name}`, `${best.score.toFixed(1)}: ${best.found} of ${best.windows} windows, ${best.falseAlarms} false alarms`, `at least ${least}, reach for ${reach}`, best.score >= least);
}

function costFigures(files: readonly NabFile[]): Figure[] {
  const points = files.reduce((sum, { values }) => sum + values.length, 0);
  const passes = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage();
    seriesAlarms(files);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / points;
  });
  const bytes = bytesOf(emptySeries());
  return [
    figure('microseconds of processor time a point', median(passes).toFixed(1), `about ${mostMicroseconds}`, median(passes) <= mostMicroseconds),
    figure('bytes a series', String(bytes), `at most ${mostBytes}`, bytes <= mostBytes),
  ];
}

/** Of plain data: typed arrays by their length, eight for everything else. */
function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return typeof value === 'object' && value !== null ? Object.values(value).reduce<number>((sum, one) => sum + bytesOf(one), 0) : 8;
}

function categoryFigures(files: readonly NabFile[], alarms: readonly Float64Array[], outcome: NabOutcome): Figure[] {
  return [...nabCategories(files, alarms, outcome)].map(([name, { score, found, windows, falseAlarms }]) =>
    figure(`standard, ${name}`, windows === 0 ? `${falseAlarms} false alarms` : `${score.toFixed(1)}: ${found} of ${windows} windows, ${falseAlarms} false alarms`));
}

function fieldFigures(folder: string, name: string, files: readonly NabFile[]): Figure[] {
  const paths = files.map((file) => join(folder, 'results', name, file.category, `${name}_${file.name.slice(file.category.length + 1)}`));
  const printed = join(folder, 'results/final_results.json');
  if (![...paths, printed].every((path) => existsSync(path))) return [];
  const scores = paths.map((path) => Float64Array.from(strictColumn(readFileSync(path, 'utf8'), 'anomaly_score'), Number));
  const ours = nabOutcomes(files, scores);
  const theirs = (JSON.parse(readFileSync(printed, 'utf8')) as Record<string, Record<string, number>>)[name] ?? {};
  const published = ['standard', 'reward_low_FP_rate', 'reward_low_FN_rate'].map((profile) => theirs[profile]?.toFixed(1) ?? '?');
  return [figure(`${name}: standard, low FP, low FN`, ours.map(({ best }) => best.score.toFixed(1)).join(', '), `published ${published.join(', ')}`)];
}
