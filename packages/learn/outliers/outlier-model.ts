import { drawPool, paddedTo, radiusRound, waysFrom } from './balls.ts';
import type { Pool } from './balls.ts';
import { drawFrom, drawSome } from '../draw.ts';
import { measureOf, measureRow } from './table.ts';
import type { Measure, NumberTable } from './table.ts';

/** Which rows of a table are unlike the others: balls round few rows, drawn many times. Plain data of bounded size, whatever the table's. */
export interface OutlierModel {
  readonly measure: Measure;
  readonly pools: readonly Pool[];
  /** Scores of rows by the pools that do not hold them, in ascending order: what a score is compared with. */
  readonly ordinary: Float64Array;
}

export interface OutlierOptions {
  readonly seed: number;
  readonly pools: number;
  /** Rows of the table that a pool holds. */
  readonly points: number;
  /** Columns that a pool looks at, when there are more. */
  readonly columns: number;
  readonly drawings: number;
  /** Points of a pool that a drawing takes. */
  readonly centres: number;
  /** Rows that columns are measured by. */
  readonly measured: number;
  /** Rows whose scores are kept as ordinary. */
  readonly compared: number;
}

export const outlierDefaults: Omit<OutlierOptions, 'seed'> = { pools: 8, points: 24, columns: 40, drawings: 4, centres: 12, measured: 4096, compared: 2048 };

/** The narrowest ball is taken to be this wide at least, so that rows that were seen before don't outweigh everything. */
const leastRadius = 0.02;

export function fitOutliers(table: NumberTable, options: Pick<OutlierOptions, 'seed'> & Partial<OutlierOptions>): OutlierModel {
  const { seed, measured, compared, ...law } = { ...outlierDefaults, ...options };
  const draw = drawFrom(seed);
  const measure = measureOf(table, drawSome(table.rows, measured, draw));
  const write = (row: number, into: Float64Array): void => measureRow(measure, table.values, row * table.width, into);
  const shape = { width: measure.columns.length, mostColumns: law.columns, drawings: law.drawings, centres: Math.max(2, Math.min(law.centres, table.rows >> 2)) };
  // At least half of a small table stays outside of each pool, so that its rows have pools that do not hold them.
  const points = Math.min(law.points, (table.rows + 1) >> 1);
  const pools = Array.from({ length: law.pools }, () => drawPool(drawSome(table.rows, points, draw).sort(), shape, write, draw));
  return { measure, pools, ordinary: scoresOutside(table, measure, pools, drawSome(table.rows, compared, draw)) };
}

function scoresOutside(table: NumberTable, measure: Measure, pools: readonly Pool[], rows: Int32Array): Float64Array {
  const desk = deskFor(measure, pools);
  const scores: number[] = [];
  for (const row of rows) {
    const others = pools.filter(({ rows: held }) => !held.includes(row));
    measureRow(measure, table.values, row * table.width, desk.row);
    if (others.length > 0) scores.push(scoreOf(others, desk));
  }
  return Float64Array.from(scores).sort();
}

/** How far out each row lies; more is odder. */
export function outlierScores({ measure, pools }: OutlierModel, { values, rows, width }: NumberTable): Float64Array {
  const desk = deskFor(measure, pools);
  const scores = new Float64Array(rows);
  for (let index = 0; index < rows; index += 1) {
    measureRow(measure, values, index * width, desk.row);
    scores[index] = scoreOf(pools, desk);
  }
  return scores;
}

/** The chance that an ordinary row scores at least as high: the conformal rule (1 + at least as high) / (1 + all). */
export function outlierChance({ ordinary }: OutlierModel, score: number): number {
  let from = 0;
  let to = ordinary.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ordinary[middle] as number) < score) from = middle + 1;
    else to = middle;
  }
  return (1 + ordinary.length - from) / (1 + ordinary.length);
}

/** Room for one row at a time. */
interface Desk {
  readonly width: number;
  readonly row: Float64Array;
  readonly picked: Float64Array;
  readonly ways: Float64Array;
}

function deskFor({ columns }: Measure, pools: readonly Pool[]): Desk {
  const room = paddedTo(columns.length);
  return { width: columns.length, row: new Float64Array(room), picked: new Float64Array(room), ways: new Float64Array(Math.max(0, ...pools.map(({ rows }) => rows.length))) };
}

/** The mean logarithm of radii, so that no drawing outvotes the others. Logarithms of products are fewer than products of logarithms. */
function scoreOf(pools: readonly Pool[], { width, row, picked, ways }: Desk): number {
  let logarithms = 0;
  let product = 1;
  let drawings = 0;
  for (const pool of pools) {
    const { columns } = pool;
    for (let at = 0; at < columns.length; at += 1) picked[at] = row[columns[at] as number] as number;
    waysFrom(columns.length > 0 ? picked : row, pool, width, ways);
    for (const drawing of pool.drawings) {
      product *= leastRadius + radiusRound(drawing, ways);
      if (product < 1e-100 || product > 1e100) {
        logarithms += Math.log(product);
        product = 1;
      }
    }
    drawings += pool.drawings.length;
  }
  return drawings === 0 ? 0 : (logarithms + Math.log(product)) / drawings;
}
