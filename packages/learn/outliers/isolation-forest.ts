import { drawSome } from '../draw.ts';
import type { Draw } from '../draw.ts';
import type { NumberTable } from './table.ts';

/** Isolation forest (Liu, Ting and Zhou, 2008), as it was published: what the other model is measured beside. */
export interface IsolationForest {
  readonly trees: readonly IsolationTree[];
  readonly sample: number;
}

/** Nodes by number, the root 0. Below a leaf there is nothing: its `column` is -1 and `value` the length of the path to it. */
export interface IsolationTree {
  readonly column: Int32Array;
  readonly value: Float64Array;
  readonly right: Int32Array;
}

export function fitForest(table: NumberTable, draw: Draw, trees = 100, most = 256): IsolationForest {
  const sample = Math.min(most, table.rows);
  const depth = Math.ceil(Math.log2(Math.max(2, sample)));
  return { sample, trees: Array.from({ length: trees }, () => growTree(table, drawSome(table.rows, sample, draw), depth, draw)) };
}

function growTree({ values, width }: NumberTable, rows: Int32Array, most: number, draw: Draw): IsolationTree {
  const [column, value, right]: [number[], number[], number[]] = [[], [], []];
  const valueAt = (index: number, at: number): number => values[(rows[index] as number) * width + at] as number;
  const grow = (from: number, to: number, depth: number): number => {
    const node = column.push(-1) - 1;
    value.push(depth + pathBelow(to - from));
    right.push(0);
    const cut = depth >= most || to - from <= 1 ? undefined : drawCut(width, from, to, valueAt, draw);
    if (cut === undefined) return node;
    const middle = divide(rows, from, to, (index) => valueAt(index, cut.column) < cut.at);
    column[node] = cut.column;
    value[node] = cut.at;
    grow(from, middle, depth + 1);
    right[node] = grow(middle, to, depth + 1);
    return node;
  };
  grow(0, rows.length, 0);
  return { column: Int32Array.from(column), value: Float64Array.from(value), right: Int32Array.from(right) };
}

/** A column that differs within these rows, and a place between its ends; undefined where none is found. */
function drawCut(width: number, from: number, to: number, valueAt: (index: number, column: number) => number, draw: Draw): { readonly column: number; readonly at: number } | undefined {
  for (const column of drawSome(width, 50, draw)) {
    let low = Infinity;
    let high = -Infinity;
    for (let index = from; index < to; index += 1) {
      const value = valueAt(index, column);
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (low < high) return { column, at: high - draw() * (high - low) };
  }
  return undefined;
}

function divide(rows: Int32Array, from: number, to: number, isLeft: (index: number) => boolean): number {
  let middle = from;
  for (let index = from; index < to; index += 1) {
    if (!isLeft(index)) continue;
    const held = rows[index] as number;
    rows[index] = rows[middle] as number;
    rows[middle] = held;
    middle += 1;
  }
  return middle;
}

/** The mean path of an unsuccessful search in a binary tree of so many. */
function pathBelow(count: number): number {
  if (count <= 1) return 0;
  return count === 2 ? 1 : 2 * (Math.log(count - 1) + 0.5772156649015329) - (2 * (count - 1)) / count;
}

export function forestScores({ trees, sample }: IsolationForest, { values, rows, width }: NumberTable): Float64Array {
  const scores = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    let path = 0;
    for (const tree of trees) path += pathIn(tree, values, row * width);
    scores[row] = 2 ** -(path / trees.length / Math.max(1, pathBelow(sample)));
  }
  return scores;
}

function pathIn({ column, value, right }: IsolationTree, values: Float64Array, from: number): number {
  let node = 0;
  for (;;) {
    const at = column[node] as number;
    if (at < 0) return value[node] as number;
    node = (values[from + at] as number) < (value[node] as number) ? node + 1 : (right[node] as number);
  }
}
