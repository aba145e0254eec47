import type { EvaluatedModel, ModelFigure, ModelStatus } from '#model/model-card.ts';
import { isReached } from '#model/model-card.ts';
import { say } from '../incident-words.ts';
import { reliabilityText } from '../plots/reliability.ts';
import { columns, wrapTo } from '../pretty/layout.ts';
import { makePen } from '../pretty/pen.ts';
import type { Pen } from '../pretty/pen.ts';
import { bandWords, cardValue, goalWords, leadingFigure, valueWords } from './figure-words.ts';

export interface Look {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Three or four lines for each model. */
export function modelList(models: readonly ModelStatus[], look: Look): string {
  const [pen, room] = tools(look);
  return models.map(({ card, drift, on }) => lines([
    `${on ? pen.good('on ') : pen.alarm('off')}  ${pen.bold(card.id)} ${card.version}, ${card.kind === 'shipped' ? 'shipped with weights' : 'learns from the stream'}`,
    ...paragraph(card.title, room, 5),
    ...row('used by', card.usedBy.join(', '), pen, room),
    ...row('worth', leadingFigure(card), pen, room),
    ...(drift === undefined ? [] : row('drift', `${bandWords[drift.band]}: ${drift.words}`, drift.band === 'loud' || drift.band === 'quiet' ? { ...pen, dim: pen.alarm } : pen, room)),
  ])).join('\n');
}

/** The whole card for a person at a terminal. */
export function modelCard({ card, drift, evaluations, on }: ModelStatus, look: Look): string {
  const [pen, room] = tools(look);
  const section = (title: string, body: readonly string[]): string[] => ['', pen.bold(title), ...body];
  const list = (items: readonly string[]): string[] => items.flatMap((item) => row('·', item, pen, room, 4, 10));
  return lines([
    `${pen.bold(card.id)} ${card.version}  ${on ? pen.good('on') : pen.alarm('off')}`,
    ...paragraph(card.title, room, 0),
    ...section('Purpose', paragraph(card.purpose, room)),
    ...section('Used by', list(card.usedBy)),
    ...section('Data', card.data.flatMap(({ licence, name, origin, use }) => [...row(use, name, pen, room, 12), ...row('', origin, pen, room, 12), ...row('', `licence: ${licence}`, pen, room, 12)])),
    ...section('Split', paragraph(card.split, room)),
    ...section('Figures', figureLines(card.figures, pen, room, (figure) => goalWords(figure))),
    ...section('Given again by', list([...new Set(card.figures.map(({ command }) => command))])),
    ...section('Limits', list(card.limits)),
    ...section(card.kind === 'shipped' ? 'Training' : 'How it learns', paragraph(card.training, room)),
    ...section('Drift', [...paragraph(card.drift, room), ...(drift === undefined ? [] : paragraph(`Now ${bandWords[drift.band]}: ${drift.words}.`, room))]),
    ...(drift === undefined ? [] : ['', ...reliabilityText(drift.reliability, look).trimEnd().split('\n')]),
    ...section('Evaluate it on data of your own', evaluations.flatMap(({ data, id }) => [...row('', `watchward models evaluate ${id} --data DIR`, pen, room), ...row('DIR', data, pen, room, 6)])),
    ...(card.references.length === 0 ? [] : section('References', list(card.references))),
  ]);
}

export function evaluationText({ card, evaluation, folder, result, seconds }: EvaluatedModel, look: Look): string {
  const [pen, room] = tools(look);
  const compared = (figure: ModelFigure): string => {
    const known = cardValue(card, figure);
    return [goalWords(figure), known === '' ? '' : `the card says ${known}`].filter((part) => part !== '').join('; ');
  };
  return lines([
    `${pen.bold(card.id)} ${card.version}: ${evaluation.title}`,
    pen.dim(`on ${say(folder, 200)}, ${seconds.toFixed(1)} s`),
    '',
    ...figureLines(result.figures, pen, room, compared),
    ...(result.notes.length === 0 ? [] : ['', ...result.notes.flatMap((note) => row('·', note, pen, room, 4))]),
    ...(result.reliability ?? []).flatMap((one) => ['', ...reliabilityText(one, look).trimEnd().split('\n')]),
  ]);
}

/** Grouped by data; values stand below one another. */
function figureLines(figures: readonly ModelFigure[], pen: Pen, room: number, remark: (figure: ModelFigure) => string): string[] {
  const places = figures.reduce((most, { value }) => Math.max(most, decimalsOf(value)), 0);
  const wide = Math.min(room - 34, figures.reduce((most, { measure }) => Math.max(most, columns(measure)), 0));
  return [...Map.groupBy(figures, ({ set }) => set)].flatMap(([set, own]) => [
    ...paragraph(`${set}`, room).map(pen.dim),
    ...own.flatMap((figure) => {
      const [first = '', ...rest] = wrapTo(say(figure.measure, 200), wide, 3);
      const note = remark(figure);
      const missed = isReached(figure) === false;
      return [`    ${first}${' '.repeat(Math.max(1, wide - columns(first) + 2))}${pen.bold(aligned(figure.value, places))}${note === '' ? '' : `  ${missed ? pen.alarm(note) : pen.dim(note)}`}`, ...rest.map((line) => `    ${line}`)];
    }),
  ]);
}

function decimalsOf(value: number): number {
  const words = valueWords(value);
  return words.includes('.') ? words.length - words.indexOf('.') : 0;
}

/** Decimal points stand below one another. */
function aligned(value: number, places: number): string {
  return `${valueWords(value)}${' '.repeat(places - decimalsOf(value))}`.padStart(8 + places);
}

function tools({ color, width }: Look): readonly [Pen, number] {
  return [makePen(color), Math.max(50, Math.min(width, 120))];
}

function paragraph(text: string, room: number, indent = 2): string[] {
  return wrapTo(say(text, 4_000), room - indent, 40).map((line) => ' '.repeat(indent) + line);
}

function row(label: string, text: string, pen: Pen, room: number, indent = 9, limit = 20): string[] {
  const lead = label === '·' ? '·' : label;
  return wrapTo(say(text, 2_000), room - indent - 5, limit).map((line, at) => `  ${pen.dim((at === 0 ? lead : '').padEnd(indent))} ${line}`);
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
