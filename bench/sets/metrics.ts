import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import evaluation from '#engine/evaluations/metric-series.ts';
import { nabOutcomes, seriesAlarms } from '#engine/nab-scores.ts';
import { readNab, strictColumn } from '#engine/nab.ts';
import type { NabFile } from '#learn/evaluation/nab-score.ts';
import { emptySeries } from '#learn/series/series.ts';
import { corpus } from '../corpora.ts';
import { median } from '../measure.ts';
import { defineSet, evaluated, figure, type Figure } from '../set.ts';

const mostMicroseconds = 10;
const mostBytes = 4096;
/** Detectors of the field whose scores of each point lie in NAB, and the figures that NAB prints for them. */
const field: readonly string[] = ['ARTime', 'numenta', 'contextOSE', 'null'];

export default defineSet({
  id: 'metrics',
  title: 'Anomalies in the 58 series of NAB by the detector of single series, one configuration, each file from nothing. To reach for: 80, 72, 85.',
  async run() {
    const folder = corpus('nab');
    if (folder === undefined) return 'no nab in $WATCHWARD_CORPORA';
    const files = readNab(folder);
    const { figures, notes } = await evaluated(evaluation, folder);
    return {
      figures: [...figures, ...costFigures(files), ...field.flatMap((name) => fieldFigures(folder, name, files))],
      notes: [
        ...notes,
        'That the scorer is right is shown by the figures of other detectors, made anew from their scores of each point and printed beside what NAB publishes. ARTime, unlike ours, is given the least and greatest value of each whole file.',
        'All of NAB was seen while the detector was written: widths and number of cells, half-life and quiet time were chosen by its scores. Twice or half of each moves the standard score by up to five points, so that much of it may be luck; only the threshold is held out in the halves.',
      ],
    };
  },
});

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
