import { drawSome } from '../draw.ts';
import type { Draw } from '../draw.ts';

/**
 * A few rows drawn from a table, each with a ball as wide as the way to its nearest neighbour among them: narrow where rows are dense, wide where they
 * are sparse (isolation by nearest neighbours, Bandaragoda et al., 2018). How ordinary a row is, is the radius of the narrowest ball that it lies in; in
 * none, the way to the nearest of them. Ways are means over columns of differences, not of squares: one column that is far out does not drown the others.
 *
 * Many such drawings share one pool of rows, so that the ways from a new row are walked once.
 */
export interface Pool {
  /** Which of the measured columns; empty for all of them. */
  readonly columns: Int32Array;
  /** Rows of the table, in ascending order, that its points were. */
  readonly rows: Int32Array;
  /** Padded with zeros to whole blocks. */
  readonly points: Float64Array;
  readonly drawings: readonly Drawing[];
}

export interface Drawing {
  /** Points of the pool, the one with the narrowest ball first. */
  readonly centres: Uint16Array;
  readonly radii: Float64Array;
}

export interface PoolOptions {
  readonly width: number;
  readonly mostColumns: number;
  readonly drawings: number;
  readonly centres: number;
}

const block = 4;

export function paddedTo(width: number): number {
  return Math.max(block, Math.ceil(width / block) * block);
}

/** `write`: puts a row of the table, as measured, into the place given. */
export function drawPool(rows: Int32Array, { width, mostColumns, drawings, centres }: PoolOptions, write: (row: number, into: Float64Array) => void, draw: Draw): Pool {
  const columns = width > mostColumns ? drawSome(width, mostColumns, draw).sort() : new Int32Array();
  const stride = paddedTo(columns.length || width);
  const points = new Float64Array(rows.length * stride);
  const whole = new Float64Array(paddedTo(width));
  for (const [index, row] of rows.entries()) {
    write(row, whole);
    points.set(columns.length > 0 ? Float64Array.from(columns, (column) => whole[column] as number) : whole, index * stride);
  }
  const pool = { columns, rows, points };
  const ways = waysBetween(pool, width);
  return { ...pool, drawings: Array.from({ length: drawings }, () => drawBalls(ways, rows.length, drawSome(rows.length, centres, draw))) };
}

function waysBetween(pool: Omit<Pool, 'drawings'>, width: number): Float64Array {
  const count = pool.rows.length;
  const stride = count === 0 ? block : pool.points.length / count;
  const ways = new Float64Array(count * count);
  for (let index = 0; index < count; index += 1) waysFrom(pool.points.subarray(index * stride, (index + 1) * stride), pool, width, ways.subarray(index * count, (index + 1) * count));
  return ways;
}

function drawBalls(ways: Float64Array, count: number, points: Int32Array): Drawing {
  const own = new Map<number, number>();
  for (const one of points) {
    let nearest = Infinity;
    for (const other of points) if (other !== one) nearest = Math.min(nearest, ways[one * count + other] as number);
    own.set(one, nearest);
  }
  const order = [...own].sort(([a, wayOfA], [b, wayOfB]) => wayOfA - wayOfB || a - b);
  return { centres: Uint16Array.from(order, ([point]) => point), radii: Float64Array.from(order, ([, radius]) => radius) };
}

/** Ways from a row to each point of the pool; `point` holds the pool's columns, padded. */
export function waysFrom(point: Float64Array, { columns, rows, points }: Omit<Pool, 'drawings'>, width: number, into: Float64Array): void {
  const part = 1 / Math.max(1, columns.length || width);
  const stride = rows.length === 0 ? block : points.length / rows.length;
  for (let index = 0, at = 0; index < rows.length; index += 1) {
    let way = 0;
    for (let column = 0; column < stride; column += block, at += block) {
      way +=
        Math.abs((point[column] as number) - (points[at] as number)) + Math.abs((point[column + 1] as number) - (points[at + 1] as number)) +
        (Math.abs((point[column + 2] as number) - (points[at + 2] as number)) + Math.abs((point[column + 3] as number) - (points[at + 3] as number)));
    }
    into[index] = way * part;
  }
}

/** Radius of the narrowest ball round a row, or the way to the nearest centre. */
export function radiusRound({ centres, radii }: Drawing, ways: Float64Array): number {
  let nearest = Infinity;
  for (let at = 0; at < centres.length; at += 1) {
    const way = ways[centres[at] as number] as number;
    const radius = radii[at] as number;
    if (way <= radius) return radius;
    if (way < nearest) nearest = way;
  }
  return nearest;
}
