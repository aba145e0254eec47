import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { reliabilityOfSurprises } from '#learn/evaluation/reliability.ts';
import type { NabFile } from '#learn/evaluation/nab-score.ts';
import { emptySeries, observe } from '#learn/series/series.ts';
import { defineEvaluation, EvaluationError, type ModelFigure } from '#model/model-card.ts';
import { readNab } from '../nab.ts';
import { nabCategories, nabOutcomes, seriesAlarms } from '../nab-scores.ts';

const set = 'the folder\'s labels';
const goals: ReadonlyMap<string, number> = new Map([['standard', 68], ['low FP', 60], ['low FN', 73]]);

export default defineEvaluation({
  id: 'metric-series',
  model: 'metric-series',
  title: 'Anomalies in single series, by the score of the Numenta Anomaly Benchmark',
  data: 'data/CATEGORY/NAME.csv with the columns timestamp and value, and labels/combined_windows.json that names each file and its windows, as NAB has them',
  evaluate(folder) {
    if (!existsSync(join(folder, 'labels/combined_windows.json'))) throw new EvaluationError(`${folder} holds no labels/combined_windows.json`);
    const files = readNab(folder);
    if (!files.some(({ windows }) => windows.length > 0)) throw new EvaluationError(`${folder} labels no window`);
    const alarms = seriesAlarms(files);
    const outcomes = nabOutcomes(files, alarms);
    const [standard] = outcomes;
    const categories = standard === undefined ? [] : [...nabCategories(files, alarms, standard)];
    return {
      figures: [
        ...outcomes.flatMap(({ profile: { name }, best }): ModelFigure[] => [
          { set, measure: `NAB ${name}`, value: rounded(best.score), ...(goals.has(name) ? { goal: goals.get(name) ?? 0 } : {}) },
          { set, measure: `NAB ${name}, windows found, %`, value: rounded((100 * best.found) / best.windows) },
          { set, measure: `NAB ${name}, false alarms`, value: best.falseAlarms, better: 'lower' },
        ]),
        ...outcomes.map(({ profile: { name }, fixed }) => ({ set, measure: `NAB ${name}, threshold from the other half of the files`, value: rounded(fixed) })),
      ],
      notes: [
        ...outcomes.map(({ profile: { name }, fixedHalves: [first, second] }) => `${name}, threshold from the other half: ${first.toFixed(1)} and ${second.toFixed(1)}.`),
        ...categories.map(([name, { score, found, windows, falseAlarms }]) => `standard, ${name}: ${windows === 0 ? '' : `${score.toFixed(1)}, ${found} of ${windows} windows, `}${falseAlarms} false alarm${falseAlarms === 1 ? '' : 's'}.`),
        'The scorer is ours, after the definitions in NAB. Nothing of a file is known before it comes. Halves: the lowest bit of the first byte of sha256(name of the file).',
      ],
      reliability: [reliabilityOfSurprises('metric-series: surprises of points outside windows, over the last half of each file', files.flatMap(surprises))],
    };
  },
});

function rounded(value: number): number {
  return Number(value.toFixed(1));
}

/** Of a file's last half, where it has learned; what lies in a window may be as odd as it likes. */
function surprises({ times, values, windows }: NabFile): number[] {
  const series = emptySeries();
  const all = Array.from(values, (value, i) => observe(series, times[i] ?? 0, value).surprise);
  return all.filter((_, i) => i >= all.length / 2 && !windows.some(([from, to]) => i >= from && i <= to));
}
