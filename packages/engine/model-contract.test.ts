import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { detectors } from '#generated/analysis.ts';
import { evaluations as evaluationFiles } from '#generated/registry.ts';
import { streamDetectors } from '#generated/stream-detectors.ts';
import type { StreamCases } from '#model/stream-cases.ts';
import { EvaluationError } from '#model/model-card.ts';
import type { ModelCard } from '#model/model-card.ts';
import { loadContent, loadEventContent, loadModelCards } from './content.ts';
import { runStreamCase } from './stream-cases.ts';

/** One contract over every model, its card and its evaluation (DESIGN.md, laws 2 and 12). */

const root = fileURLToPath(new URL('../../', import.meta.url));
const has = (path: string): boolean => existsSync(join(root, path));
const cards = [...loadModelCards().values()];
const evaluations = await Promise.all(Object.entries(evaluationFiles).map(async ([file, load]) => ({ file, unit: (await load()).default })));
const units = new Set([...detectors, ...streamDetectors, ...loadContent().rules, ...loadEventContent().sigma].map(({ id }) => id));

/** What the cases of a detector say of the models that it asks: `id version`. */
async function modelsOf(id: string): Promise<Set<string>> {
  const { default: cases } = (await import(new URL(`../analyze/stream-detectors/${id.split('/')[1]}.cases.ts`, import.meta.url).href)) as { default: StreamCases };
  const unit = streamDetectors.find((one) => one.id === id);
  const learned = unit === undefined ? [] : cases.fires.flatMap((item) => runStreamCase(unit, item).signals.flatMap((signal) => signal.learned ?? []));
  for (const { surprise } of learned) expect(surprise >= 0 && Number.isFinite(surprise), `${id} gives the surprise ${surprise}`).toBe(true);
  return new Set(learned.map(({ model, version }) => `${model} ${version}`));
}

/** Why a command cannot give a figure again; undefined when it can. */
function fault(command: string, { id }: ModelCard): string | undefined {
  const bench = /npm run bench -- ([a-z0-9-]+)/.exec(command)?.[1];
  if (bench !== undefined) return has(`bench/sets/${bench}.ts`) ? undefined : `there is no bench/sets/${bench}.ts`;
  const test = /npm test -- (\S+)/.exec(command)?.[1];
  if (test !== undefined) return has(test) ? undefined : `there is no ${test}`;
  const evaluated = /watchward models evaluate ([a-z0-9-]+)/.exec(command)?.[1];
  if (evaluated !== undefined) return evaluations.some(({ unit }) => unit.id === evaluated && unit.model === id) ? undefined : `${id} has no evaluation ${evaluated}`;
  return /npm run train\b/.test(command) ? undefined : 'is none of `npm run bench -- SET`, `npm run train`, `npm test -- FILE`, `watchward models evaluate ID`';
}

describe('models', () => {
  it('have a card for each file that ships and for each evaluation', () => {
    const files = readdirSync(join(root, 'content/models')).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));
    const known = new Set(cards.map(({ id }) => id));
    expect(files.filter((id) => !known.has(id))).toEqual([]);
    expect(evaluations.filter(({ unit }) => !known.has(unit.model)).map(({ file }) => file)).toEqual([]);
    expect(evaluations.filter(({ file, unit }) => unit.id !== file)).toEqual([]);
  });

  it('are named with their version by every detector that learned something, and name it in turn', async () => {
    const due = new Map(cards.map((card) => [`${card.id} ${card.version}`, card]));
    for (const { id } of streamDetectors) {
      for (const model of await modelsOf(id)) {
        const card = due.get(model);
        expect(card, `${id} speaks of the model ${model}, which no card describes`).toBeDefined();
        expect(card?.usedBy, `the card of ${model}`).toContain(id);
      }
    }
  });
});

describe.each(cards)('model $id', (card) => {
  it('is used by units that exist', () => {
    expect(card.usedBy.filter((id) => !units.has(id) && !(id.startsWith('packages/') && has(id)))).toEqual([]);
  });

  it('ships weights where it says so', () => {
    expect(has(`content/models/${card.id}.json`)).toBe(card.kind === 'shipped');
  });

  it('gives no figure without a command that gives it again', () => {
    expect(card.figures.flatMap((figure) => fault(figure.command, card) ?? [])).toEqual([]);
  });

  it('can be evaluated on data of whoever asks', () => {
    expect(evaluations.filter(({ unit }) => unit.model === card.id).length).toBeGreaterThan(0);
  });
});

describe.each(evaluations)('evaluation $file', ({ unit }) => {
  it('says what is missing when the folder does not hold its data', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'watchward-evaluation-'));
    try {
      await expect((async () => unit.evaluate(folder))()).rejects.toBeInstanceOf(EvaluationError);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
