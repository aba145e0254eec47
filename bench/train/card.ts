import type { CardFigure } from '#model/model-card.ts';

/** The text of a card with other figures; what people wrote in it stays. */
export function withFigures(card: string, figures: readonly CardFigure[]): string {
  const block = /^figures:\n(?:(?: .*|-.*)\n)+/m;
  if (!block.test(card)) throw new Error('the card has no `figures:` to replace');
  const lines = figures.map(({ set, measure, value, command }) => `  - {set: ${quoted(set)}, measure: ${quoted(measure)}, value: ${value}, command: ${quoted(command)}}\n`);
  return card.replace(block, () => `figures:\n${lines.join('')}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
