/**
 * Trains the model of `secrets/assigned-credential` and writes it, and the figures of its card.
 *
 *     WATCHWARD_CORPORA=... npm run train
 *
 * Examples are the assignments that the detector itself looks at, labelled by CredData. Repositories are the groups: no
 * repository is on both sides of a split. The card's figures are out of fold; the shipped weights are fitted on all groups.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { readRows } from '#engine/credential-rows.ts';
import { ratesFrom } from '#learn/evaluation/rates.ts';
import { trainHashedLogistic } from '#learn/hashed-logistic.ts';
import { encodeModel } from '#learn/model-file.ts';
import { corpus } from '../corpora.ts';
import { withFigures } from './card.ts';
import { outOfFold, trainingOptions } from './credential-examples.ts';

const version = '1';
/** Those that the detector uses come first. */
const thresholds = [-0.9, 0.5, -1, -0.5, 0, 1, 1.5, 2];

const folder = corpus('creddata');
if (folder === undefined) throw new Error('set WATCHWARD_CORPORA to a folder that holds creddata (bench/README.md says how)');
const rows = readRows(folder);
const odds = outOfFold(rows);
const cases = rows.map(({ truth }, at) => ({ score: odds[at] as number, positive: truth === 'T' }));
const withoutTests = cases.filter((_, at) => rows[at]?.truth !== 'X');
const set = 'CredData, developers\' half';
const figures = thresholds.flatMap((threshold) => {
  const { precision, recall, f1 } = ratesFrom(cases, threshold);
  const line = (measure: string, value: number) => ({ set, measure: `${measure} from log-odds ${threshold}, out of fold`, value: Number(value.toFixed(3)), command: 'npm run train' });
  return [line('F1', f1), line('precision', precision), line('recall', recall), line('precision without test values', ratesFrom(withoutTests, threshold).precision)];
});
const target = new URL('../../content/models/', import.meta.url);
const card = new URL('assigned-credential.yaml', target);
writeFileSync(new URL('assigned-credential.json', target), `${JSON.stringify(encodeModel('assigned-credential', version, trainHashedLogistic(rows, trainingOptions)))}\n`);
writeFileSync(card, withFigures(readFileSync(card, 'utf8'), figures));
process.stdout.write(figures.map(({ measure, value }) => `${measure}: ${value}\n`).join(''));
