import { columns, fit } from '../pretty/layout.ts';

/** Text in exactly `width` columns. */
export function cell(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  if (width <= 0) return '';
  const fitted = fit(text, width);
  const gap = ' '.repeat(Math.max(0, width - columns(fitted)));
  return align === 'left' ? fitted + gap : gap + fitted;
}

const bars = '▁▂▃▄▅▆▇█';

/** A row of bars, one column each, the highest being the largest of the values. */
export function sparkline(values: readonly number[], width: number): string {
  const shown = values.slice(-width);
  const most = Math.max(1, ...shown);
  return shown.map((value) => bars[Math.min(bars.length - 1, Math.max(0, Math.floor((value / most) * (bars.length - 0.01))))] ?? ' ').join('');
}

/** `9,812`. */
export function figure(value: number): string {
  return Math.round(value).toString().replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

/** What of a list is to be seen, so that the cursor is among it. */
export function windowOf(length: number, cursor: number, rows: number): { readonly from: number; readonly to: number } {
  const from = Math.max(0, Math.min(cursor - Math.floor(rows / 2), length - rows));
  return { from, to: Math.min(length, from + rows) };
}
