import { defineMapping } from '#model/unit.ts';
import { queryEvent, queryNames } from '../dns-query.ts';
import type { DnsQuery } from '../dns-query.ts';
import { syslogLine, syslogStart } from '../syslog-line.ts';

/** With `log-queries=extra` a number and the client go before. */
const asked = /^(?:\d{1,10} \S{1,64} )?query\[([A-Z0-9=]{1,16})\] (\S{1,255}) from (\S{1,64})$/;
const replied = /^(?:\d{1,10} (\S{1,64}?)(?:\/\d{1,5})? )?(?:reply|cached|config|\/etc\/hosts|gravity blocked) (\S{1,255}) is (\S{1,255})$/;
const logsource = { product: 'dnsmasq', service: 'dnsmasq', category: 'dns' };

/** Queries and answers that dnsmasq (also within Pi-hole) writes to syslog. */
export default defineMapping({
  id: 'dnsmasq',
  title: 'dnsmasq queries',
  logsource,
  hint: { text: syslogStart },
  accepts: (value) => typeof value === 'string' && value.includes('dnsmasq') && read(value) !== undefined,
  map({ value }) {
    const query = read(value);
    return query === undefined ? undefined : queryEvent(query, { product: { name: 'dnsmasq', vendor_name: 'dnsmasq' }, log_name: 'query' }, { raw_data: value, unmapped: { message: value, ...queryNames(query) } });
  },
  glance({ value }) {
    const query = read(value);
    return query === undefined ? undefined : { logsource, time: query.time, record: { message: value, ...queryNames(query) } };
  },
});

function read(value: unknown): DnsQuery | undefined {
  const line = syslogLine(value) ?? bare(value);
  if (line === undefined || !line.app.startsWith('dnsmasq')) return undefined;
  const question = asked.exec(line.message);
  if (question !== null) return { time: line.time, name: question[2] ?? '', type: question[1], client: question[3] };
  const answer = replied.exec(line.message);
  if (answer === null) return undefined;
  const rdata = answer[3] ?? '';
  const failed = /^(NXDOMAIN|NODATA|SERVFAIL|REFUSED)/.exec(rdata)?.[1];
  return { time: line.time, name: answer[2] ?? '', type: undefined, client: answer[1], ...(failed === undefined ? { answers: [{ rdata }] } : { code: failed === 'NODATA' ? 'NOERROR' : failed }) };
}

/** Its own log file names no host: `Mar  4 05:06:07 dnsmasq[9]: ...`. */
function bare(value: unknown): { readonly app: string; readonly message: string; readonly time: number } | undefined {
  const found = typeof value === 'string' ? /^[JFMASOND][a-z]{2} [ \d]\d \d\d:\d\d:\d\d (dnsmasq)\[\d{1,10}\]: (.{1,2048})$/s.exec(value) : null;
  return found === null ? undefined : { app: found[1] ?? '', message: found[2] ?? '', time: 0 };
}
