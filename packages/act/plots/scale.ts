/** Where a value lies on an axis. */
export interface Scale {
  readonly ticks: readonly number[];
  at(value: number): number;
}

const steps = [1, 2, 2.5, 5, 10];

/** Round steps that cover a range in about `wanted` parts; the axis ends at the range itself. */
export function linear([least, most]: readonly [number, number], [from, to]: readonly [number, number], wanted = 5): Scale {
  const range = most > least ? most - least : 1;
  const rough = range / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (steps.find((one) => one * power >= rough * 0.999) ?? 10) * power;
  const first = Math.ceil(least / step - 1e-9);
  const ticks: number[] = [];
  for (let at = first; at * step <= most + step * 1e-9 && ticks.length < 50; at++) ticks.push(Number((at * step).toPrecision(12)));
  return { ticks, at: (value) => from + ((value - least) / range) * (to - from) };
}

/** Powers of ten; what is zero or less lies at the beginning of the axis. */
export function logarithmic([least, most]: readonly [number, number], [from, to]: readonly [number, number]): Scale {
  const [low, high] = [Math.floor(Math.log10(least) + 1e-9), Math.ceil(Math.log10(most) - 1e-9)];
  const span = Math.max(1, high - low);
  const ticks = Array.from({ length: span + 1 }, (_, at) => Number((10 ** (low + at)).toPrecision(3)));
  const power = (value: number): number => (value <= 0 ? low : Math.min(high, Math.max(low, Math.log10(value))));
  return { ticks, at: (value) => from + ((power(value) - low) / span) * (to - from) };
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const timeSteps = [1_000, 5_000, 15_000, 30_000, minute, 5 * minute, 15 * minute, 30 * minute, hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 14 * day, 28 * day, 91 * day, 364 * day];

/** Times in UTC, at round ones. */
export function timeline([least, most]: readonly [number, number], [from, to]: readonly [number, number], wanted = 6): Scale & { label(time: number): string } {
  const range = Math.max(1, most - least);
  const step = timeSteps.find((one) => range / one <= wanted) ?? (timeSteps.at(-1) as number) * Math.ceil(range / wanted / (timeSteps.at(-1) as number));
  const ticks: number[] = [];
  for (let time = Math.ceil(least / step) * step; time <= most && ticks.length < 50; time += step) ticks.push(time);
  return { ticks, at: (time) => from + ((time - least) / range) * (to - from), label: (time) => timeLabel(time, step) };
}

function timeLabel(time: number, step: number): string {
  const iso = isoOf(time);
  if (step >= day) return iso.slice(5, 10);
  if (step < minute) return iso.slice(11, 19);
  return time % day === 0 ? iso.slice(5, 10) : iso.slice(11, 16);
}

/** A calendar ends somewhere; a plot of what lies beyond does not break. */
function isoOf(time: number): string {
  return Math.abs(time) < 8.64e15 ? new Date(time).toISOString() : '';
}

const suffixes = [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e4, 'k']] as const;

/** Three digits that matter: `12.3 k`, `0.041`, `1e-5`. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : '?';
  const size = Math.abs(value);
  const text = ((): string => {
    for (const [unit, suffix] of suffixes) if (size >= unit) return `${Number((size / (suffix === 'k' ? 1e3 : unit)).toPrecision(3))} ${suffix}`;
    if (size >= 1_000) return Math.round(size).toLocaleString('en');
    return size !== 0 && size < 1e-3 ? size.toExponential(size.toExponential().startsWith('1e') ? 0 : 1) : String(Number(size.toPrecision(3)));
  })();
  return value < 0 ? `−${text}` : text;
}
