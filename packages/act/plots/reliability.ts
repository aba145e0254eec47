import { htmlText } from '#formats/html-text.ts';
import type { Reliability, ReliabilityPoint } from '#model/model-card.ts';
import { say } from '../incident-words.ts';
import { makePen } from '../pretty/pen.ts';
import { wilson } from './interval.ts';
import { linear, logarithmic, short } from './scale.ts';
import type { Scale } from './scale.ts';

const side = { left: 74, top: 16, room: 420, bottom: 62, right: 24 } as const;

/** What was promised from left to right, what came from bottom to top: a model that keeps its word lies on the diagonal. */
export function reliabilityFigure(reliability: Reliability): string {
  const { points, scale, title } = reliability;
  const range = rangeOf(reliability);
  const axis = scale === 'log' ? logarithmic : linear;
  const x = axis(range, [side.left, side.left + side.room]);
  const y = axis(range, [side.top + side.room, side.top]);
  const [width, height] = [side.left + side.room + side.right, side.top + side.room + side.bottom];
  const [least, most] = [x.ticks[0] ?? 0, x.ticks.at(-1) ?? 1];
  const diagonal = `<line class="promise" x1="${x.at(least)}" y1="${y.at(least)}" x2="${x.at(most)}" y2="${y.at(most)}"><title>As promised</title></line>`;
  const svg = `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${htmlText(`${title}: ${points.map(pointWords).join('; ')}`)}">${grid(x, y)}${diagonal}${points.map((point) => mark(point, x, y, reliability)).join('')}</svg>`;
  return `<figure class="plot reliability"><figcaption>${htmlText(say(title))}</figcaption>${svg}<p class="note">${scale === 'log' ? 'On the broken line surprises came as often as promised. Above it (red diamonds) more came: false alarms. Below it (hollow) fewer came: the model is cautious.' : 'On the broken line what was promised came. Above it the model promises too little, below it too much.'} Bars are 95 % intervals; larger marks stand for more cases.</p>${table(points)}</figure>`;
}

function rangeOf({ points, scale }: Reliability): readonly [number, number] {
  if (scale === 'linear') return [0, 1];
  const smallest = points.flatMap(({ said, seen }) => [said, seen]).filter((share) => share > 0).reduce((least, share) => Math.min(least, share), 1);
  // A decade more for what never came.
  return [Math.max(1e-9, Math.min(0.1, smallest / 2)), 1];
}

function grid(x: Scale, y: Scale): string {
  const [right, bottom] = [side.left + side.room, side.top + side.room];
  const across = x.ticks.map((tick) => `<line class="grid" x1="${x.at(tick)}" y1="${side.top}" x2="${x.at(tick)}" y2="${bottom}"/><text x="${x.at(tick)}" y="${bottom + 20}" text-anchor="middle">${short(tick)}</text>`);
  const up = y.ticks.map((tick) => `<line class="grid" x1="${side.left}" y1="${y.at(tick)}" x2="${right}" y2="${y.at(tick)}"/><text x="${side.left - 8}" y="${y.at(tick) + 4}" text-anchor="end">${short(tick)}</text>`);
  const names = `<text class="axis-name" x="${side.left + side.room / 2}" y="${bottom + 46}" text-anchor="middle">promised</text><text class="axis-name" transform="translate(16 ${side.top + side.room / 2}) rotate(-90)" text-anchor="middle">came</text>`;
  return across.join('') + up.join('') + names;
}

