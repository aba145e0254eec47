/** A line of `key=value`, bare or behind the head of syslog, and what it says of itself under the names that are usual. */
import { readKeyValues } from '#formats/key-value.ts';
import { timeOf } from './json-fields.ts';
import { recallLast } from './recall-last.ts';
import { syslogLine } from './syslog-line.ts';

export interface KeyValueLine {
  readonly fields: Readonly<Record<string, string>>;
  readonly time: number;
  readonly level: string | undefined;
  /** What is said, without the rest; the whole line where no field is it. */
  readonly text: string;
  readonly app: string | undefined;
  readonly host: string | undefined;
}

/** Fewer may stand in any sentence. */
const fewestPairs = 3;
const start = /^[A-Za-z_@][\w.@/-]{0,63}=/;
const priority = /^<\d{1,3}>/;

export const keyValueLine: (value: unknown) => KeyValueLine | undefined = recallLast((value) => {
  const bare = value.replace(priority, '');
  const syslog = start.test(bare) ? undefined : syslogLine(value);
  const body = syslog === undefined ? bare : syslog.message;
  const pairs = start.test(body) ? readKeyValues(body) : undefined;
  if (pairs === undefined || pairs.size < fewestPairs) return undefined;
  const fields = Object.fromEntries(pairs);
  const first = (...names: readonly string[]): string | undefined => names.map((name) => fields[name]).find((found) => found !== undefined && found !== '');
  return {
    fields, text: first('msg', 'message', 'event') ?? value, level: first('level', 'lvl', 'severity')?.toLowerCase(),
    time: momentOf(fields) ?? syslog?.time ?? 0, app: syslog?.app, host: syslog?.host ?? first('host', 'hostname', 'devname'),
  };
});

/** One field says when, or one the day and one the hour, with a zone where it is not UTC. */
function momentOf({ date, time, tz, ...others }: Readonly<Record<string, string>>): number | undefined {
  if (date !== undefined && time !== undefined && /^\d{4}-\d\d-\d\d$/.test(date)) return timeOf(`${date}T${time}${/^[+-]\d\d:?\d\d$/.test(tz ?? '') ? tz : 'Z'}`);
  for (const written of [time, others['ts'], others['timestamp'], others['t'], others['@timestamp']]) {
    const found = timeOf(written);
    if (found !== undefined) return found;
  }
  return undefined;
}
