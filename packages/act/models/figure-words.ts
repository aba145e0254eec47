import { isReached } from '#model/model-card.ts';
import type { ModelCard, ModelDrift, ModelFigure } from '#model/model-card.ts';

/** As it stands in the card, with separators where it is large. */
export function valueWords(value: number): string {
  return Math.abs(value) >= 10_000 && Number.isInteger(value) ? value.toLocaleString('en') : String(value);
}

export function goalWords(figure: ModelFigure): string {
  const { better, goal } = figure;
  if (goal === undefined) return '';
  return `at ${better === 'lower' ? 'most' : 'least'} ${valueWords(goal)}: ${isReached(figure) === true ? 'reached' : 'not reached'}`;
}

/** The card's own value of the same measure on the same data. */
export function cardValue({ figures }: ModelCard, { measure, set }: ModelFigure): number | undefined {
  return figures.find((one) => one.measure === measure && one.set === set)?.value;
}

export const bandWords: Readonly<Record<ModelDrift['band'], string>> = { unknown: 'too early to say', in: 'in its band', loud: 'LOUD', quiet: 'QUIET' };

/** What stands for a model in one line: the figure with a goal that comes first, else the first. */
export function leadingFigure({ figures }: ModelCard): string {
  const figure = figures.find(({ goal }) => goal !== undefined) ?? figures[0];
  if (figure === undefined) return '';
  const goal = goalWords(figure);
  return `${figure.measure}: ${valueWords(figure.value)}${goal === '' ? '' : ` (${goal})`}, on ${figure.set}`;
}
