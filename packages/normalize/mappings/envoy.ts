import { defineMapping } from '#model/unit.ts';
import { addressAndPort, exchangeEvent, exchangeNames, given } from '../http-exchange.ts';
import type { Exchange } from '../http-exchange.ts';
import type { JsonObject } from '../json-fields.ts';
import { asObject, textAt, timeOf } from '../json-fields.ts';
import { numberAt, withNames } from '../parts.ts';

/** The default format; that of Istio has three more parts after the flags, and the peers at the end. */
const line = /^\[(\d{4}-\d\d-\d\dT[\d:.]{8,15}Z)\] "(\S{1,32}) (\S{1,16384}) ([\w/.]{1,16})" (\d{1,3}) (\S{1,64}) (?:\S{1,255} \S{1,255} "[^"]{0,1024}" )?(\d{1,15}) (\d{1,15}) (\d{1,12}) (?:\d{1,12}|-) "([^"]{0,2048})" "([^"]{0,8192})" "([^"]{0,128})" "([^"]{0,512})" "([^"]{0,255})"(.{0,2048})$/s;
const logsource = { product: 'envoy', service: 'access', category: 'webserver' };

/** Envoy's access log: the default text, that of Istio, and JSON with the names of either. */
export default defineMapping({
  id: 'envoy',
  title: 'Envoy access log',
  logsource,
  hint: { text: '[', keys: ['response_code'] },
  accepts: (value) => read(value) !== undefined,
  map({ value }) {
    const exchange = read(value);
    if (exchange === undefined) return undefined;
    const raw = typeof value === 'string' ? { raw_data: value } : {};
    return exchangeEvent(exchange, { product: { name: 'Envoy', vendor_name: 'Envoy' }, log_name: 'access', correlation_uid: exchange.id }, { ...raw, unmapped: recordOf(value, exchange) });
  },
  glance({ value }) {
    const exchange = read(value);
    return exchange === undefined ? undefined : { logsource, time: exchange.time, record: recordOf(value, exchange) };
  },
});

interface EnvoyExchange extends Exchange {
  readonly id: string | undefined;
}

function recordOf(value: unknown, exchange: Exchange): JsonObject {
  return withNames(asObject(value) ?? { message: value }, exchangeNames(exchange));
}

function read(value: unknown): EnvoyExchange | undefined {
  return typeof value === 'string' ? readLine(value) : readObject(asObject(value));
}

function readLine(text: string): EnvoyExchange | undefined {
  const found = line.exec(text);
  const time = timeOf(found?.[1]);
  if (found === null || time === undefined) return undefined;
  const [, , method = '', target = '', protocol, code, flags, received, sent, duration, forwarded = '', agent, id, host, upstream, more = ''] = found;
  const remote = more.trim().split(' ')[3];
  const [client, clientPort] = addressAndPort(remote ?? given(forwarded.split(',').at(-1)?.trim()));
  return {
    time, client, clientPort, method: given(method), target: given(target) ?? '', version: protocol?.replace('HTTP/', ''), code: Number(code), detail: given(flags), requestBytes: Number(received), bytes: Number(sent),
    milliseconds: Number(duration), forwarded: given(forwarded)?.split(',').map((part) => part.trim()).slice(0, 20), agent: given(agent), id: given(id), host: given(host), ...serverOf(upstream),
  };
}

function readObject(record: JsonObject | undefined): EnvoyExchange | undefined {
  const time = timeOf(record?.start_time);
  const code = numberAt(record, 'response_code');
  if (record === undefined || time === undefined || code === undefined || textAt(record, 'protocol') === undefined) return undefined;
  const forwarded = given(textAt(record, 'x_forwarded_for') ?? textAt(record, 'x-forwarded-for'));
  const [client, clientPort] = addressAndPort(textAt(record, 'downstream_remote_address') ?? forwarded?.split(',').at(-1)?.trim());
  return {
    time, client, clientPort, code, method: given(textAt(record, 'method')), target: given(textAt(record, 'path') ?? textAt(record, 'x-envoy-origin-path')) ?? '', version: textAt(record, 'protocol')?.replace('HTTP/', ''),
    detail: given(textAt(record, 'response_flags')), bytes: numberAt(record, 'bytes_sent'), requestBytes: numberAt(record, 'bytes_received'), milliseconds: numberAt(record, 'duration'),
    forwarded: forwarded?.split(',').map((part) => part.trim()).slice(0, 20), agent: given(textAt(record, 'user_agent') ?? textAt(record, 'user-agent')), id: textAt(record, 'request_id') ?? textAt(record, 'x-request-id'),
    host: given(textAt(record, 'authority') ?? textAt(record, ':authority')), ...serverOf(textAt(record, 'upstream_host')),
  };
}

function serverOf(upstream: string | undefined): Pick<Exchange, 'server' | 'serverPort'> {
  const [server, serverPort] = addressAndPort(upstream?.replace(/^tcp:\/\//, ''));
  return { server, serverPort };
}
