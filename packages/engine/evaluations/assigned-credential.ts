import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { logOdds, probability } from '#learn/hashed-logistic.ts';
import { ratesFrom } from '#learn/evaluation/rates.ts';
import { reliabilityOf } from '#learn/evaluation/reliability.ts';
import { defineEvaluation, EvaluationError } from '#model/model-card.ts';
import { readRows } from '../credential-rows.ts';
import { learnedModel } from '../models.ts';

const set = 'the folder\'s labels';

export default defineEvaluation({
  id: 'assigned-credential',
  model: 'assigned-credential',
  title: 'Literals that people labelled as credentials or not, by the shipped weights',
  data:
    'labels.jsonl, one object a line as CredData has them (repo, id, exact, file, lineStart, lineEnd, truth T, F or X, category, valueStart), and the files that it names',
  evaluate(folder) {
    if (!existsSync(join(folder, 'labels.jsonl'))) throw new EvaluationError(`${folder} holds no labels.jsonl`);
    const model = learnedModel('assigned-credential');
    if (model === undefined) throw new EvaluationError('this build has no model assigned-credential');
    const cases = readRows(folder).map(({ truth, features }) => ({ score: logOdds(model, features), positive: truth === 'T' }));
    if (!cases.some(({ positive }) => positive)) throw new EvaluationError(`${folder} labels no credential that the detector looks at`);
    return {
      figures: [-0.9, 0.5].flatMap((threshold) => Object.entries(ratesFrom(cases, threshold)).map(([measure, value]) => ({ set, measure: `${measure === 'f1' ? 'F1' : measure} from log-odds ${threshold}`, value: Number(value.toFixed(3)) }))),
      notes: [`${cases.length} assignments, ${cases.filter(({ positive }) => positive).length} of them credentials.`, 'Where the folder is the one that the card names for training, these figures are too good: the card has those out of fold.'],
      reliability: [reliabilityOf('assigned-credential: the chance that it gives, and how often it was one', cases.map(({ score, positive }) => ({ said: probability(score), was: positive })))],
    };
  },
});
