import { dataUses, modelKinds } from '#model/model-card.ts';
import type { CardFigure, ModelCard, ModelData } from '#model/model-card.ts';
import { between, choice, listOf, record, ShapeError, text } from './closed-shape.ts';
import type { Decoder } from './closed-shape.ts';
import { parseYaml, YamlError, yamlMistake } from './yaml.ts';

export type ModelCardResult = { readonly card: ModelCard } | { readonly error: string };

const most = { data: 30, figures: 200, limits: 40, words: 4_000 };

/** Text that says something, without the line break that YAML leaves at the end of a block. */
const words: Decoder<string> = (value, at) => text(most.words, /\S/)(value, at).trim();
const data: Decoder<ModelData> = record({ name: words, origin: words, licence: words, use: choice(dataUses) });
const value = between(-Number.MAX_VALUE, Number.MAX_VALUE);
const figure: Decoder<CardFigure> = record({ set: words, measure: words, value, command: words }, { goal: value, better: choice(['higher', 'lower'] as const) });

const shape = record({
  version: text(40, /^[\w.-]+$/), title: words, kind: choice(modelKinds), purpose: words, usedBy: listOf(text(120, /^[a-z]+\/[a-z0-9/.-]+$/), 100), data: listOf(data, most.data), split: words,
  figures: listOf(figure, most.figures), limits: listOf(words, most.limits), training: words, drift: words, references: listOf(words, 40),
});

/** Reads a card; the first mistake is named by its place. */
export function parseModelCard(id: string, yaml: string): ModelCardResult {
  try {
    const card: ModelCard = { id, ...shape(parseYaml(yaml), '') };
    return { card: checked(card) };
  } catch (error) {
    if (error instanceof YamlError) return { error: yamlMistake(error) };
    if (error instanceof ShapeError) return { error: error.message };
    throw error;
  }
}

function checked(card: ModelCard): ModelCard {
  for (const name of ['usedBy', 'data', 'figures', 'limits'] as const) if (card[name].length === 0) throw new ShapeError(name, 'must have an entry');
  const sets = new Set(card.data.map((one) => one.name));
  card.figures.forEach(({ set }, at) => {
    if (!sets.has(set)) throw new ShapeError(`figures[${at}].set`, `must be a name that stands in \`data\`: ${[...sets].join(', ')}`);
  });
  if (card.kind === 'shipped' && !card.data.some(({ use }) => use === 'training')) throw new ShapeError('data', 'must say what the weights were trained on (use: training)');
  return card;
}
