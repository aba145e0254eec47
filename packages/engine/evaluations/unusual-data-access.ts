import { streamDetectors } from '#generated/stream-detectors.ts';
import { defineEvaluation, EvaluationError } from '#model/model-card.ts';
import { evaluateStream } from '../stream-evaluation.ts';

export default defineEvaluation({
  id: 'unusual-data-access',
  model: 'unusual-data-access',
  title: 'Records of who reads data with stretches of time that people call attacks',
  data: 'records.jsonl, one record a line as its source wrote it and in the order of time, and labels.jsonl, one {name, from, to} with ISO times for each attack in them',
  evaluate(folder) {
    const unit = streamDetectors.find(({ id }) => id === 'event/unusual-data-access');
    if (unit === undefined) throw new EvaluationError('this build has no detector event/unusual-data-access');
    return evaluateStream(unit, folder);
  },
});
