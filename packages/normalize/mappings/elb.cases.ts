const time = Date.UTC(2026, 2, 4, 5, 6, 7, 186);
const rest = '203.0.113.9:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET http://www.example.com:80/a?b=1 HTTP/1.1" "curl/7.46.0" - -';

export default {
  maps: [
    {
      record: `http 2026-03-04T05:06:07.186641Z app/my-loadbalancer/50dc6c495c0c9188 ${rest} arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/x/y "Root=1-58337262" "-" "-" 0`,
      expect: { class_uid: 4002, activity_id: 3, time, duration: 1, src_endpoint: { ip: '203.0.113.9', port: 2817 }, dst_endpoint: { ip: '10.0.0.1' }, http_request: { url: { path: '/a', hostname: 'www.example.com' } }, unmapped: { 'cs-uri-query': '/a?b=1', 'cs-host': 'www.example.com' } },
    },
    { record: `2026-03-04T05:06:07.186641Z my-loadbalancer ${rest}`, expect: { time, http_response: { code: 200, length: 366 } } },
    { record: '2026-03-04T05:06:07.186641Z lb 203.0.113.9:2817 - -1 -1 -1 503 - 0 0 "- - - " "-"', expect: { activity_id: 99, status: 'Failure' } },
  ],
  rejects: [null, {}, '', 'http x', '2026-03-04T05:06:07.186641Z my-loadbalancer x'],
};
