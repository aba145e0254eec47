import { defineMapping } from '#model/unit.ts';
import { exchangeEvent, exchangeNames } from '../http-exchange.ts';
import type { Exchange } from '../http-exchange.ts';
import { asObject, listAt, objectAt, textAt, timeOf } from '../json-fields.ts';
import { numberAt } from '../parts.ts';

const logsource = { product: 'aws', service: 'waf', category: 'waf' };

/** What AWS WAF let through and what it blocked ("Log fields for protection pack (web ACL) traffic"). */
export default defineMapping({
  id: 'aws-waf',
  title: 'AWS WAF log',
  logsource,
  hint: { keys: ['webaclId'] },
  accepts: (value) => textAt(value, 'webaclId') !== undefined && objectAt(value, 'httpRequest') !== undefined && textAt(value, 'action') !== undefined,
  map({ value }) {
    const [exchange, record] = [read(value), asObject(value)];
    if (exchange === undefined || record === undefined) return undefined;
    const metadata = {
      product: { name: 'WAF', vendor_name: 'AWS' }, uid: textAt(value, 'httpRequest', 'requestId'), log_name: 'waf', log_source: textAt(value, 'webaclId'), event_code: textAt(value, 'terminatingRuleId'), profiles: ['cloud'],
    };
    return exchangeEvent(exchange, metadata, { cloud: { provider: 'AWS', account: { uid: textAt(value, 'webaclId')?.split(':')[4] } }, unmapped: { ...record, ...exchangeNames(exchange) } });
  },
  glance({ value }) {
    const [exchange, record] = [read(value), asObject(value)];
    return exchange === undefined || record === undefined ? undefined : { logsource, time: exchange.time, record: { ...record, ...exchangeNames(exchange) } };
  },
});

function read(value: unknown): Exchange | undefined {
  const time = timeOf(asObject(value)?.timestamp);
  const request = objectAt(value, 'httpRequest');
  if (time === undefined || request === undefined) return undefined;
  const header = (wanted: string): string | undefined => {
    const found = listAt(request, 'headers').slice(0, 200).find((one) => textAt(one, 'name')?.toLowerCase() === wanted);
    return found === undefined ? undefined : textAt(found, 'value');
  };
  const [path, query] = [textAt(request, 'uri') ?? '', textAt(request, 'args') ?? ''];
  const blocked = textAt(value, 'action') === 'BLOCK';
  return {
    time, client: textAt(request, 'clientIp'), method: textAt(request, 'httpMethod'), target: query === '' ? path : `${path}?${query}`, host: textAt(request, 'host') ?? header('host'),
    version: textAt(request, 'httpVersion')?.replace(/^HTTP\//, ''), agent: header('user-agent'), referrer: header('referer'),
    // What is blocked is answered with 403 where nothing else is said; what is let through is answered by what stands behind.
    code: numberAt(value, 'responseCodeSent') ?? (blocked ? 403 : undefined), detail: blocked ? textAt(value, 'terminatingRuleId') : undefined,
  };
}
