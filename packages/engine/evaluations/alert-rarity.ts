import { defineEvaluation, EvaluationError } from '#model/model-card.ts';
import type { ModelFigure } from '#model/model-card.ts';
import { figuresOf } from '../alert-figures.ts';
import { readScenarios, runScenario } from '../alert-scenarios.ts';

/** Incidents a day. */
const budget = 8;

export default defineEvaluation({
  id: 'alert-rarity',
  model: 'alert-rarity',
  title: 'Labelled recordings of alerts, run through the desk under a budget of 8 incidents a day',
  data: 'NAME_alerts.txt, one for each recording, as the AIT alert data set has them: time, name, ip, host, short, time_label, event_label (false_positive and - for none)',
  evaluate(folder) {
    const scenarios = readScenarios(folder);
    if (scenarios.length === 0) throw new EvaluationError(`${folder} holds no file NAME_alerts.txt`);
    const figures = scenarios.flatMap((scenario): ModelFigure[] => {
      const one = figuresOf(runScenario(scenario, budget));
      return [
        { set: one.name, measure: 'phases found, of those there are', value: Number((one.found.length / Math.max(1, one.phases)).toFixed(3)), goal: 1 },
        { set: one.name, measure: 'incidents a day', value: Number(one.perDay.toFixed(2)), goal: budget, better: 'lower' },
        { set: one.name, measure: 'of them real', value: Number((one.real / Math.max(1, one.incidents)).toFixed(3)), goal: 0.25 },
        { set: one.name, measure: 'alert AUC by time', value: Number(one.auc.toFixed(4)), goal: 0.98 },
        { set: one.name, measure: 'alert AUC by line', value: Number(one.aucDirect.toFixed(4)) },
      ];
    });
    return { figures, notes: ['Each alert is judged when it comes, by what came before it; labels are read afterwards.', 'All alerts count as of low severity: the recordings have none.'] };
  },
});
