const base = { ts: 1_772_600_767.5, uid: 'C1', 'id.orig_h': '10.0.0.5', 'id.orig_p': 40_000, 'id.resp_h': '203.0.113.9', 'id.resp_p': 443, proto: 'tcp', service: 'ssl', conn_state: 'SF', orig_bytes: 100, resp_bytes: 900, orig_pkts: 3, resp_pkts: 4, history: 'ShADad' };

export default {
  maps: [
    { record: base, expect: { class_uid: 4001, activity_id: 6, time: 1_772_600_767_500, status_id: 1, traffic: { bytes: 1000, bytes_in: 900, packets: 7 }, connection_info: { protocol_name: 'tcp', uid: 'C1', flag_history: 'ShADad' }, dst_endpoint: { ip: '203.0.113.9', port: 443 } } },
    { record: { ...base, conn_state: 'REJ', orig_bytes: undefined, resp_bytes: undefined }, expect: { activity_id: 5, status: 'Failure' } },
    { record: { ...base, conn_state: 'S0', 'id.orig_h': 'fe80::1' }, expect: { activity_id: 4, src_endpoint: { ip: 'fe80::1' } } },
  ],
  rejects: [null, 'x', {}, { ...base, ts: 'x' }, { ts: 1, conn_state: 'SF' }],
};
