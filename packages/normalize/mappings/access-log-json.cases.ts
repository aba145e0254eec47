const time = Date.UTC(2026, 2, 4, 5, 6, 7);
const nginx = {
  time_iso8601: '2026-03-04T05:06:07+00:00', remote_addr: '203.0.113.9', remote_user: '-', request: 'GET /a?id=1%27 HTTP/1.1', status: '404', body_bytes_sent: '153',
  http_referer: '-', http_user_agent: 'curl/8', http_host: 'www.example.com', http_x_forwarded_for: '198.51.100.7, 10.0.0.1',
};
const caddy = {
  level: 'info', ts: time / 1000 + 0.5, logger: 'http.log.access', msg: 'handled request', size: 20, status: 200, duration: 0.001,
  request: { remote_ip: '203.0.113.9', remote_port: '50000', proto: 'HTTP/2.0', method: 'POST', host: 'www.example.com', uri: '/login', headers: { 'User-Agent': ['Firefox'], Referer: ['https://example.com/'], 'X-Forwarded-For': ['198.51.100.7'] } },
};

export default {
  maps: [
    {
      record: nginx,
      expect: {
        class_uid: 4002, activity_id: 3, time, status: 'Failure', src_endpoint: { ip: '203.0.113.9' }, http_request: { url: { path: '/a', query_string: 'id=1%27', hostname: 'www.example.com' }, user_agent: 'curl/8', x_forwarded_for: ['198.51.100.7', '10.0.0.1'] },
        http_response: { code: 404, length: 153 }, unmapped: { 'cs-uri-query': '/a?id=1%27', 'sc-status': 404 },
      },
    },
    { record: caddy, expect: { activity_id: 6, time: time + 500, src_endpoint: { port: 50_000 }, http_request: { version: '2.0', referrer: 'https://example.com/', x_forwarded_for: ['198.51.100.7'] } } },
    { record: { ClientHost: '203.0.113.9', ClientPort: '50000', RequestMethod: 'GET', RequestPath: '/', RequestHost: 'www.example.com', RequestProtocol: 'HTTP/1.1', DownstreamStatus: 200, StartUTC: '2026-03-04T05:06:07Z', 'request_User-Agent': 'curl/8' }, expect: { time, http_request: { user_agent: 'curl/8', version: '1.1' } } },
    { record: { '@timestamp': '2026-03-04T05:06:07Z', http: { request: { method: 'get' }, response: { status_code: 200 } }, url: { original: '/x' }, source: { address: 'client.example' } }, expect: { activity_id: 3, src_endpoint: { name: 'client.example' } } },
    { record: { insertId: 'i', timestamp: '2026-03-04T05:06:07Z', httpRequest: { requestMethod: 'GET', requestUrl: 'https://www.example.com/a?b', status: 200, remoteIp: '203.0.113.9' } }, expect: { metadata: { uid: 'i' }, http_request: { url: { path: '/a', query_string: 'b' } } } },
    { record: { remote_addr: '203.0.113.9', time_local: '04/Mar/2026:06:06:07 +0100', request: 'GET / HTTP/1.0', status: 200 }, expect: { time } },
  ],
  rejects: [null, 'x', {}, { ...nginx, status: 'ok' }, { ...nginx, request: 'x' }, { ...nginx, time_iso8601: 'x' }, { status: 200, time: '2026-03-04T05:06:07Z' }],
};
