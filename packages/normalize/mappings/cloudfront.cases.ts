const row = ['2026-03-04', '05:06:07', 'FRA56-C1', '392', '203.0.113.9', 'GET', 'd1.cloudfront.net', '/a%2520b', '200', '-', 'Mozilla/5.0%20(Windows%FF)', 'x=1', '-', 'Hit', 'id==', 'www.example.com', 'https', '23', '0.001', '198.51.100.7'];

export default {
  maps: [
    { record: row.join('\t'), expect: { class_uid: 4002, time: Date.UTC(2026, 2, 4, 5, 6, 7), metadata: { uid: 'id==' }, duration: 1, src_endpoint: { ip: '203.0.113.9' }, http_request: { url: { path: '/a%20b', query_string: 'x=1' }, x_forwarded_for: ['198.51.100.7'] }, unmapped: { 'cs-user-agent': 'Mozilla/5.0 (Windows%FF)' } } },
    { record: row.with(8, '000').with(5, '-').with(10, 'curl%208').join('\t'), expect: { activity_id: 99, status_id: 0, http_request: { user_agent: 'curl 8' } } },
  ],
  rejects: [null, {}, '', row.slice(0, 9).join('\t'), row.with(0, '2026-99-99').join('\t'), row.join(' ')],
};