function mark(point: ReliabilityPoint, x: Scale, y: Scale, { points, scale }: Reliability): string {
  // Of surprises, which are drawn by their logarithms.
  const cautious = scale === 'log';
  const [low, high] = wilson(point.seen, point.count);
  const verdict = verdictOf(point);
  const off = verdict === 'more' || (verdict === 'fewer' && !cautious);
  const most = points.reduce((sum, { count }) => Math.max(sum, count), 1);
  const radius = 4 + 7 * Math.sqrt(point.count / most);
  return `<g class="${off ? 'off' : verdict === 'fewer' ? 'fewer' : 'held'}"><title>${htmlText(pointWords(point))}</title><line class="whisker" x1="${x.at(point.said)}" y1="${y.at(low)}" x2="${x.at(point.said)}" y2="${y.at(high)}"/>`
    + `${off ? diamond(x.at(point.said), y.at(point.seen), radius) : `<circle class="point" cx="${x.at(point.said)}" cy="${y.at(point.seen)}" r="${radius.toFixed(1)}"/>`}</g>`;
}

function diamond(x: number, y: number, radius: number): string {
  const r = radius * 1.2;
  return `<path class="point" d="M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z"/>`;
}

/** Of surprises fewer than promised is caution, more is a broken promise. */
function verdictOf({ count, said, seen }: ReliabilityPoint): 'holds' | 'more' | 'fewer' {
  const [low, high] = wilson(seen, count);
  return said < low ? 'more' : said > high ? 'fewer' : 'holds';
}

function pointWords({ count, said, seen }: ReliabilityPoint): string {
  const [low, high] = wilson(seen, count);
  return `promised ${short(said)}, came ${short(seen)} (${short(low)} to ${short(high)}) of ${count.toLocaleString('en')}`;
}

function table(points: readonly ReliabilityPoint[]): string {
  const rows = points.map(({ count, said, seen }) => {
    const [low, high] = wilson(seen, count);
    return `<tr><td class="number">${short(said)}</td><td class="number">${short(seen)}</td><td class="number">${short(low)} to ${short(high)}</td><td class="number">${count.toLocaleString('en')}</td></tr>`;
  });
  return `<details><summary>The same in numbers</summary><table><thead><tr><th scope="col" class="number">promised</th><th scope="col" class="number">came</th><th scope="col" class="number">95 % interval</th><th scope="col" class="number">cases</th></tr></thead><tbody>${rows.join('')}</tbody></table></details>`;
}

const eighths = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/** Bars for a terminal: how often it came, with a mark where the promise lies. */
export function reliabilityText(reliability: Reliability, { color, width }: { readonly color: boolean; readonly width: number }): string {
  const pen = makePen(color);
  const { points, scale, title } = reliability;
  const room = Math.max(16, Math.min(60, width - 46));
  const axis = scale === 'log' ? logarithmic(rangeOf(reliability), [0, room]) : linear([0, 1], [0, room]);
  const { at } = axis;
  const lines = points.map((point) => {
    const verdict = verdictOf(point);
    const bar = withPromise(barOf(at(point.seen), room), Math.min(room - 1, Math.round(at(point.said))));
    return `  ${short(point.said).padStart(8)}  ${short(point.seen).padStart(8)}  ${bar}  ${point.count.toLocaleString('en').padStart(9)}  ${verdict === 'holds' ? pen.good(verdict) : verdict === 'fewer' && scale === 'log' ? verdict : pen.alarm(verdict)}`;
  });
  const head = `  ${'promised'.padStart(8)}  ${'came'.padStart(8)}  ${(scale === 'log' ? `${short(axis.ticks[0] ?? 0)} to 1, logarithmic` : '0 to 1').padEnd(room)}  ${'cases'.padStart(9)}`;
  return `${pen.bold(say(title))}\n${pen.dim(head)}\n${lines.join('\n')}\n${pen.dim('  │ is the promise; more, fewer: than promised, beyond the 95 % interval of what came')}\n`;
}

function barOf(length: number, room: number): string[] {
  const whole = Math.floor(length);
  return Array.from({ length: room }, (_, at) => (at < whole ? '█' : at === whole ? (eighths[Math.round((length - whole) * 8)] ?? ' ') : ' '));
}

function withPromise(bar: readonly string[], at: number): string {
  return bar.map((cell, column) => (column === at ? (cell === '█' ? '┃' : '│') : cell)).join('');
}
