import { troubleIn } from '#analyze/log-lines/trouble.ts';
import { mineLine, templateText } from '#learn/templates/miner.ts';
import { templateOf, type TemplateEntry } from '#learn/templates/shelf.ts';
import { defineEvaluation, EvaluationError, type ModelFigure } from '#model/model-card.ts';
import { accuracy, correctTemplate, meanAccuracy, readLabelledTemplates, type Accuracy, type LabelledSystem } from '../labelled-templates.ts';

const set = 'the folder\'s labels';

export default defineEvaluation({
  id: 'log-lines',
  model: 'log-lines',
  title: 'Templates of log lines against those that people found, and words of trouble against severities',
  data: 'one folder for each system with a file *_structured.csv as loghub has them (columns Content and EventTemplate, Level where there is one), or *_structured_corrected.csv',
  evaluate(folder) {
    const systems = readLabelledTemplates(folder).filter(({ lines }) => lines.length > 0);
    if (systems.length === 0) throw new EvaluationError(`${folder} holds no folder with a file *_structured.csv that has the columns Content and EventTemplate`);
    const groupings = systems.map(mine);
    const scores = systems.map(({ lines }, at) => accuracy(lines, groupings[at]?.groups ?? [], (groupings[at]?.texts ?? []).map(correctTemplate)));
    const asTheyAre = systems.map(({ lines }, at) => accuracy(lines, groupings[at]?.groups ?? [], groupings[at]?.texts ?? []));
    const mean = meanAccuracy(scores);
    return {
      figures: [
        one('grouping accuracy, mean over systems', mean.ga, 0.95), one('parsing accuracy, mean over systems', mean.pa, 0.8),
        one('F1 of groups, mean over systems', mean.fga), one('F1 of templates, mean over systems', mean.fta),
        one('parsing accuracy where only labels are put into the normal form', meanAccuracy(asTheyAre).pa),
        ...troubleFigures(systems),
      ],
      notes: [
        ...systems.map(({ name, lines }, at) => `${name}, ${lines.length} lines: ${words(scores[at] ?? mean)}.`),
        'A template is asked for at the end of the stream, through merges; each system begins with an empty memory. Labels and templates are put into the normal form of the published corrections.',
      ],
    };
  },
});

function one(measure: string, value: number, goal?: number): ModelFigure {
  return { set, measure, value: Number(value.toFixed(3)), ...(goal === undefined ? {} : { goal }) };
}

function mine({ lines }: LabelledSystem): { readonly groups: readonly string[]; readonly texts: readonly string[] } {
  const shelf = new Map<string, TemplateEntry>();
  const keys = lines.map(({ content }) => mineLine(shelf, content).template.key);
  const templates = keys.map((key) => templateOf(shelf, key) ?? { key, tokens: [], lines: 0 });
  return { groups: templates.map(({ key }) => key), texts: templates.map(templateText) };
}

const grave = /^(?:e|f|w|err|error|fatal|failure|severe|crit|critical|alert|emerg|warn|warning)$/i;
const calm = /^(?:i|d|v|t|info|informational|notice|debug|verbose|trace)$/i;

/** Of templates that were written with a grave severity, and of those with a calm one, the share that holds a word of trouble. */
function troubleFigures(systems: readonly LabelledSystem[]): ModelFigure[] {
  const share = (level: RegExp): number => {
    const templates = new Map<string, boolean>();
    for (const { name, lines } of systems) for (const line of lines) if (level.test(line.level ?? '')) templates.set(`${name} ${line.template}`, troubleIn(line.content) !== undefined);
    return [...templates.values()].filter(Boolean).length / Math.max(1, templates.size);
  };
  return [one('templates of warnings and errors with a word of trouble', share(grave)), { ...one('templates of information with a word of trouble', share(calm)), better: 'lower' }];
}

const words = ({ ga, pa, fga, fta }: Accuracy): string => `GA ${ga.toFixed(3)}, PA ${pa.toFixed(3)}, FGA ${fga.toFixed(3)}, FTA ${fta.toFixed(3)}`;
