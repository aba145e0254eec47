const start = '203.0.113.9:33317 [04/Mar/2026:05:06:07.655] http-in';
const time = Date.UTC(2026, 2, 4, 5, 6, 7, 655);

export default {
  maps: [
    {
      record: `<134>Mar  4 05:06:07 lb-1 haproxy[14389]: ${start} static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {www.example.com|curl} {} "GET /a?b=1 HTTP/1.1"`,
      expect: { class_uid: 4002, activity_id: 3, time, status_id: 1, duration: 109, src_endpoint: { ip: '203.0.113.9', port: 33_317 }, dst_endpoint: { name: 'static/srv1' }, http_response: { code: 200, length: 2750 }, unmapped: { 'cs-uri-query': '/a?b=1' } },
    },
    { record: `${start} static/<NOSRV> -1/-1/-1/-1/5 400 187 - - PR-- 1/1/0/0/0 0/0 "<BADREQ>"`, expect: { activity_id: 99, activity_name: 'malformed', status: 'Failure', status_detail: 'PR--' } },
    { record: `${start} bck/srv1 0/0/5007 212 -- 0/0/0/0/3 0/0`, expect: { class_uid: 4001, activity_id: 6, time, traffic: { bytes_out: 212 } } },
  ],
  rejects: [null, {}, '', 'x', `${start} static/srv1 1/2 GET`, 'Mar  4 05:06:07 lb-1 haproxy[1]: Server static/srv1 is DOWN'],
};
