import type { Row } from '#engine/credential-rows.ts';
import { logOdds, trainHashedLogistic, type TrainingOptions } from '#learn/hashed-logistic.ts';
import type { HashedModel } from '#model/unit.ts';

/** Groups for the split; a repository lies in one of them. */
export const folds = 5;

export const trainingOptions: TrainingOptions = { size: 1 << 17, epochs: 6, alpha: 0.1, beta: 1, l1: 0.5, l2: 1, order: shuffled };

/** The same order in every training: a linear congruential generator seeded by the epoch. */
function shuffled(epoch: number, length: number): Uint32Array {
  const order = Uint32Array.from({ length }, (_, at) => at);
  let state = 7 + epoch;
  for (let at = length - 1; at > 0; at--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (at + 1));
    [order[at], order[other]] = [order[other] as number, order[at] as number];
  }
  return order;
}

/** The fold of each repository. */
export function foldsOf(repos: Iterable<string>): Map<string, number> {
  return new Map([...new Set(repos)].sort().map((repo, at) => [repo, at % folds]));
}

/** One model for each fold, fitted on all the others. */
export function heldOutModels(rows: readonly Row[], fold: ReadonlyMap<string, number>): HashedModel[] {
  return Array.from({ length: folds }, (_, held) => trainHashedLogistic(rows.filter((row) => fold.get(row.repo) !== held), trainingOptions));
}

/** Log-odds for each row from a model that has seen nothing of its repository. */
export function outOfFold(rows: readonly Row[]): Float64Array {
  const fold = foldsOf(rows.map((row) => row.repo));
  const models = heldOutModels(rows, fold);
  return Float64Array.from(rows, (row) => logOdds(models[fold.get(row.repo) as number] as HashedModel, row.features));
}
