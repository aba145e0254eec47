/**
 * Trains the model of `secrets/assigned-credential` and writes it with its card.
 *
 *     WATCHWARD_CORPORA=... npm run train
 *
 * Examples are the assignments that the detector itself looks at, labelled by CredData. Repositories are the groups: no
 * repository is on both sides of a split. The card's figures are out of fold; the shipped weights are fitted on all groups.
 */
import { writeFileSync } from 'node:fs';
import { trainHashedLogistic } from '#learn/hashed-logistic.ts';
import { encodeModel } from '#learn/model-file.ts';
import { corpus } from '../corpora.ts';
import { writeCard } from './card.ts';
import { outOfFold, readRows, trainingOptions } from './credential-examples.ts';

const version = '1';

const folder = corpus('creddata');
if (folder === undefined) throw new Error('set WATCHWARD_CORPORA to a folder that holds creddata (bench/README.md says how)');
const rows = readRows(folder);
const card = writeCard(rows, outOfFold(rows), version);
const model = encodeModel('assigned-credential', version, trainHashedLogistic(rows, trainingOptions));
const target = new URL('../../content/models/', import.meta.url);
writeFileSync(new URL('assigned-credential.json', target), `${JSON.stringify(model)}\n`);
writeFileSync(new URL('assigned-credential.md', target), card);
process.stdout.write(card);
