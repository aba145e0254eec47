import { defineMapping } from '#model/unit.ts';
import { errorEvent } from '../error-line.ts';
import type { ErrorLine } from '../error-line.ts';
import { addressAndPort, logTime } from '../http-exchange.ts';
import { recallLast } from '../recall-last.ts';

const line = /^\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,6})?) (\d{4})\] \[(?:(\w{1,32}):)?(\w{1,10})\] (?:\[pid (\d{1,10})(?::tid \d{1,20})?\] )?(?:\[(?:remote|client) (\S{1,128})\] )?(.{0,32768})$/s;

/** Apache's error log, of versions 2.2 and 2.4. */
export default defineMapping({
  id: 'apache-error',
  title: 'Apache error log',
  logsource: { product: 'apache', service: 'apache', category: 'webserver' },
  hint: { text: '[' },
  accepts: (value) => read(value) !== undefined,
  map({ value }) {
    const found = read(value);
    return found === undefined ? undefined : errorEvent(found, { product: { name: 'HTTP Server', vendor_name: 'Apache' }, log_name: 'error', event_code: /^AH\d{5}/.exec(found.text)?.[0] }, value);
  },
});

const read = recallLast((value): ErrorLine | undefined => {
  const found = line.exec(value);
  if (found === null) return undefined;
  const [, month, day, clock, year, module_, level = '', pid, from, text = ''] = found;
  const time = logTime(`${day}/${month}/${year}:${clock}`);
  if (time === undefined) return undefined;
  const [client] = addressAndPort(from);
  return { time, level, text, client, names: { module: module_, pid, client } };
});
