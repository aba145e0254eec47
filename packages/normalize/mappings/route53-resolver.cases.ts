const base = {
  version: '1.100000', account_id: '111122223333', region: 'eu-central-1', vpc_id: 'vpc-1', query_timestamp: '2026-03-04T05:06:07Z', query_name: 'www.example.com.', query_type: 'A', query_class: 'IN', rcode: 'NOERROR',
  answers: [{ Rdata: '203.0.113.9', Type: 'A', Class: 'IN' }], srcaddr: '10.0.0.5', srcport: '40000', transport: 'UDP', srcids: { instance: 'i-1' },
};

export default {
  maps: [
    { record: base, expect: { class_uid: 4003, activity_id: 6, time: Date.UTC(2026, 2, 4, 5, 6, 7), status_id: 1, query: { hostname: 'www.example.com', type: 'A', class: 'IN' }, answers: [{ rdata: '203.0.113.9', type: 'A' }], src_endpoint: { ip: '10.0.0.5', port: 40_000 }, connection_info: { protocol_num: 17 }, cloud: { account: { uid: '111122223333' } }, unmapped: { query: 'www.example.com', record_type: 'A', answer: ['203.0.113.9'] } } },
    { record: { ...base, rcode: 'NXDOMAIN', answers: [], firewall_rule_action: 'BLOCK' }, expect: { status: 'Failure', rcode_id: 3, metadata: { event_code: 'BLOCK' } } },
    { record: { ...base, rcode: 'XRRSET', srcport: 'x' }, expect: { rcode_id: 99 } },
  ],
  rejects: [null, 'x', {}, { ...base, query_timestamp: 'x' }, { ...base, query_name: '' }, { ...base, rcode: null }],
};
