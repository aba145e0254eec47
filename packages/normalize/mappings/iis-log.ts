import { defineMapping } from '#model/unit.ts';
import { exchangeEvent, exchangeNames, given } from '../http-exchange.ts';
import type { Exchange } from '../http-exchange.ts';
import { timeOf } from '../json-fields.ts';

/** The fields that IIS writes unless told otherwise; other choices are named in a header that a single line does not carry. */
const line = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (\S{1,64}) ([A-Z]{3,16}) (\/\S{0,16384}) (\S{1,16384}) (\d{1,5}) (\S{1,255}) (\S{1,64}) (\S{1,8192}) (?:(\S{1,8192}) )?(\d{3}) (\d{1,5}) \d{1,10} (\d{1,10})$/;
const logsource = { product: 'windows', service: 'iis', category: 'webserver' };

/** Logs of Internet Information Services in the W3C format with its default fields. */
export default defineMapping({
  id: 'iis-log',
  title: 'IIS access log',
  logsource,
  hint: { text: '12' },
  accepts: (value) => typeof value === 'string' && line.test(value),
  map({ value }) {
    const exchange = read(value);
    return exchange === undefined ? undefined : exchangeEvent(exchange, { product: { name: 'IIS', vendor_name: 'Microsoft' }, log_name: 'access' }, { raw_data: value, unmapped: { message: value, ...exchangeNames(exchange) } });
  },
  glance({ value }) {
    const exchange = read(value);
    return exchange === undefined ? undefined : { logsource, time: exchange.time, record: { message: value, ...exchangeNames(exchange) } };
  },
});

function read(value: unknown): Exchange | undefined {
  const found = typeof value === 'string' ? line.exec(value) : null;
  const time = timeOf(found?.[1]);
  if (found === null || time === undefined) return undefined;
  const [, , server, method, stem = '', query = '-', port, user, client, agent, referrer, code, sub, taken] = found;
  return {
    time, client, user: given(user), method, target: query === '-' ? stem : `${stem}?${query}`, code: Number(code), server, serverPort: Number(port) > 65_535 ? undefined : Number(port),
    agent: given(agent)?.replaceAll('+', ' '), referrer: given(referrer), milliseconds: Number(taken), detail: sub === '0' ? undefined : `${code}.${sub}`,
  };
}
