import { buildEvent, ocsfClasses, statusOf } from '#formats/ocsf.ts';
import { defineMapping } from '#model/unit.ts';
import { endpointOf, userOf } from '../parts.ts';
import { timeOf } from '../json-fields.ts';

const line = /^(\S{1,255}) \S{1,64} (\S{1,128}) \[(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})\] "((?:[^"\\]|\\.){0,16384})" (\d{3}) (\d{1,15}|-)(?: "((?:[^"\\]|\\.){0,8192})" "((?:[^"\\]|\\.){0,8192})")?/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const activities: ReadonlyMap<string, number> = new Map([['CONNECT', 1], ['DELETE', 2], ['GET', 3], ['HEAD', 4], ['OPTIONS', 5], ['POST', 6], ['PUT', 7], ['TRACE', 8], ['PATCH', 9]]);

/** Access logs of nginx and Apache, in the common and the combined format. */
export default defineMapping({
  id: 'access-log',
  title: 'nginx and Apache access log',
  logsource: { product: 'webserver', service: 'access', category: 'webserver' },
  hint: { text: true },
  accepts: (value) => typeof value === 'string' && line.test(value),
  map({ value }) {
    const found = typeof value === 'string' ? line.exec(value) : null;
    if (found === null) return undefined;
    const [, client, user = '-', day = '', month = '', year = '', clock = '', zone = '', request = '', code = '', size, referrer, agent] = found;
    const time = timeOf(`${year}-${String(months.indexOf(month) + 1).padStart(2, '0')}-${day}T${clock}${zone}`);
    if (time === undefined) return undefined;
    const [, method, target = ''] = /^([A-Z]{3,16}) (.*?)(?: HTTP\/[\d.]{1,3})?$/.exec(request) ?? [];
    const [path = '', query] = split(target);
    const bytes = size === '-' ? undefined : Number(size);
    return buildEvent({
      class: ocsfClasses.httpActivity,
      activity: activities.get(method ?? '') ?? 99,
      activityName: method ?? 'malformed',
      severity: 'informational',
      time,
      metadata: { product: { name: 'Web server', vendor_name: 'unknown' }, log_name: 'access' },
      attributes: {
        ...statusOf(Number(code) < 400 ? 'success' : 'failure'),
        status_code: code,
        src_endpoint: endpointOf(client, { owner: user === '-' ? undefined : userOf(user) }),
        http_request: { http_method: method, url: method === undefined ? undefined : { path, query_string: query, url_string: target }, referrer: given(referrer), user_agent: given(agent) },
        http_response: { code: Number(code), length: bytes },
        raw_data: value,
        // Names of Sigma's category `webserver`.
        unmapped: {
          message: value, 'c-ip': client, 'cs-username': given(user), 'cs-method': method ?? '', 'c-uri': target, 'cs-uri-stem': path, 'cs-uri-query': query === undefined ? target : `${path}?${query}`,
          'sc-status': Number(code), 'cs-referer': given(referrer) ?? '', 'cs-user-agent': given(agent) ?? '',
        },
      },
    });
  },
});

function split(target: string): readonly [string, string?] {
  const at = target.indexOf('?');
  return at < 0 ? [target] : [target.slice(0, at), target.slice(at + 1)];
}

function given(text: string | undefined): string | undefined {
  return text === '-' ? undefined : text;
}
