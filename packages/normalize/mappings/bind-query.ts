import { defineMapping } from '#model/unit.ts';
import { queryEvent, queryNames } from '../dns-query.ts';
import type { DnsQuery } from '../dns-query.ts';
import { logTime } from '../http-exchange.ts';
import { syslogLine } from '../syslog-line.ts';

const line = /client (?:@0x[0-9a-f]{1,16} )?(\S{1,64})#(\d{1,5})(?: \([^)]{1,255}\))?: (?:view \S{1,64}: )?query: (\S{1,255}) ([A-Z]{2,4}) ([A-Z0-9]{1,16}) (\S{1,16})(?: \((\S{1,64})\))?/;
const stamp = /^(\d\d)-([A-Z][a-z]{2})-(\d{4}) (\d\d:\d\d:\d\d(?:\.\d{1,6})?) /;
const logsource = { product: 'bind', service: 'named', category: 'dns' };

/** Query log of BIND, in its own file or in syslog. */
export default defineMapping({
  id: 'bind-query',
  title: 'BIND query log',
  logsource,
  hint: { text: true },
  accepts: (value) => typeof value === 'string' && value.includes('query: ') && read(value) !== undefined,
  map({ value }) {
    const query = read(value);
    return query === undefined ? undefined : queryEvent(query, { product: { name: 'BIND', vendor_name: 'ISC' }, log_name: 'query' }, { raw_data: value, unmapped: { message: value, ...queryNames(query) } });
  },
  glance({ value }) {
    const query = read(value);
    return query === undefined ? undefined : { logsource, time: query.time, record: { message: value, ...queryNames(query) } };
  },
});

function read(value: unknown): DnsQuery | undefined {
  if (typeof value !== 'string' || value.length > 8192) return undefined;
  const own = stamp.exec(value);
  const syslog = own === null ? syslogLine(value) : undefined;
  const found = line.exec(value);
  if (found === null || (own === null && syslog?.app !== 'named')) return undefined;
  const time = own === null ? (syslog?.time ?? 0) : logTime(`${own[1]}/${own[2]}/${own[3]}:${own[4]}`);
  if (time === undefined) return undefined;
  const [, client, port, name = '', class_, type, flags = '', server] = found;
  return { time, name, type, class: class_, client, clientPort: Number(port) > 65_535 ? undefined : Number(port), server, protocol: /^[+-][^(]*T/.test(flags) ? 'tcp' : 'udp' };
}
