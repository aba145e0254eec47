import { markdownText } from '#formats/markdown-text.ts';
import type { EvaluatedModel, ModelFigure, ModelStatus } from '#model/model-card.ts';
import { bandWords, goalWords, leadingFigure, valueWords } from './figure-words.ts';

const text = markdownText;

export function modelListMarkdown(models: readonly ModelStatus[]): string {
  const rows = models.map(({ card, drift, on }) => `| ${text(card.id)} | ${card.version} | ${on ? 'on' : 'off'} | ${card.kind} | ${text(card.title)} | ${text(leadingFigure(card))} | ${drift === undefined ? '' : bandWords[drift.band]} |`);
  return `| model | version | state | kind | answers | worth | drift |\n|---|---|---|---|---|---|---|\n${rows.join('\n')}\n`;
}

export function modelCardMarkdown({ card, drift, on }: ModelStatus): string {
  const list = (items: readonly string[]): string => items.map((item) => `- ${text(item)}`).join('\n');
  return [
    `# ${text(card.id)}, version ${card.version}`, text(card.title), `${card.kind === 'shipped' ? 'Shipped with weights' : 'Learns from the stream'}${on ? '' : '; off'}.`,
    '## Purpose', text(card.purpose), '## Used by', list(card.usedBy),
    '## Data', `| data | use | origin | licence |\n|---|---|---|---|\n${card.data.map(({ licence, name, origin, use }) => `| ${text(name)} | ${use} | ${text(origin)} | ${text(licence)} |`).join('\n')}`,
    text(card.split), '## Figures', figureTable(card.figures, (figure) => text(card.figures.find((one) => one === figure)?.command ?? ''), 'command'), '## Limits', list(card.limits),
    card.kind === 'shipped' ? '## Training' : '## How it learns', text(card.training), '## Drift', text(card.drift), ...(drift === undefined ? [] : [text(`Now ${bandWords[drift.band]}: ${drift.words}.`)]),
    ...(card.references.length === 0 ? [] : ['## References', list(card.references)]),
  ].join('\n\n').concat('\n');
}

export function evaluationMarkdown({ card, evaluation, folder, result }: EvaluatedModel): string {
  const points = (result.reliability ?? []).map((one) => `${text(one.title)}\n\n| promised | came | cases |\n|---:|---:|---:|\n${one.points.map(({ count, said, seen }) => `| ${said} | ${seen} | ${count} |`).join('\n')}`);
  return [
    `## ${text(card.id)}, version ${card.version}: ${text(evaluation.title)}`, `On ${text(folder)}.`, figureTable(result.figures, () => ''), ...(result.notes.length === 0 ? [] : [result.notes.map((note) => `- ${text(note)}`).join('\n')]), ...points,
  ].join('\n\n').concat('\n');
}

function figureTable(figures: readonly ModelFigure[], last: (figure: ModelFigure) => string, name = ''): string {
  const rows = figures.map((figure) => `| ${text(figure.set)} | ${text(figure.measure)} | ${valueWords(figure.value)} | ${goalWords(figure)} |${name === '' ? '' : ` ${last(figure)} |`}`);
  return `| data | measure | value | goal |${name === '' ? '' : ` ${name} |`}\n|---|---|---:|---|${name === '' ? '' : '---|'}\n${rows.join('\n')}`;
}
