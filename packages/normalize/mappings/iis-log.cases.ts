const head = '2026-03-04 05:06:07 10.0.0.5 GET /a.aspx';

export default {
  maps: [
    { record: `${head} id=1 443 ACME\\mira 203.0.113.9 Mozilla/5.0+(Windows) https://example.com/ 200 0 0 15`, expect: { class_uid: 4002, time: Date.UTC(2026, 2, 4, 5, 6, 7), duration: 15, src_endpoint: { ip: '203.0.113.9' }, dst_endpoint: { ip: '10.0.0.5', port: 443 }, http_request: { user_agent: 'Mozilla/5.0 (Windows)' }, unmapped: { 'cs-uri-query': '/a.aspx?id=1', 'cs-username': 'ACME\\mira' } } },
    { record: `${head} - 80 - 203.0.113.9 curl/8 - 403 7 64 0`, expect: { status: 'Failure', status_detail: '403.7' } },
  ],
  rejects: [null, {}, '', `${head}`, '#Fields: date time s-ip', '2026-99-04 05:06:07 10.0.0.5 GET / - 80 - 203.0.113.9 curl/8 - 200 0 0 0'],
};
