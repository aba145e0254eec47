/**
 * Writes weeks of records with attacks in them, as `watchward models evaluate` reads them:
 *
 *     npm run generate && node tools/run.mjs tools/recordings/weeks/write.ts FOLDER
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { drawFrom, inOrder } from '../record.ts';
import type { Recorded } from '../record.ts';
import { attacks } from './ci-attacks.ts';
import { ciWeeks, workflowsOf } from './ci-weeks.ts';
import { day } from './draws.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('give the folder to write to');
const seed = 20_260_105;
const start = Date.UTC(2026, 0, 5);
const [workflow] = workflowsOf(drawFrom(seed));
if (workflow === undefined) throw new Error('there is no workflow');

const normal = ciWeeks({ start, days: 60, draw: drawFrom(seed) });
// One every other day, so that what the last one left behind is little.
const hostile = attacks.map(({ name, records }, n) => ({ name, records: records(workflow, start + (36 + 2 * n) * day, 36 + 2 * n, drawFrom(seed + n)) }));
const labels = hostile.map(({ name, records }) => ({ name, from: time(records, Math.min), to: time(records, Math.max) }));

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'records.jsonl'), `${inOrder([...normal, ...hostile.flatMap(({ records }) => records)]).join('\n')}\n`);
writeFileSync(join(folder, 'labels.jsonl'), `${labels.map((label) => JSON.stringify(label)).join('\n')}\n`);

function time(records: readonly Recorded[], pick: (...times: number[]) => number): string {
  return new Date(pick(...records.map((one) => one.time))).toISOString();
}
