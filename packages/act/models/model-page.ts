import { htmlText } from '#formats/html-text.ts';
import type { EvaluatedModel, ModelFigure, ModelStatus } from '#model/model-card.ts';
import { plotPage } from '../plots/plot-page.ts';
import { reliabilityFigure } from '../plots/reliability.ts';
import type { Product } from '../signal-ocsf.ts';
import { bandWords, cardValue, goalWords, valueWords } from './figure-words.ts';

const text = htmlText;

/** A card as a page of its own. */
export function modelPage({ card, drift, on }: ModelStatus, product: Product): string {
  const items = (list: readonly string[]): string => `<ul>${list.map((item) => `<li>${text(item)}</li>`).join('')}</ul>`;
  const data = card.data.map(({ licence, name, origin, use }) => `<tr><td>${text(name)}</td><td>${use}</td><td>${text(origin)}</td><td>${text(licence)}</td></tr>`).join('');
  const facts = [
    ['State', on ? 'on' : 'off'], ['Used by', card.usedBy.map((id) => `<code>${text(id)}</code>`).join(' ')], ['Limits', items(card.limits)],
    [card.kind === 'shipped' ? 'Training' : 'How it learns', text(card.training)], ['Split', text(card.split)], ['Drift', text(card.drift)], ['References', items(card.references)],
  ].map(([label, value]) => `<dt>${label}</dt><dd>${value}</dd>`).join('');
  return plotPage({
    title: `${card.id}, version ${card.version}`, about: card.title,
    sections: [
      `<div class="verdict model"><h2>What it is for</h2><p>${text(card.purpose)}</p><dl>${facts}</dl></div>`,
      ...(drift === undefined ? [] : [`<h2>In operation: ${bandWords[drift.band]}</h2><p>${text(drift.words)}.</p>${reliabilityFigure(drift.reliability)}`]),
      `<h2>Figures</h2>${figureTable(card.figures, (figure) => `<code>${text(card.figures.find((one) => one === figure)?.command ?? '')}</code>`, 'Given again by')}`,
      `<h2>Data</h2><table class="plain"><thead><tr><th scope="col">Data</th><th scope="col">Use</th><th scope="col">Origin</th><th scope="col">Licence</th></tr></thead><tbody>${data}</tbody></table>`,
    ],
  }, product);
}

/** What an evaluation gave, with its reliability plots. */
export function evaluationPage({ card, evaluation, folder, result, seconds }: EvaluatedModel, product: Product): string {
  const known = (figure: ModelFigure): string => text(cardValue(card, figure));
  return plotPage({
    title: `${card.id}, version ${card.version}`, about: `${evaluation.title}. On ${folder}, ${seconds.toFixed(1)} s.`,
    sections: [
      `<h2>Figures</h2>${figureTable(result.figures, known, 'The card says')}`,
      ...(result.notes.length === 0 ? [] : [`<h2>Notes</h2><ul>${result.notes.map((note) => `<li>${text(note)}</li>`).join('')}</ul>`]),
      ...(result.reliability ?? []).map((one) => `<h2>Reliability</h2>${reliabilityFigure(one)}`),
    ],
  }, product);
}

function figureTable(figures: readonly ModelFigure[], last: (figure: ModelFigure) => string, name: string): string {
  const rows = figures.map((figure) => `<tr><td>${text(figure.set)}</td><td>${text(figure.measure)}</td><td class="number"><b>${valueWords(figure.value)}</b></td><td>${goalWords(figure)}</td><td>${last(figure)}</td></tr>`);
  return `<table class="plain"><thead><tr><th scope="col">Data</th><th scope="col">Measure</th><th scope="col" class="number">Value</th><th scope="col">Goal</th><th scope="col">${name}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
