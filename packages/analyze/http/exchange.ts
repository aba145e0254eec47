import type { Observation } from '#model/stream.ts';
import type { Request } from './request.ts';

/** A request and what is known of who sent it, where it went and what became of it. */
export interface Exchange {
  readonly request: Request;
  readonly source: string;
  readonly target: string;
  readonly userAgent: string;
  readonly method: string;
  /** The code of the answer; undefined where the log has none. */
  readonly status: number | undefined;
}

/** Whether a request of HTTP may be in it; the event is not built for that where the logsource tells. */
export function carriesRequest(observation: Observation): boolean {
  const { category, product, service } = observation.logsource;
  if (category === 'webserver' || category === 'proxy' || category === 'waf') return true;
  if (category !== undefined || product !== undefined || service !== undefined) return false;
  return isNamed(observation.record) || observation.event.class_uid === 4002;
}

/** From the names that Sigma's `webserver` uses, where the record has them: most requests are harmless, and their event is never built. */
export function exchangeOf(observation: Observation): Exchange | undefined {
  const { record } = observation;
  return (isNamed(record) ? fromNames(record) : undefined) ?? fromEvent(observation.event);
}

function isNamed(record: unknown): record is object {
  return typeof record === 'object' && record !== null && typeof member(record, 'c-uri') === 'string' && typeof member(record, 'cs-method') === 'string';
}

function fromNames(record: object): Exchange | undefined {
  const target = text(record, 'c-uri');
  if (text(record, 'cs-method') === '') return undefined;
  const userAgent = text(record, 'cs-user-agent');
  const status = member(record, 'sc-status');
  return {
    request: requestOf(target, [['user-agent', userAgent], ['referer', text(record, 'cs-referer')], ['cookie', text(record, 'cs-cookie')]], ''),
    source: text(record, 'c-ip'), target: text(record, 'cs-host'), userAgent, method: text(record, 'cs-method'),
    status: typeof status === 'number' ? status : undefined,
  };
}

/** OCSF HTTP Activity (class 4002). */
function fromEvent(event: object): Exchange | undefined {
  const http = member(event, 'http_request');
  if (typeof http !== 'object' || http === null) return undefined;
  const url = member(http, 'url');
  const path = text(url, 'path');
  const query = text(url, 'query_string') || text(http, 'args');
  const target = path === '' ? text(url, 'url_string') : query === '' ? path : `${path}?${query}`;
  const userAgent = text(http, 'user_agent');
  const listed = headersOf(member(http, 'http_headers'));
  const known = new Set(listed.map(([name]) => name.toLowerCase()));
  const extra = ([['user-agent', userAgent], ['referer', text(http, 'referrer')]] as const).filter(([name]) => !known.has(name));
  const code = member(member(event, 'http_response'), 'code');
  return {
    request: requestOf(target, [...listed, ...extra], text(http, 'body')),
    source: text(member(event, 'src_endpoint'), 'ip') || text(member(event, 'src_endpoint'), 'hostname'),
    target: text(url, 'hostname') || text(member(event, 'dst_endpoint'), 'hostname') || text(member(event, 'dst_endpoint'), 'ip'),
    userAgent, method: text(http, 'http_method'),
    status: typeof code === 'number' && code > 0 ? code : undefined,
  };
}

function requestOf(written: string, headers: Request['headers'], body: string): Request {
  // Proxies log the whole address; the host is no value of the user's.
  const target = written.replace(/^https?:\/\/[^/?#]{0,300}/i, '');
  const at = target.indexOf('?');
  return { path: at < 0 ? target : target.slice(0, at), query: at < 0 ? '' : target.slice(at + 1), headers: headers.filter(([, value]) => value !== ''), body };
}

const mostHeaders = 100;

function headersOf(value: unknown): (readonly [string, string])[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, mostHeaders).map((header: unknown) => [text(header, 'name'), text(header, 'value')] as const);
}

function member(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined;
}

function text(of: unknown, name: string): string {
  const found = member(of, name);
  return typeof found === 'string' ? found : '';
}
