const at = '[04/Mar/2026:05:06:07 +0000]';

export default {
  maps: [
    { record: `203.0.113.9 - mira ${at} "GET /search?q=1 HTTP/1.1" 200 512 "https://example.com/" "curl/8"`, expect: { class_uid: 4002, activity_id: 3, time: Date.UTC(2026, 2, 4, 5, 6, 7), status_id: 1, src_endpoint: { ip: '203.0.113.9', owner: { name: 'mira' } }, http_request: { http_method: 'GET', url: { path: '/search', query_string: 'q=1' }, user_agent: 'curl/8' }, http_response: { code: 200, length: 512 }, unmapped: { 'cs-method': 'GET', 'sc-status': 200, 'cs-user-agent': 'curl/8' } } },
    { record: `2001:db8::9 - - ${at} "POST /login HTTP/2.0" 403 - "-" "-"`, expect: { activity_id: 6, status: 'Failure', status_code: '403' } },
    { record: `203.0.113.9 - - ${at} "\\x16\\x03\\x01" 400 157`, expect: { activity_id: 99, activity_name: 'malformed', status: 'Failure' } },
  ],
  rejects: [null, {}, '', 'x', `203.0.113.9 - - ${at} "GET /" 20`, '203.0.113.9 - - [99/Foo/2026:99:06:07 +0000] "GET / HTTP/1.1" 200 1'],
};
