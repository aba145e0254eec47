import { defineMapping } from '#model/unit.ts';
import { portAt } from '../flow.ts';
import { exchangeEvent, exchangeNames } from '../http-exchange.ts';
import type { Exchange } from '../http-exchange.ts';
import { fieldAt, listAt, textAt } from '../json-fields.ts';
import { numberAt } from '../parts.ts';
import { isZeek, zeekEntry } from '../zeek-entry.ts';

/** Zeek's `http.log` as JSON. */
export default defineMapping({
  id: 'zeek-http',
  title: 'Zeek HTTP log',
  logsource: { product: 'zeek', service: 'http' },
  hint: { keys: ['id.orig_h'] },
  accepts: (value) => isZeek(value) && fieldAt(value, 'trans_depth') !== undefined && fieldAt(value, 'request_path') === undefined && (fieldAt(value, 'method') !== undefined || fieldAt(value, 'status_code') !== undefined),
  map({ value }) {
    const exchange = read(value);
    const entry = exchange === undefined ? undefined : zeekEntry(value, 'http', exchangeNames(exchange));
    return exchange === undefined || entry === undefined ? undefined : exchangeEvent(exchange, entry.metadata, entry.attributes);
  },
});

function read(value: unknown): Exchange | undefined {
  const entry = zeekEntry(value, 'http');
  if (entry === undefined) return undefined;
  return {
    time: entry.time, client: textAt(value, 'id.orig_h'), clientPort: portAt(value, 'id.orig_p'), server: textAt(value, 'id.resp_h'), serverPort: portAt(value, 'id.resp_p'), user: textAt(value, 'username'), method: textAt(value, 'method') ?? 'unknown',
    target: textAt(value, 'uri') ?? '', version: textAt(value, 'version'), host: textAt(value, 'host'), code: numberAt(value, 'status_code'), bytes: numberAt(value, 'response_body_len'), requestBytes: numberAt(value, 'request_body_len'),
    referrer: textAt(value, 'referrer'), agent: textAt(value, 'user_agent'), contentType: textAt({ first: listAt(value, 'resp_mime_types')[0] }, 'first'),
  };
}
