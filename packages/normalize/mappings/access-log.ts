import { defineMapping } from '#model/unit.ts';
import { exchangeEvent, exchangeNames, given, logTime, requestLine } from '../http-exchange.ts';
import type { Exchange } from '../http-exchange.ts';
import type { JsonObject } from '../json-fields.ts';
import { recallLast } from '../recall-last.ts';

/** Apache may write the name of the virtual host first, and nginx's `$request_time` and more may follow. */
const line = /^(?:([\w.-]{1,255}:\d{1,5}) )?(\S{1,255}) \S{1,64} (\S{1,128}) \[(\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "((?:[^"\\]|\\.){0,16384})" (\d{3}) (\d{1,15}|-)(?: "((?:[^"\\]|\\.){0,8192})" "((?:[^"\\]|\\.){0,8192})")?/;

const logsource = { product: 'webserver', service: 'access', category: 'webserver' };

/** Access logs of nginx and Apache, in the common and the combined format. */
export default defineMapping({
  id: 'access-log',
  title: 'nginx and Apache access log',
  logsource,
  hint: { text: true },
  accepts: (value) => read(value) !== undefined,
  map({ value }) {
    const exchange = read(value);
    if (exchange === undefined) return undefined;
    return exchangeEvent(exchange, { product: { name: 'Web server', vendor_name: 'unknown' }, log_name: 'access' }, { raw_data: value, unmapped: record(value, exchange) });
  },
  glance({ value }) {
    const exchange = read(value);
    return exchange === undefined ? undefined : { logsource, time: exchange.time, record: record(value, exchange) };
  },
});

function record(value: unknown, exchange: Exchange): JsonObject {
  return { message: value, ...exchangeNames(exchange) };
}

const read = recallLast((value): Exchange | undefined => {
  const found = value.includes(' [') ? line.exec(value) : null;
  if (found === null) return undefined;
  const [, host, client, user, at = '', request = '', code, size, referrer, agent] = found;
  const time = logTime(at);
  if (time === undefined) return undefined;
  const asked = requestLine(request);
  return {
    time, client, user: given(user), method: asked?.method, target: asked?.target ?? '', version: asked?.version, host: host?.replace(/:\d+$/, ''),
    code: Number(code), bytes: size === '-' ? undefined : Number(size), referrer: given(referrer), agent: given(agent),
  };
});
