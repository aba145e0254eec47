const rest = 'queries: info: client @0x7f 10.0.0.5#40000 (a.example.com): query: a.example.com IN TXT +E(0)K (192.0.2.53)';

export default {
  maps: [
    { record: `04-Mar-2026 05:06:07.250 ${rest}`, expect: { class_uid: 4003, activity_id: 1, time: Date.UTC(2026, 2, 4, 5, 6, 7, 250), query: { hostname: 'a.example.com', type: 'TXT', class: 'IN' }, src_endpoint: { ip: '10.0.0.5', port: 40_000 }, dst_endpoint: { ip: '192.0.2.53' }, unmapped: { query: 'a.example.com' } } },
    { record: `Mar  4 05:06:07 ns-1 named[9]: client 10.0.0.5#40000: query: b.example IN A +T`, expect: { time: 0, connection_info: { protocol_name: 'tcp' } } },
  ],
  rejects: [null, {}, '', rest, '04-Foo-2026 05:06:07.250 client 10.0.0.5#1: query: b.example IN A +', 'Mar  4 05:06:07 ns-1 app[9]: client 10.0.0.5#40000: query: b.example IN A +'],
};
