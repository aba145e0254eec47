import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOdd, judgeSequence, learnSequences, limits } from '#learn/sequences/model.ts';
import { defineEvaluation, EvaluationError, type ModelFigure } from '#model/model-card.ts';

const mostSequences = 200_000;

export default defineEvaluation({
  id: 'action-sequences',
  model: 'action-sequences',
  title: 'Labelled sequences of events, judged by what normal ones taught',
  data: 'files NAME_train, NAME_test_normal and NAME_test_abnormal, one sequence a line: an id, a comma, and events with blanks between them',
  evaluate(folder) {
    const names = readdirSync(folder).filter((name) => name.endsWith('_train')).map((name) => name.slice(0, -'_train'.length)).sort();
    if (names.length === 0) throw new EvaluationError(`${folder} holds no file that ends with _train`);
    const judged = names.map((name) => ({ name, ...judge(folder, name) }));
    return {
      figures: judged.flatMap(({ name, figures }) => figures.map(([measure, value]): ModelFigure => ({ set: name, measure, value: Number(value.toFixed(4)) }))),
      notes: judged.map(({ name, note }) => `${name}: ${note}`),
    };
  },
});

function judge(folder: string, name: string): { readonly figures: readonly (readonly [string, number])[]; readonly note: string } {
  const [training = [], normal = [], abnormal = []] = ['train', 'test_normal', 'test_abnormal'].map((part) => read(join(folder, `${name}_${part}`)));
  if (training.length === 0 || normal.length === 0 || abnormal.length === 0) throw new EvaluationError(`${join(folder, name)}_train, _test_normal or _test_abnormal holds no sequence`);
  const model = learnSequences(training);
  const odd = (sequence: readonly string[]): boolean => isOdd(model, judgeSequence(model, sequence));
  const hits = abnormal.filter(odd).length;
  const alarms = normal.filter(odd).length;
  return {
    figures: [
      ['F1', (2 * hits) / Math.max(1, hits + alarms + abnormal.length)], ['precision', hits / Math.max(1, hits + alarms)], ['recall', hits / abnormal.length],
      ['false alarms among normal sequences', alarms / normal.length], ['false alarms that the training declares', (1 + model.unlike) / training.length],
    ],
    note: `${training.length} sequences to learn from, ${normal.length} normal and ${abnormal.length} abnormal ones to judge${model.dropped === 0 ? '' : `; ${model.dropped} parts found no room in the model`}; of a sequence the first ${limits.length} events count.`,
  };
}

function read(file: string): string[][] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new EvaluationError(`${file} cannot be read: ${String(cause)}`);
  }
  return text.split('\n').filter((line) => line.trim() !== '').slice(0, mostSequences).map((line) => line.slice(line.indexOf(',') + 1).trim().split(' '));
}
