import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { addressAndPort, exchangeEvent, exchangeNames, given, logTime, requestLine } from '../http-exchange.ts';
import type { Exchange } from '../http-exchange.ts';
import type { JsonObject } from '../json-fields.ts';
import { endpointOf } from '../parts.ts';
import { syslogLine } from '../syslog-line.ts';

const head = /^(\S{3,64}:\d{1,5}) \[(\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d\.\d{3})\] (\S{1,128}) (\S{1,128})\/(\S{1,128}) /;
/** `%Tq/%Tw/%Tc/%Tr/%Ta status bytes cookies state connections queue {captured} {captured} "request"`. */
const http = /^(-?\d+(?:\/[-+]?\d+){4}) (-?\d{1,3}) \+?(\d{1,15}) \S{1,255} \S{1,255} (\S{4}) \S{1,64} \S{1,32} (?:\{.{0,2048}?\} ){0,2}"(.{0,16384}?)"/s;
const tcp = /^(-?\d+(?:\/\+?-?\d+){1,2}) \+?(\d{1,15}) (\S{2}) \S{1,64} \S{1,32}$/;
const logsource = { product: 'haproxy', service: 'access', category: 'webserver' };
const metadata = { product: { name: 'HAProxy', vendor_name: 'HAProxy' }, log_name: 'haproxy' };

interface Line {
  readonly time: number;
  readonly client: string;
  readonly server: string;
  readonly rest: string;
}

/** HAProxy's logs of HTTP and TCP (`option httplog`, `option tcplog`), bare or in syslog. */
export default defineMapping({
  id: 'haproxy',
  title: 'HAProxy access log',
  logsource,
  hint: { text: true },
  accepts: (value) => typeof value === 'string' && value.includes(' [') && lineOf(value) !== undefined,
  map({ value }) {
    const line = lineOf(value);
    if (line === undefined) return undefined;
    const exchange = exchangeOf(line);
    if (exchange !== undefined) return exchangeEvent(exchange, metadata, { raw_data: value, unmapped: recordOf(value, line) });
    const [client, port] = addressAndPort(line.client);
    return buildEvent({
      class: ocsfClasses.networkActivity, activity: 6, severity: 'informational', time: line.time, metadata,
      attributes: {
        ...statusOf('unknown'), src_endpoint: endpointOf(client, { port }), dst_endpoint: endpointOf(line.server), traffic: { bytes_out: Number(tcp.exec(line.rest)?.[2] ?? 0) },
        raw_data: value, unmapped: recordOf(value, line),
      },
    });
  },
  glance({ value }) {
    const line = lineOf(value);
    return line === undefined ? undefined : { logsource, time: line.time, record: recordOf(value, line) };
  },
});

function lineOf(value: unknown): Line | undefined {
  if (typeof value !== 'string') return undefined;
  const message = head.test(value) ? value : value.includes('haproxy') ? (syslogLine(value)?.message ?? '') : '';
  const found = head.exec(message);
  if (found === null) return undefined;
  const time = logTime(found[2] ?? '');
  const rest = message.slice(found[0].length);
  if (time === undefined || !(http.test(rest) || tcp.test(rest))) return undefined;
  return { time, client: found[1] ?? '', server: `${found[4]}/${found[5]}`, rest };
}

function exchangeOf({ time, client: from, server, rest }: Line): Exchange | undefined {
  const found = http.exec(rest);
  if (found === null) return undefined;
  const [client, clientPort] = addressAndPort(from);
  const asked = requestLine(found[5] ?? '');
  const code = Number(found[2]);
  return {
    time, client, clientPort, method: asked?.method, target: asked?.target ?? '', version: asked?.version, code: code < 0 ? undefined : code, bytes: Number(found[3]), server,
    milliseconds: Math.max(0, Number(found[1]?.split('/').at(-1))), detail: given(found[4]?.replace(/^-{4}$/, '-')),
  };
}

function recordOf(value: unknown, line: Line): JsonObject {
  const exchange = exchangeOf(line);
  return exchange === undefined ? { message: value, 'c-ip': addressAndPort(line.client)[0] } : { message: value, ...exchangeNames(exchange) };
}
