import { drawFrom } from '#learn/draw.ts';
import type { CaseObservation } from '#model/stream-cases.ts';

/** Made-up series for cases and tests: the same numbers in every run. */

export const minute = 60_000;
export const day = 86_400_000;
/** A Monday. */
export const start = Date.UTC(2026, 0, 5);

export function gaussian(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** Busy by day and less so at weekends, in per cent, with noise. */
function busyness(time: number, next: () => number): number {
  const weekend = [0, 6].includes(new Date(time).getUTCDay());
  return 20 + (weekend ? 4 : 12) * Math.sin(2 * Math.PI * ((time % day) / day - 0.25)) + 1.5 * gaussian(next);
}

export interface Series {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly type?: string;
}

export function sampleAt(time: number, value: number, { name = 'cpu_utilization_percent', labels = { instance: 'runner-03', job: 'ci-runner' }, type = 'gauge' }: Series = {}): CaseObservation {
  return {
    logsource: { product: 'metrics', service: 'sample' }, time, record: { metric: { name, value, labels, time, type } },
    event: { class_uid: 0, message: `${name} is ${value}`, metadata: { version: '1.8.0', product: { name: 'ci-runner', vendor_name: 'unknown' }, event_code: name } },
  };
}

/** A sample in each five minutes of so many days; `value` may say another for some of them. */
export function days(count: number, { seed = 1, from = start, value = (_time, usual) => usual, series = {} }: { readonly seed?: number; readonly from?: number; readonly value?: (time: number, usual: number) => number; readonly series?: Series } = {}): CaseObservation[] {
  const next = drawFrom(seed);
  return Array.from({ length: count * 288 }, (_, i) => {
    const time = from + i * 5 * minute;
    return sampleAt(time, value(time, busyness(time, next)), series);
  });
}
