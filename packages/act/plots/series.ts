import { htmlText } from '#formats/html-text.ts';
import { isMarked } from '#model/plot.ts';
import type { SeriesPlot, SeriesPoint } from '#model/plot.ts';
import { plural } from '../coverage.ts';
import { moment, say } from '../incident-words.ts';
import { linear, short, timeline } from './scale.ts';
import type { Scale } from './scale.ts';
import { bucketsOf, valueRange } from './series-buckets.ts';
import type { Bucket } from './series-buckets.ts';

const size = { left: 72, top: 26, room: 1_000, height: 300, bottom: 44, right: 20, columns: 1_000, marks: 300 } as const;

/** A series with the band in which it was expected, and a mark where it was not: a triangle that points to where it went. */
export function seriesFigure(plot: SeriesPlot): string {
  const { points, title, unit } = plot;
  const buckets = bucketsOf(points, size.columns);
  const [from, to] = [points[0]?.time ?? 0, points.at(-1)?.time ?? 1];
  const x = timeline([from, to], [size.left, size.left + size.room], 8);
  const y = linear(valueRange(points), [size.top + size.height, size.top]);
  const odd = oddest(plot);
  const [width, height] = [size.left + size.room + size.right, size.top + size.height + size.bottom];
  const words = summaryWords(plot);
  const svg = `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${htmlText(`${title}. ${words}`)}">${axes(x, y, unit, points)}<clipPath id="room"><rect x="${size.left}" y="${size.top}" width="${size.room}" height="${size.height}"/></clipPath>`
    + `<g clip-path="url(#room)">${runs(buckets).map((run) => band(run, x, y)).join('')}${runs(buckets).map((run) => line(run, x, y)).join('')}</g>${odd.map((point, at) => mark(point, x, y, unit, leads(odd, at, x))).join('')}</svg>`;
  return `<figure class="plot series"><figcaption>${htmlText(say(title))}</figcaption>${svg}<p class="note">The band is where each value was expected before it came; a triangle marks a surprise of ${plot.marked} or more and points to where the value went.</p>${table(odd, unit)}</figure>`;
}

/** The oddest, in the order of their times. */
function oddest(plot: SeriesPlot): readonly SeriesPoint[] {
  return plot.points.filter((point) => isMarked(point, plot)).sort((a, b) => b.surprise - a.surprise).slice(0, size.marks).sort((a, b) => a.time - b.time);
}

export function summaryWords(plot: SeriesPlot): string {
  const { marked, points } = plot;
  const odd = points.filter((point) => isMarked(point, plot)).length;
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return 'No values.';
  const shown = odd > size.marks ? `; the ${size.marks} oddest are marked` : '';
  return `${plural(points.length, 'value')} from ${moment(first.time)} to ${moment(last.time)} UTC, ${odd.toLocaleString('en')} of them with a surprise of ${marked} or more (${chanceWords(marked)})${points.some(({ news }) => news === false) ? '; what lasts counts once' : ''}${shown}.`;
}

/** "once in 1,000 values" */
function chanceWords(surprise: number): string {
  return `once in ${Number((10 ** surprise).toPrecision(2)).toLocaleString('en')} values`;
}

function axes(x: ReturnType<typeof timeline>, y: Scale, unit: string, points: readonly SeriesPoint[]): string {
  const [right, bottom] = [size.left + size.room, size.top + size.height];
  const across = x.ticks.map((tick) => `<line class="grid" x1="${round(x.at(tick))}" y1="${size.top}" x2="${round(x.at(tick))}" y2="${bottom}"/><text x="${round(x.at(tick))}" y="${bottom + 20}" text-anchor="middle">${x.label(tick)}</text>`);
  const up = y.ticks.map((tick) => `<line class="grid" x1="${size.left}" y1="${round(y.at(tick))}" x2="${right}" y2="${round(y.at(tick))}"/><text x="${size.left - 8}" y="${round(y.at(tick)) + 4}" text-anchor="end">${short(tick)}</text>`);
  const name = unit === '' ? '' : `<text class="axis-name" x="${size.left - 8}" y="14" text-anchor="end">${htmlText(say(unit, 40))}</text>`;
  const year = points[0] === undefined ? '' : `<text x="${right}" y="${bottom + 38}" text-anchor="end">${moment(points[0].time).slice(0, 10)} to ${moment(points.at(-1)?.time ?? 0).slice(0, 10)}, UTC</text>`;
  return across.join('') + up.join('') + name + year;
}

/** Stretches without a pause. */
function runs(buckets: readonly Bucket[]): readonly (readonly Bucket[])[] {
  const found: Bucket[][] = [];
  for (const bucket of buckets) {
    const open = found.at(-1);
    if (open === undefined || bucket.apart) found.push([bucket]);
    else open.push(bucket);
  }
  return found;
}

