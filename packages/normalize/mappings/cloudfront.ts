import { defineMapping } from '#model/unit.ts';
import { exchangeEvent, exchangeNames, given } from '../http-exchange.ts';
import type { Exchange } from '../http-exchange.ts';
import { timeOf } from '../json-fields.ts';

const start = /^\d{4}-\d\d-\d\d\t\d\d:\d\d:\d\d\t[A-Z0-9-]{3,24}\t/;
const logsource = { product: 'aws', service: 'cloudfront', category: 'webserver' };

/** Standard logs of Amazon CloudFront: columns between tabs, encoded as in URLs. */
export default defineMapping({
  id: 'cloudfront',
  title: 'Amazon CloudFront access log',
  logsource,
  hint: { text: '12' },
  accepts: (value) => typeof value === 'string' && start.test(value),
  map({ value }) {
    const exchange = read(value);
    if (exchange === undefined) return undefined;
    const metadata = { product: { name: 'CloudFront', vendor_name: 'AWS' }, log_name: 'access', uid: exchange.id, profiles: ['cloud'] };
    return exchangeEvent(exchange, metadata, { cloud: { provider: 'AWS' }, raw_data: value, unmapped: { message: value, ...exchangeNames(exchange) } });
  },
  glance({ value }) {
    const exchange = read(value);
    return exchange === undefined ? undefined : { logsource, time: exchange.time, record: { message: value, ...exchangeNames(exchange) } };
  },
});

/** Columns of the standard log: the 4th is `sc-bytes`, the 15th `x-edge-request-id`. */
function read(value: unknown): (Exchange & { readonly id: string | undefined }) | undefined {
  if (typeof value !== 'string' || !start.test(value)) return undefined;
  const columns = value.split('\t', 24);
  const time = timeOf(`${columns[0]}T${columns[1]}Z`);
  if (time === undefined || columns.length < 18) return undefined;
  const [, , edge, sent, client, method = '', , stem = '', status, referrer, agent, query, , result, id, host, , received, taken, forwarded] = columns;
  const path = decoded(stem);
  return {
    time, id: given(id), client, method: /^[A-Z]{3,16}$/.test(method) ? method : undefined, target: query === '-' || query === undefined ? path : `${path}?${query}`, host: given(host), server: edge,
    code: /^[1-9]\d\d$/.test(status ?? '') ? Number(status) : undefined, bytes: countOf(sent), requestBytes: countOf(received), referrer: given(referrer), agent: given(agent) === undefined ? undefined : decoded(agent ?? ''),
    milliseconds: Math.round(Number(taken) * 1000) || undefined, detail: result, forwarded: given(forwarded)?.split(',').map((part) => part.trim()).slice(0, 20),
  };
}

function countOf(text: string | undefined): number | undefined {
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : undefined;
}

function decoded(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}
