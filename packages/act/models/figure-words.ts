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

/** What the card gives for the same measure: on the same data, else on the data that it names. Empty where it says nothing, or several things. */
export function cardValue({ figures }: ModelCard, { measure, set }: ModelFigure): string {
  const same = figures.filter((one) => one.measure === measure);
  const exact = same.find((one) => one.set === set);
  if (exact !== undefined) return valueWords(exact.value);
  const [only] = same;
  return only === undefined || same.length > 1 ? '' : `${valueWords(only.value)} on ${only.set}`;
}

export const bandWords: Readonly<Record<ModelDrift['band'], string>> = { unknown: 'too early to say', in: 'in its band', loud: 'LOUD', quiet: 'QUIET' };

/** What stands for a model in one line: the figure with a goal that comes first, else the first. */
export function leadingFigure({ figures }: ModelCard): string {
  const figure = figures.find(({ goal }) => goal !== undefined) ?? figures[0];
  if (figure === undefined) return '';
  const goal = goalWords(figure);
  return `${figure.measure}: ${valueWords(figure.value)}${goal === '' ? '' : ` (${goal})`}, on ${figure.set}`;
}
