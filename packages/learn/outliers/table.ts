/** Rows of numbers, one after the other. */
export interface NumberTable {
  readonly values: Float64Array;
  readonly rows: number;
  readonly width: number;
}

/** How a column is measured: from its median, in units of its mean distance from it. Columns that never change say nothing and are left out. */
export interface Measure {
  readonly columns: Int32Array;
  readonly centre: Float64Array;
  readonly unit: Float64Array;
}

/** Beyond this a number is as far as any: sums of distances stay finite. */
const farthest = 1e150;
/** The mean distance of a normal variable from its median is this part of its deviation. */
const ofDeviation = Math.sqrt(2 / Math.PI);

/** Mean distance and not deviation: a few values far out would make everything else in a column look alike. */
export function measureOf({ values, width }: NumberTable, sample: Int32Array): Measure {
  const columns: number[] = [];
  const centre: number[] = [];
  const unit: number[] = [];
  const column = new Float64Array(sample.length);
  for (let at = 0; at < width; at += 1) {
    for (const [index, row] of sample.entries()) column[index] = bounded(values[row * width + at] as number, 0);
    const sorted = column.toSorted();
    const median = sorted[sorted.length >> 1] ?? 0;
    let away = 0;
    for (const value of sorted) away += Math.abs(value - median) / sorted.length;
    if (away <= 1e-12 * Math.abs(median)) continue;
    columns.push(at);
    centre.push(median);
    unit.push(ofDeviation / away);
  }
  return { columns: Int32Array.from(columns), centre: Float64Array.from(centre), unit: Float64Array.from(unit) };
}

/** Writes a row as it is measured; what is no number counts as the ordinary value. */
export function measureRow({ columns, centre, unit }: Measure, values: Float64Array, from: number, into: Float64Array): void {
  for (let at = 0; at < columns.length; at += 1) {
    const middle = centre[at] as number;
    into[at] = (bounded(values[from + (columns[at] as number)] as number, middle) - middle) * (unit[at] as number);
  }
}

function bounded(value: number, otherwise: number): number {
  if (value > -farthest && value < farthest) return value;
  return value > 0 ? farthest : value < 0 ? -farthest : otherwise;
}
