import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { evaluations as evaluationFiles } from '#generated/registry.ts';
import { driftOf, sharesOf } from '#learn/evaluation/surprise-drift.ts';
import type { SurpriseHistory } from '#learn/evaluation/surprise-drift.ts';
import type { EvaluatedModel, Evaluation, ModelCard, ModelDrift, ModelStatus } from '#model/model-card.ts';
import { openState } from '#store/state.ts';
import { loadModelCards } from './content.ts';
import { driftWords, historiesIn } from './drift-watch.ts';
import { entriesByTable } from './entry-parts.ts';
import { EngineError } from './errors.ts';
import { watchFolder } from './incidents.ts';
import { switchedOff } from './model-switch.ts';
import { nearest } from './nearest.ts';

/** Every model with its card, whether it is on, and what a watch saw of it. */
export async function modelStatuses(off: readonly string[], stateDir: string): Promise<readonly ModelStatus[]> {
  // Says so when the configuration names a model that is gone.
  switchedOff(off);
  const all = await allEvaluations();
  const histories = keptHistories(stateDir);
  return [...loadModelCards().values()].map((card) => ({
    card, on: !off.includes(card.id), drift: driftIn(histories, card),
    evaluations: all.filter(({ model }) => model === card.id).map(({ data, id, model, title }) => ({ id, model, title, data })),
  }));
}

export async function modelStatus(id: string, off: readonly string[], stateDir: string): Promise<ModelStatus> {
  const statuses = await modelStatuses(off, stateDir);
  return statuses.find(({ card }) => card.id === id) ?? unknown(id, statuses.map(({ card }) => card.id));
}

/** By the id of an evaluation, or of a model that has one. */
export async function evaluateModel(id: string, folder: string): Promise<EvaluatedModel> {
  const cards = loadModelCards();
  const all = await allEvaluations();
  const own = all.filter((one) => one.id === id || (one.model === id && !all.some((other) => other.id === id)));
  const [evaluation, ...others] = own;
  if (evaluation === undefined) return unknown(id, [...cards.keys()]);
  if (others.length > 0) throw new EngineError('model-unknown', `the model ${id} is evaluated in ${own.length} ways; name one: ${own.map((one) => one.id).join(', ')}`);
  const card = cards.get(evaluation.model);
  if (card === undefined) return unknown(evaluation.model, [...cards.keys()]);
  const started = performance.now();
  const result = await evaluation.evaluate(folder);
  const { data, model, title } = evaluation;
  return { card, evaluation: { id: evaluation.id, model, title, data }, folder, result, seconds: (performance.now() - started) / 1000 };
}

async function allEvaluations(): Promise<readonly Evaluation[]> {
  return Promise.all(Object.values(evaluationFiles).map(async (load) => (await load()).default));
}

function keptHistories(stateDir: string): ReadonlyMap<string, SurpriseHistory> {
  const folder = join(watchFolder(stateDir), 'state');
  if (!existsSync(folder)) return new Map();
  const state = openState(folder, { role: 'guest' });
  try {
    return historiesIn(entriesByTable(state.checkpoint?.parts ?? new Map()));
  } finally {
    state.close();
  }
}

function driftIn(histories: ReadonlyMap<string, SurpriseHistory>, { id }: ModelCard): ModelDrift | undefined {
  const history = histories.get(id);
  if (history === undefined) return undefined;
  const drift = driftOf(history);
  return {
    band: drift.band, words: driftWords(drift),
    reliability: { title: `${id}: surprises of the newest seven days, as promised and as they came`, scale: 'log', points: sharesOf(history).map(({ judged, promised, seen }) => ({ said: promised, seen, count: judged })) },
    days: history.days.map(({ day, judged, reached }) => ({ day, judged, surprised: reached[0] ?? 0 })),
  };
}

function unknown(id: string, known: readonly string[]): never {
  const meant = nearest(id, known);
  throw new EngineError('model-unknown', `there is no model ${id}; ${meant === undefined ? '`watchward models list` names them all' : `did you mean ${meant}?`}`);
}
