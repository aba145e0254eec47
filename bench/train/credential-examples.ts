import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Assignment, credentialWords, findAssignments } from '#analyze/assignments.ts';
import { buildAutomaton } from '#analyze/automaton.ts';
import { credentialFeatures } from '#analyze/credential-features.ts';
import { lineIndex } from '#analyze/line-index.ts';
import { type Example, logOdds, trainHashedLogistic, type TrainingOptions } from '#learn/hashed-logistic.ts';
import type { Document } from '#model/artifact.ts';
import type { HashedModel } from '#model/unit.ts';
import { toDocument } from '#normalize/document.ts';
import { type Label, readLabels } from '../credential-labels.ts';

/** Groups for the split; a repository lies in one of them. */
export const folds = 5;
const valueTolerance = 6;

/** One assignment that the detector looks at, with what the labellers say of it. */
export interface Row extends Example {
  readonly repo: string;
  readonly truth: Label['truth'] | 'unlabelled';
}

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

export function readRows(folder: string): Row[] {
  const automaton = buildAutomaton([...credentialWords]);
  const rows: Row[] = [];
  for (const [file, labels] of readLabels(folder)) {
    const path = file.slice(file.indexOf('/') + 1);
    const normal = toDocument({ path, bytes: readFileSync(join(folder, file)) }, (bytes) => Buffer.from(bytes).toString('latin1'));
    if ('binary' in normal) continue;
    const hits: number[] = [];
    automaton.scan(normal.document.bytes, (_, end) => hits.at(-1) !== end && hits.push(end));
    rows.push(...rowsOf(normal.document, findAssignments(normal.document, hits), labels));
  }
  return weighted(rows);
}

/** What a repository repeats counts less each time: a fixture copied a hundred times is not a hundred opinions. */
function weighted(rows: readonly Row[]): Row[] {
  const keyOf = (row: Row): string => [row.repo, row.truth, ...row.features.filter((feature) => /^(?:name|value)=/.test(feature))].join('\0');
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return rows.map((row) => ({ ...row, weight: 1 / Math.sqrt(counts.get(keyOf(row)) ?? 1) }));
}

function rowsOf(doc: Document, assignments: readonly Assignment[], labels: readonly Label[]): Row[] {
  const index = lineIndex(doc.bytes);
  return assignments.map((assignment) => {
    const { startLine, startColumn } = index.region(assignment.start, assignment.end);
    const here = labels.filter((label) => label.lineStart <= startLine && startLine <= label.lineEnd);
    const exact = here.filter((label) => label.valueStart >= 0 && Math.abs(label.valueStart - (startColumn - 1)) <= valueTolerance);
    const due = exact.length > 0 ? exact : here.filter((label) => label.valueStart < 0);
    const truth = (['T', 'X', 'F'] as const).find((kind) => due.some((label) => label.truth === kind)) ?? 'unlabelled';
    return { repo: (labels[0] as Label).repo, truth, positive: truth === 'T', weight: 1, features: credentialFeatures(doc, assignment) };
  });
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