function band(run: readonly Bucket[], x: Scale, y: Scale): string {
  const parts: Bucket[][] = [[]];
  for (const bucket of run) {
    if (Number.isFinite(bucket.low) && Number.isFinite(bucket.high)) parts.at(-1)?.push(bucket);
    else if (parts.at(-1)?.length !== 0) parts.push([]);
  }
  // Far outside the plot it makes no difference how far.
  const clamp = (value: number): number => round(Math.max(-2_000, Math.min(3_000, y.at(value))));
  return parts.filter((part) => part.length > 0).map((part) => {
    const above = part.map(({ high, time }) => `${round(x.at(time))} ${clamp(high)}`);
    const below = part.map(({ low, time }) => `${round(x.at(time))} ${clamp(low)}`).reverse();
    return `<path class="band" d="M${[...above, ...below].join('L')}Z"/>`;
  }).join('');
}

/** Where several values share a column, the line goes from one extreme to the other. */
function line(run: readonly Bucket[], x: Scale, y: Scale): string {
  const places = run.flatMap(({ least, most, time }) => (least === most ? [`${round(x.at(time))} ${round(y.at(most))}`] : [`${round(x.at(time))} ${round(y.at(most))}`, `${round(x.at(time))} ${round(y.at(least))}`]));
  return places.length === 1 ? `<circle class="dot" cx="${places[0]?.split(' ')[0]}" cy="${places[0]?.split(' ')[1]}" r="2"/>` : `<path class="value" d="M${places.join('L')}"/>`;
}

/** Of neighbours that would cover one another only the oddest gets its triangle; each has its dot. */
function leads(odd: readonly SeriesPoint[], at: number, x: Scale): boolean {
  const own = odd[at] as SeriesPoint;
  const near = (other: SeriesPoint | undefined): boolean => other !== undefined && Math.abs(x.at(other.time) - x.at(own.time)) < 9;
  for (let before = at - 1; near(odd[before]); before--) if ((odd[before] as SeriesPoint).surprise >= own.surprise) return false;
  for (let after = at + 1; near(odd[after]); after++) if ((odd[after] as SeriesPoint).surprise > own.surprise) return false;
  return true;
}

function mark(point: SeriesPoint, x: Scale, y: Scale, unit: string, leading: boolean): string {
  const [cx, cy] = [round(x.at(point.time)), round(y.at(point.value))];
  const [tip, base] = wentUp(point) ? [cy - 13, cy - 4] : [cy + 13, cy + 4];
  const triangle = leading ? `<path d="M${cx} ${tip}L${cx + 6} ${base}L${cx - 6} ${base}Z"/>` : '';
  return `<g class="odd"><title>${htmlText(pointWords(point, unit))}</title>${triangle}<circle cx="${cx}" cy="${cy}" r="2.2"/></g>`;
}

/** Beyond its band, or else beyond its middle. */
export function wentUp(point: SeriesPoint): boolean {
  return point.value > point.high || (!(point.value < point.low) && point.value >= middle(point));
}

function middle({ high, low }: SeriesPoint): number {
  return Number.isFinite(low) && Number.isFinite(high) ? (low + high) / 2 : -Infinity;
}

export function pointWords({ high, low, surprise, time, value }: SeriesPoint, unit: string): string {
  const inside = value >= low && value <= high;
  const due = Number.isFinite(low) && Number.isFinite(high) ? `, ${inside ? 'seldom seen, though within the' : 'expected'} ${short(low)} to ${short(high)}${inside ? ' of this hour' : ''}` : '';
  return `${moment(time)} UTC: ${short(value)}${unit === '' ? '' : ` ${say(unit, 40)}`}${due}; surprise ${surprise.toFixed(1)}`;
}

function table(odd: readonly SeriesPoint[], unit: string): string {
  if (odd.length === 0) return '';
  const rows = odd.map(({ high, low, surprise, time, value }) => `<tr><td>${moment(time)}</td><td class="number">${short(value)}</td><td class="number">${Number.isFinite(low) ? `${short(low)} to ${short(high)}` : ''}</td><td class="number">${surprise.toFixed(1)}</td></tr>`);
  return `<details><summary>What was marked, in numbers</summary><table><thead><tr><th scope="col">time (UTC)</th><th scope="col" class="number">value${unit === '' ? '' : `, ${htmlText(say(unit, 40))}`}</th><th scope="col" class="number">expected</th><th scope="col" class="number">surprise</th></tr></thead><tbody>${rows.join('')}</tbody></table></details>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
