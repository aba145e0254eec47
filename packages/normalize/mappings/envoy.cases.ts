const time = Date.UTC(2026, 2, 4, 5, 6, 7, 310);
const json = {
  start_time: '2026-03-04T05:06:07.310Z', method: 'GET', path: '/etc?x=1', protocol: 'HTTP/1.1', response_code: 503, response_flags: 'UH', bytes_received: 0, bytes_sent: 19, duration: 4, user_agent: 'curl/8',
  request_id: 'r-1', authority: 'www.example.com', upstream_host: '10.0.0.5:8080', x_forwarded_for: '198.51.100.7', downstream_remote_address: '203.0.113.9:4000',
};

export default {
  maps: [
    {
      record: '[2026-03-04T05:06:07.310Z] "POST /api/v1/locations HTTP/2" 204 - 154 0 226 100 "198.51.100.7,10.0.35.28" "nsq2http" "r-1" "locations" "tcp://10.0.2.1:80"',
      expect: { class_uid: 4002, activity_id: 6, time, status_id: 1, duration: 226, src_endpoint: { ip: '10.0.35.28' }, dst_endpoint: { ip: '10.0.2.1', port: 80 }, http_request: { version: '2', length: 154, x_forwarded_for: ['198.51.100.7', '10.0.35.28'] }, metadata: { correlation_uid: 'r-1' } },
    },
    {
      record: '[2026-03-04T05:06:07.310Z] "GET /status/418 HTTP/1.1" 418 - via_upstream - "-" 0 135 4 4 "-" "curl/8" "r-1" "httpbin:8000" "127.0.0.1:80" inbound|8000|| 127.0.0.1:41854 10.44.1.27:80 10.44.1.23:37652 outbound_.8000_._.httpbin default',
      expect: { status: 'Failure', http_response: { code: 418 }, src_endpoint: { ip: '10.44.1.23', port: 37_652 } },
    },
    { record: json, expect: { time, status_detail: 'UH', src_endpoint: { ip: '203.0.113.9', port: 4000 }, http_request: { url: { path: '/etc', query_string: 'x=1' } }, unmapped: { 'c-uri': '/etc?x=1', 'sc-status': 503 } } },
    { record: { ...json, response_code: 0, downstream_remote_address: undefined, x_forwarded_for: '-' }, expect: { status_id: 0, src_endpoint: { name: 'unknown' } } },
  ],
  rejects: [null, 'x', {}, '', '[2026-03-04T05:06:07.310Z] "GET / HTTP/1.1" 200', { ...json, start_time: 'x' }, { ...json, protocol: null }],
};
