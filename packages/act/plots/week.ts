import { htmlText } from '#formats/html-text.ts';
import { hoursOfWeek } from '#model/plot.ts';
import type { WeekHour, WeekPlot } from '#model/plot.ts';
import { plural } from '../coverage.ts';
import { moment, say } from '../incident-words.ts';

const size = { left: 110, top: 34, cell: 38, row: 38, bottom: 14, right: 12 } as const;
const hour = 3_600_000;
/** Chances of activity from which a cell is a shade darker. */
const shades = [0.05, 0.2, 0.45, 0.75] as const;
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** A week of an entity: how dark an hour is says how usual it is to act then, a mark says that it did. */
export function weekFigure(plot: WeekPlot): string {
  const { hours, start, title } = plot;
  const [width, height] = [size.left + 24 * size.cell + size.right, size.top + rowsOf(plot).length * size.row + size.bottom];
  const heads = Array.from({ length: 24 }, (_, at) => `<text x="${size.left + (at + 0.5) * size.cell}" y="${size.top - 10}" text-anchor="middle">${String(at).padStart(2, '0')}</text>`);
  const days = rowsOf(plot).map((day, row) => `<text class="day" x="0" y="${size.top + row * size.row + 17}">${dayName(day)}</text><text x="0" y="${size.top + row * size.row + 31}">${moment(day).slice(0, 10)}</text>`);
  const cells = hours.slice(0, hoursOfWeek).map((one, at) => cell(one, start + at * hour, plot));
  const svg = `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${htmlText(`${title}. ${weekWords(plot)}`)}">${heads.join('')}${days.join('')}${cells.join('')}</svg>`;
  return `<figure class="plot week"><figcaption>${htmlText(say(title))}</figcaption>${svg}${legend()}<p class="note">The stronger the blue of an hour, the more usual it is that the entity is active then; larger marks stand for more events.</p>${table(plot)}</figure>`;
}

/** Beginnings of the days, in UTC, that the week touches. */
export function rowsOf({ start }: WeekPlot): readonly number[] {
  const first = Math.floor(start / (24 * hour)) * 24 * hour;
  return Array.from({ length: start === first ? 7 : 8 }, (_, at) => first + at * 24 * hour);
}

function cell(one: WeekHour, time: number, plot: WeekPlot): string {
  const row = Math.floor((time - (rowsOf(plot)[0] ?? 0)) / (24 * hour));
  const [x, y] = [size.left + (Math.floor(time / hour) % 24) * size.cell, size.top + row * size.row];
  const [middleX, middleY] = [x + size.cell / 2, y + size.row / 2];
  const radius = Math.min(14, 4 + 2.4 * Math.log2(1 + one.count));
  const mark = one.count === 0 ? '' : isOdd(one, plot) ? `<path class="odd" d="M${middleX} ${middleY - radius - 1}L${middleX + radius + 1} ${middleY}L${middleX} ${middleY + radius + 1}L${middleX - radius - 1} ${middleY}Z"/>` : `<circle class="active" cx="${middleX}" cy="${middleY}" r="${radius.toFixed(1)}"/>`;
  return `<g><title>${htmlText(hourWords(one, time))}</title><rect class="shade${shadeOf(one.usual)}" x="${x + 1}" y="${y + 1}" width="${size.cell - 2}" height="${size.row - 2}" rx="4"/>${mark}</g>`;
}

function legend(): string {
  const box = size.row - 14;
  const names = ['hardly ever', '5 %', '20 %', '45 %', '75 % of weeks and more'];
  let x = 0;
  const parts = names.map((name, at) => {
    const part = `<rect class="shade${at}" x="${x}" y="4" width="${box}" height="${box}" rx="4"/><text x="${x + box + 6}" y="21">${name}</text>`;
    x += box + 22 + name.length * 7;
    return part;
  });
  const marks = `<circle class="active" cx="${x + 14}" cy="16" r="7"/><text x="${x + 28}" y="21">active</text><path class="odd" d="M${x + 100} 7L${x + 109} 16L${x + 100} 25L${x + 91} 16Z"/><text x="${x + 116}" y="21">active and odd, told where it began</text>`;
  return `<svg class="legend" viewBox="0 0 ${x + 360} 32" role="img" aria-label="The stronger, the more usual; a circle is activity, a diamond odd activity where it began">${parts.join('')}${marks}</svg>`;
}

export function shadeOf(usual: number): number {
  return shades.filter((least) => usual >= least).length;
}

export function isOdd({ count, surprise }: WeekHour, { marked }: WeekPlot): boolean {
  return count > 0 && surprise >= marked;
}

export function dayName(day: number): string {
  return weekdays[(Math.floor(day / (24 * hour)) + 4) % 7] ?? '';
}

export function hourWords({ count, surprise, usual }: WeekHour, time: number): string {
  const did = count === 0 ? 'quiet' : `${plural(count, 'event')}, surprise ${surprise.toFixed(1)}`;
  return `${dayName(time)} ${moment(time).slice(0, 13)} h UTC: ${did}; active in ${Math.round(usual * 100)} % of weeks`;
}

export function weekWords(plot: WeekPlot): string {
  const active = plot.hours.filter(({ count }) => count > 0);
  const odd = active.filter((one) => isOdd(one, plot)).length;
  const events = active.reduce((sum, { count }) => sum + count, 0);
  return `${plural(events, 'event')} in ${plural(active.length, 'hour')} from ${moment(plot.start).slice(0, 16)} UTC on; ${odd} of these hours ${odd === 1 ? 'is' : 'are'} odd (surprise of ${plot.marked} or more). The baseline is of ${plural(plot.days, 'day')} before.`;
}

export function oddHours(plot: WeekPlot): readonly (readonly [time: number, one: WeekHour])[] {
  return plot.hours.flatMap((one, at) => (isOdd(one, plot) ? [[plot.start + at * hour, one] as const] : []));
}

function table(plot: WeekPlot): string {
  const rows = oddHours(plot).map(([time, { count, surprise, usual }]) => `<tr><td>${dayName(time)} ${moment(time).slice(0, 16)}</td><td class="number">${count.toLocaleString('en')}</td><td class="number">${Math.round(usual * 100)} %</td><td class="number">${surprise.toFixed(1)}</td></tr>`);
  if (rows.length === 0) return '';
  return `<details><summary>The odd hours, in numbers</summary><table><thead><tr><th scope="col">hour (UTC)</th><th scope="col" class="number">events</th><th scope="col" class="number">active in</th><th scope="col" class="number">surprise</th></tr></thead><tbody>${rows.join('')}</tbody></table></details>`;
}
