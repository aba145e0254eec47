import type { WeekPlot } from '#model/plot.ts';
import { moment, say } from '../incident-words.ts';
import { makePen } from '../pretty/pen.ts';
import { dayName, hourWords, isOdd, oddHours, rowsOf, shadeOf, weekWords } from './week.ts';

const hour = 3_600_000;
const toldMost = 10;
const blocks = [' ', '░', '▒', '▓', '█'];

/** The same for a terminal: two columns an hour. */
export function weekText(plot: WeekPlot, { color }: { readonly color: boolean }): string {
  const pen = makePen(color);
  const lines = rowsOf(plot).map((day) => {
    const cells = Array.from({ length: 24 }, (_, at) => {
      const one = plot.hours[(day + at * hour - plot.start) / hour];
      if (one === undefined) return '  ';
      const shade = pen.dim(blocks[shadeOf(one.usual)] ?? ' ');
      return `${one.count === 0 ? shade : isOdd(one, plot) ? pen.alarm('◆') : pen.bold('●')}${shade}`;
    });
    return `  ${dayName(day).slice(0, 3)} ${moment(day).slice(5, 10)}  ${cells.join('')}`;
  });
  const heads = Array.from({ length: 24 }, (_, at) => (at % 3 === 0 ? String(at).padStart(2, '0') : '  ')).join('');
  const told = oddHours(plot).slice(0, toldMost).map(([time, one]) => `  ${pen.alarm('◆')} ${hourWords(one, time)}`);
  const more = oddHours(plot).length - told.length;
  return [
    pen.bold(say(plot.title, 200)), `${' '.repeat(13)}${pen.dim(heads)}`, ...lines, weekWords(plot), ...told, ...(more > 0 ? [`  and ${more} more`] : []),
    pen.dim('  ● active  ◆ active and odd, told where it began  ░▒▓█ how usual it is to be active then'),
  ].map((line) => line.trimEnd()).join('\n').concat('\n');
}
