import { defineStreamCases } from '#model/stream-cases.ts';
import { day, days, minute, sampleAt, start } from '../metrics/usage.ts';

const friday = start + 4 * day;
const noon = friday + day / 2;
const hour = 60 * minute;

function from(time: number, length: number, odd: number): (at: number, usual: number) => number {
  return (at, usual) => (at >= time && at < time + length ? odd : usual);
}

export default defineStreamCases({
  fires: [
    { name: 'a spike', observations: days(5, { value: from(noon, 5 * minute, 97) }) },
    { name: 'a runner that computes at full speed for hours: told when it begins, and when it stays', observations: days(5, { value: from(noon, 4 * hour, 97) }), signals: 2 },
    { name: 'nights as busy as days', observations: days(5, { value: from(friday + hour, 3 * hour, 31) }) },
    { name: 'a value that is stuck', observations: days(5, { value: from(noon, 5 * hour, 30.25) }) },
    { name: 'a counter that grows a hundred times as fast', observations: counted(5, noon) },
  ],
  silent: [
    { name: 'two ordinary weeks', observations: days(14) },
    { name: 'a spike on the second day', observations: days(3, { value: from(start + 1.5 * day, 5 * minute, 97) }) },
    { name: 'a holiday', observations: days(10, { value: (time, usual) => (Math.floor((time - start) / day) === 8 ? 12 + (usual - 20) / 4 : usual) }) },
    { name: 'buckets of a histogram', observations: days(5, { value: from(noon, hour, 97), series: { name: 'seconds_bucket' } }) },
    { name: 'a counter that starts anew', observations: counted(5, Infinity, start + 4.2 * day) },
    { name: 'a constant', observations: days(5, { value: () => 1 }) },
    { name: 'no value', observations: [{ ...sampleAt(start, 1), record: { metric: { name: 'up' } } }] },
  ],
});

/** A counter of requests, three or four a second; from `fast` on for five minutes much more. */
function counted(count: number, fast: number, resets = Infinity): ReturnType<typeof days> {
  let total = 0;
  let wasReset = false;
  return days(count, {
    value: (time, usual) => {
      if (time >= resets && !wasReset) [total, wasReset] = [0, true];
      total += usual * 5 * (time >= fast && time < fast + 6 * minute ? 100 : 1);
      return total;
    },
    series: { name: 'http_requests_total', labels: { instance: 'web-1' }, type: 'counter' },
  });
}
