/**
 * Trains the model of `secrets/assigned-credential` and writes it with its card.
 *
 *     WATCHWARD_CORPORA=... npm run train
 *
 * Examples are the assignments that the detector itself looks at, labelled by CredData. Repositories are the groups: no
 * repository is on both sides of a split. The card's figures are out of fold; the shipped weights are fitted on all groups.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Assignment, credentialWords, findAssignments } from '#analyze/assignments.ts';
import { buildAutomaton } from '#analyze/automaton.ts';
import { credentialFeatures } from '#analyze/credential-features.ts';
import { lineIndex } from '#analyze/line-index.ts';
import { type Example, logOdds, trainHashedLogistic, type TrainingOptions } from '#learn/hashed-logistic.ts';
import { encodeModel } from '#learn/model-file.ts';
import type { Document } from '#model/artifact.ts';
import { toDocument } from '#normalize/document.ts';
import { corpus } from '../corpora.ts';
import { type Label, readLabels } from '../credential-labels.ts';
import { writeCard } from './card.ts';

const folds = 5;
const valueTolerance = 6;
const version = '1';

interface Row extends Example {
  readonly repo: string;
  readonly truth: Label['truth'] | 'unlabelled';
}

function main(): void {
  const folder = corpus('creddata');
  if (folder === undefined) throw new Error('set WATCHWARD_CORPORA to a folder that holds creddata (bench/README.md says how)');
  const rows = readRows(folder);
  const odds = outOfFold(rows);
  const model = encodeModel('assigned-credential', version, trainHashedLogistic(rows, trainingOptions));
  const target = new URL('../../content/models/', import.meta.url);
  writeFileSync(new URL('assigned-credential.json', target), `${JSON.stringify(model)}\n`);
  writeFileSync(new URL('assigned-credential.md', target), writeCard(rows, odds, version));
  process.stdout.write(writeCard(rows, odds, version));
}

export const trainingOptions: TrainingOptions = { size: 1 << 15, epochs: 6, alpha: 0.05, beta: 1, l1: 0.5, l2: 1, order: shuffled };

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

function readRows(folder: string): Row[] {
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
  return rows;
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

/** Log-odds for each row from a model that has seen nothing of its repository. */
function outOfFold(rows: readonly Row[]): Float64Array {
  const groups = [...new Set(rows.map((row) => row.repo))].sort();
  const fold = new Map(groups.map((group, at) => [group, at % folds]));
  const odds = new Float64Array(rows.length);
  for (let held = 0; held < folds; held++) {
    const model = trainHashedLogistic(rows.filter((row) => fold.get(row.repo) !== held), trainingOptions);
    rows.forEach((row, at) => {
      if (fold.get(row.repo) === held) odds[at] = logOdds(model, row.features);
    });
  }
  return odds;
}

main();
