const base = { timestamp: '2026-03-04T05:06:07.250000+0000', flow_id: 1_234, in_iface: 'eth0', src_ip: '10.0.0.5', src_port: 40_000, dest_ip: '203.0.113.9', dest_port: 80, proto: 'TCP' };
const time = Date.UTC(2026, 2, 4, 5, 6, 7, 250);

export default {
  maps: [
    {
      record: { ...base, event_type: 'alert', alert: { action: 'allowed', gid: 1, signature_id: 2_024_792, rev: 3, signature: 'ET TROJAN beacon', category: 'A Network Trojan was detected', severity: 1 }, http: { hostname: 'evil.example', url: '/gate.php?x=1' } },
      expect: { class_uid: 2004, activity_id: 1, severity_id: 4, time, finding_info: { uid: '1234', title: 'ET TROJAN beacon', types: ['A Network Trojan was detected'], analytic: { uid: '2024792' } }, evidences: [{ src_endpoint: { ip: '10.0.0.5' }, dst_endpoint: { ip: '203.0.113.9', port: 80 }, url: { hostname: 'evil.example', path: '/gate.php' } }] },
    },
    { record: { ...base, event_type: 'flow', app_proto: 'http', flow: { pkts_toserver: 3, pkts_toclient: 4, bytes_toserver: 100, bytes_toclient: 900, start: '2026-03-04T05:06:07.000000+0000', end: '2026-03-04T05:06:08.000000+0000' } }, expect: { class_uid: 4001, activity_id: 6, traffic: { bytes: 1000, packets: 7 }, app_name: 'http', end_time: Date.UTC(2026, 2, 4, 5, 6, 8), unmapped: { dst_ip: '203.0.113.9' } } },
    { record: { ...base, event_type: 'http', http: { hostname: 'www.example.com', url: '/a?b=1', http_user_agent: 'curl/8', http_method: 'GET', status: 404, length: 12 } }, expect: { class_uid: 4002, activity_id: 3, status: 'Failure', http_request: { url: { path: '/a', hostname: 'www.example.com' } }, unmapped: { 'c-uri': '/a?b=1', 'cs-host': 'www.example.com', 'c-useragent': 'curl/8' } } },
    { record: { ...base, event_type: 'dns', dns: { type: 'query', id: 7, rrname: 'www.example.com', rrtype: 'A' } }, expect: { class_uid: 4003, activity_id: 1, query: { hostname: 'www.example.com', type: 'A' }, unmapped: { query: 'www.example.com', record_type: 'A' } } },
    { record: { ...base, event_type: 'dns', dns: { version: 3, type: 'response', rcode: 'NXDOMAIN', queries: [{ rrname: 'x.example', rrtype: 'TXT' }], answers: [{ rrname: 'x.example', rrtype: 'TXT', ttl: 60, rdata: 'v' }] } }, expect: { activity_id: 2, status: 'Failure', answers: [{ rdata: 'v', ttl: 60 }], unmapped: { answer: ['v'] } } },
    { record: { ...base, event_type: 'tls', tls: { sni: 'www.example.com', version: 'TLS 1.3', subject: 'CN=x', issuerdn: 'CN=ca', serial: '01', ja3: { hash: 'e7d705a3286e19ea42f587b344ee6865' } } }, expect: { class_uid: 4001, activity_id: 1, tls: { sni: 'www.example.com', certificate: { issuer: 'CN=ca' } } } },
    { record: { ...base, event_type: 'ssh', ssh: { client: { software_version: 'x' } } }, expect: { class_uid: 4007 } },
    { record: { ...base, event_type: 'fileinfo', src_ip: undefined, dest_port: 70_000 }, expect: { class_uid: 4001, src_endpoint: { name: 'unknown' } } },
  ],
  rejects: [null, 'x', {}, { ...base, event_type: 'alert', timestamp: 'x' }, base, { event_type: 'stats', timestamp: base.timestamp }],
};
