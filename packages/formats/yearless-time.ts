import { monthOf } from './month.ts';

const written = /^([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d)/;
const day = 86_400_000;

/**
 * `Dec 10 06:55:46`, as old syslog writes times (RFC 3164, section 4.1.2): in the last year in which it lies no more than a day behind `latest`; a clock may
 * be wrong, and no zone is named, which is taken as UTC. Milliseconds since the epoch; undefined for what is written otherwise.
 */
export function timeWithoutYear(text: string, latest: number): number | undefined {
  const found = written.exec(text);
  const month = monthOf(found?.[1] ?? '');
  if (found === null || month < 0) return undefined;
  const [, , date, hour, minute, second] = found.map(Number);
  const year = new Date(latest + day).getUTCFullYear();
  // Of four years in a row one has a 29 February.
  for (let back = 0; back < 5; back += 1) {
    const time = Date.UTC(year - back, month, date, hour, minute, second);
    if (time <= latest + day && new Date(time).getUTCMonth() === month) return time >= 0 ? time : undefined;
  }
  return undefined;
}
