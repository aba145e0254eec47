import { readdirSync } from 'node:fs';
import { fitOutliers, outlierChance, outlierScores } from '#learn/outliers/outlier-model.ts';
import { averagePrecision, rankedArea } from '#learn/evaluation/ranking.ts';
import { reliabilityOfSurprises } from '#learn/evaluation/reliability.ts';
import { surpriseOf } from '#learn/behaviour/fusion.ts';
import { defineEvaluation, EvaluationError } from '#model/model-card.ts';
import { readLabelledTable, tableNames } from '../number-tables.ts';

const set = 'the folder\'s labels';

export default defineEvaluation({
  id: 'outliers',
  model: 'outliers',
  title: 'Rows of tables that people labelled as outliers or not, ranked without the labels',
  data: 'files *.npz as NumPy writes them, each with an array X of rows of numbers and an array y that is 1 for outliers and 0 for the others',
  evaluate(folder) {
    if (!readdirSync(folder).some((name) => name.endsWith('.npz'))) throw new EvaluationError(`${folder} holds no file *.npz`);
    const tables = tableNames(folder).map((name) => judged(folder, name));
    const mean = (of: (one: Ranked) => number): number => Number((100 * (tables.reduce((sum, one) => sum + of(one), 0) / tables.length)).toFixed(1));
    return {
      figures: [
        { set, measure: 'AUROC, mean over tables, %', value: mean(({ area }) => area) },
        { set, measure: 'average precision, mean over tables, %', value: mean(({ precision }) => precision) },
      ],
      notes: [`AUROC by table: ${tables.map(({ name, area }) => `${name} ${(100 * area).toFixed(1)}`).join(', ')}.`, 'A model sees each table without its labels and ranks its rows; seed 1.'],
      reliability: [reliabilityOfSurprises('outliers: surprises of rows that are none', tables.flatMap(({ ordinary }) => ordinary))],
    };
  },
});

interface Ranked {
  readonly name: string;
  readonly area: number;
  readonly precision: number;
  /** Surprises of rows that are no outliers, some of each table. */
  readonly ordinary: readonly number[];
}

const shown = 2_000;

function judged(folder: string, name: string): Ranked {
  const { table, labels, name: title } = readLabelledTable(folder, name);
  if (!labels.includes(1) || !labels.includes(0)) throw new EvaluationError(`${name} has no outliers, or nothing else: label both in its array y`);
  const model = fitOutliers(table, { seed: 1 });
  const scores = outlierScores(model, table);
  const step = Math.max(1, Math.floor(scores.length / shown));
  const ordinary = [...scores].filter((_, row) => labels[row] === 0 && row % step === 0).map((score) => surpriseOf(outlierChance(model, score)));
  return { name: title, area: rankedArea(scores, labels), precision: averagePrecision(scores, labels), ordinary };
}
