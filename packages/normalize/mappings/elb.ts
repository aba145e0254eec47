import { defineMapping } from '#model/unit.ts';
import { addressAndPort, exchangeEvent, exchangeNames, given, requestLine } from '../http-exchange.ts';
import type { Exchange } from '../http-exchange.ts';
import { timeOf } from '../json-fields.ts';

/** Application load balancers begin with the kind of request; what follows the agent is theirs alone. */
const line = /^(?:(https?|h2|grpcs?|wss?) )?(\d{4}-\d\d-\d\dT[\d:.]{8,15}Z) (\S{1,255}) (\S{3,64}) (\S{1,64}) (-?[\d.]{1,12}) (-?[\d.]{1,12}) (-?[\d.]{1,12}) (\d{3}|-) (\d{3}|-) (\d{1,15}) (\d{1,15}) "((?:[^"\\]|\\.){0,16384})" "((?:[^"\\]|\\.){0,8192})"/;
const logsource = { product: 'aws', service: 'elb', category: 'webserver' };

/** Access logs of AWS load balancers, application and classic. */
export default defineMapping({
  id: 'elb',
  title: 'AWS load balancer access log',
  logsource,
  hint: { text: 'hgw12' },
  accepts: (value) => typeof value === 'string' && line.test(value),
  map({ value }) {
    const exchange = read(value);
    if (exchange === undefined) return undefined;
    const metadata = { product: { name: 'Elastic Load Balancing', vendor_name: 'AWS' }, log_name: 'access', log_source: exchange.balancer, profiles: ['cloud'] };
    return exchangeEvent(exchange, metadata, { cloud: { provider: 'AWS' }, raw_data: value, unmapped: { message: value, ...exchangeNames(exchange) } });
  },
  glance({ value }) {
    const exchange = read(value);
    return exchange === undefined ? undefined : { logsource, time: exchange.time, record: { message: value, ...exchangeNames(exchange) } };
  },
});

function read(value: unknown): (Exchange & { readonly balancer: string | undefined }) | undefined {
  const found = typeof value === 'string' ? line.exec(value) : null;
  const time = timeOf(found?.[2]);
  if (found === null || time === undefined) return undefined;
  const [, , , balancer, from, to, first, second, third, code, , received, sent, request = '', agent] = found;
  const [client, clientPort] = addressAndPort(from);
  const [server, serverPort] = addressAndPort(to);
  const asked = requestLine(request);
  const url = /^\w{2,5}:\/\/([^/:?]{1,255})(?::\d{0,5})?(.*)$/s.exec(asked?.target ?? '');
  const taken = [first, second, third].reduce((sum, part) => sum + Math.max(0, Number(part)), 0);
  return {
    time, balancer, client, clientPort, server, serverPort, method: asked?.method, target: url?.[2] ?? asked?.target ?? '', host: url?.[1], version: asked?.version, code: code === '-' ? undefined : Number(code),
    requestBytes: Number(received), bytes: Number(sent), agent: given(agent), milliseconds: Math.round(taken * 1000) || 0,
  };
}
