/** One request and its answer, as every kind of access log writes it, and the names that rules of the categories `webserver` and `proxy` use. */
import { monthOf } from '#formats/month.ts';
import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import type { EventSeed } from '#formats/ocsf.ts';
import type { Event } from '#model/event.ts';
import type { JsonObject } from './json-fields.ts';
import { endpointOf, userOf } from './parts.ts';

const activities: ReadonlyMap<string, number> = new Map([['CONNECT', 1], ['DELETE', 2], ['GET', 3], ['HEAD', 4], ['OPTIONS', 5], ['POST', 6], ['PUT', 7], ['TRACE', 8], ['PATCH', 9]]);

/** Members that the log does not give are undefined; `-` is written for them in most logs. */
export interface Exchange {
  readonly time: number;
  readonly client: string | undefined;
  readonly clientPort?: number | undefined;
  readonly user?: string | undefined;
  readonly method: string | undefined;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly version?: string | undefined;
  readonly host?: string | undefined;
  readonly code: number | undefined;
  readonly bytes?: number | undefined;
  readonly requestBytes?: number | undefined;
  readonly referrer?: string | undefined;
  readonly agent?: string | undefined;
  readonly contentType?: string | undefined;
  readonly forwarded?: readonly string[] | undefined;
  /** Address or name of what answered. */
  readonly server?: string | undefined;
  readonly serverPort?: number | undefined;
  readonly milliseconds?: number | undefined;
  readonly detail?: string | undefined;
}

export function exchangeEvent(exchange: Exchange, metadata: EventSeed['metadata'], attributes: JsonObject): Event {
  const { code, method, user } = exchange;
  return buildEvent({
    class: ocsfClasses.httpActivity,
    activity: activities.get(method ?? '') ?? 99,
    activityName: method ?? 'malformed',
    severity: 'informational',
    time: exchange.time,
    metadata,
    attributes: {
      ...statusOf(code === undefined || code === 0 ? 'unknown' : code < 400 ? 'success' : 'failure'),
      status_code: code === undefined ? undefined : String(code),
      status_detail: exchange.detail,
      duration: exchange.milliseconds,
      src_endpoint: endpointOf(exchange.client, { port: exchange.clientPort, owner: user === undefined ? undefined : userOf(user) }),
      dst_endpoint: exchange.server === undefined ? undefined : endpointOf(exchange.server, { port: exchange.serverPort }),
      http_request: requestOf(exchange),
      http_response: code === undefined ? undefined : { code, length: exchange.bytes, content_type: exchange.contentType, latency: exchange.milliseconds },
      ...attributes,
    },
  });
}

function requestOf({ method, target, host, version, referrer, agent, forwarded, requestBytes, code }: Exchange): JsonObject {
  const [path, query] = split(target);
  const known = method !== undefined && target !== '';
  // The class needs a request or an answer: without either, that there was one is all that is known.
  const url = known ? { path, query_string: query, url_string: target, hostname: host } : code === undefined ? { url_string: 'unknown' } : undefined;
  return { http_method: knownMethod(method), url, version, referrer, user_agent: agent, x_forwarded_for: forwarded, length: requestBytes };
}

/** Attribute `http_method` is an enumeration; other methods are the name of the activity. */
export function knownMethod(method: string | undefined): string | undefined {
  return method !== undefined && activities.has(method) ? method : undefined;
}

/** Names of Sigma's categories `webserver` and `proxy`. */
export function exchangeNames(exchange: Exchange): JsonObject {
  const { target, host, method = '', agent = '', referrer = '' } = exchange;
  const [path, query] = split(target);
  return {
    'c-ip': exchange.client, 'cs-username': exchange.user, 'cs-method': method, 'c-uri': target, 'cs-uri': target, 'cs-uri-stem': path,
    'cs-uri-query': query === undefined ? target : `${path}?${query}`, 'c-uri-query': query ?? '', 'sc-status': exchange.code, 'cs-referer': referrer,
    'cs-user-agent': agent, 'c-useragent': agent, 'cs-host': host,
  };
}

/** `GET /path HTTP/1.1`; undefined for what is no request of HTTP. */
export function requestLine(text: string): { readonly method: string; readonly target: string; readonly version: string | undefined } | undefined {
  const found = /^([A-Z]{3,16}) (.*?)(?: HTTP\/([\d.]{1,3}))?$/s.exec(text);
  return found === null ? undefined : { method: found[1] ?? '', target: found[2] ?? '', version: found[3] };
}

export function split(target: string): readonly [string, string?] {
  const at = target.indexOf('?');
  return at < 0 ? [target] : [target.slice(0, at), target.slice(at + 1)];
}

/** Logs write `-` for nothing. */
export function given(text: string | undefined): string | undefined {
  return text === '-' || text === '' ? undefined : text;
}

/** `203.0.113.9:443`, `[2001:db8::9]:443`, or one of them without a port. */
export function addressAndPort(text: string | undefined): readonly [string | undefined, number | undefined] {
  const found = /^\[?([^\]]{1,64}?)\]?:(\d{1,5})$/.exec(text ?? '');
  const port = Number(found?.[2]);
  return found === null || port > 65_535 ? [given(text), undefined] : [found[1], port];
}

/** `04/Mar/2026:05:06:07 +0000`, also with a fraction and without a zone; undefined when there is no such time. */
export function logTime(text: string): number | undefined {
  const month = monthOf(text.slice(3, 6));
  const time = Date.UTC(Number(text.slice(7, 11)), month, Number(text.slice(0, 2)), Number(text.slice(12, 14)), Number(text.slice(15, 17)), Number(text.slice(18, 20)));
  if (month < 0 || Number.isNaN(time) || Number(text.slice(0, 2)) > 31 || Number(text.slice(12, 14)) > 23) return undefined;
  const rest = /^(?:\.(\d{1,6}))?(?: ([+-])(\d\d)(\d\d))?$/.exec(text.slice(20));
  if (rest === null || time < 0) return undefined;
  const offset = (Number(rest[3] ?? 0) * 60 + Number(rest[4] ?? 0)) * 60_000 * (rest[2] === '-' ? -1 : 1);
  return time - offset + Math.trunc(Number(`0.${rest[1] ?? '0'}`) * 1000);
}
